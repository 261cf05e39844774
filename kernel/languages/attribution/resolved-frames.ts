/** Frames with what attribution asks of them again and again worked out once. */
import type { Source } from '../../../src/profile/index.ts';
import type { Frame } from '../../sampling/stacks.ts';
import type { FileOrigin, FrameResolver } from './resolver.ts';

export interface ResolvedFrame {
  readonly origin: FileOrigin['kind'];
  readonly isUsers: boolean;
  readonly isEntry: boolean;
  readonly isHousekeeping: boolean;
  readonly standsAlone: boolean;
  /** Qualified name, with the package for a library's. */
  readonly name: string;
  /** Where the frame stands. */
  readonly line: Source | undefined;
  /** Where its function is defined. */
  readonly definition: Source | undefined;
  /** Equal for frames at one line. */
  readonly lineKey: string;
  /** Equal for frames of one function. */
  readonly functionKey: string;
}

/** IPython renames a cell's top level in some versions; to the user it is the cell. */
const CELL_TOP_LEVEL = /^<cell line: \d+>$/;

export function resolveFrames(
  frames: readonly Frame[],
  resolver: FrameResolver,
): readonly ResolvedFrame[] {
  const origins = new Map<string, FileOrigin>();
  return frames.map(frame => {
    let origin = origins.get(frame.file);
    if (!origin) {
      origin = resolver.origin(frame.file);
      origins.set(frame.file, origin);
    }
    return {
      ...resolve(frame, origin),
      isEntry: resolver.isEntry(frame),
      isHousekeeping: resolver.isHousekeeping?.(frame) ?? false,
      standsAlone: resolver.standsAlone?.(frame) ?? false,
    };
  });
}

type Asked = 'isEntry' | 'isHousekeeping' | 'standsAlone';

function resolve(frame: Frame, origin: FileOrigin): Omit<ResolvedFrame, Asked> {
  const line = sourceOf(frame.file, frame.line || frame.firstLine, origin);
  const own = CELL_TOP_LEVEL.test(frame.function) ? '<module>' : frame.function;
  return {
    origin: origin.kind,
    isUsers: (origin.kind === 'cell' || origin.kind === 'file') && line !== undefined,
    name: origin.kind === 'library' ? `${origin.package} ${own}` : own,
    line,
    definition: sourceOf(frame.file, frame.firstLine, origin),
    lineKey: line ? keyOf(line) : frame.file,
    functionKey: `${own}\0${frame.firstLine}\0${frame.file}`,
  };
}

function sourceOf(file: string, line: number, origin: FileOrigin): Source | undefined {
  if (line < 1) return undefined;
  switch (origin.kind) {
    case 'cell': {
      const { executionCount, lineOffset, lastLine = Infinity } = origin;
      return { executionCount, line: Math.min(lastLine, Math.max(1, line + lineOffset)) };
    }
    case 'file':
      return { file: origin.file, line };
    case 'library':
      return { file, line };
    case 'runtime':
      return undefined;
  }
}

export const keyOf = (source: Source): string =>
  'file' in source ? `${source.file}:${source.line}` : `[${source.executionCount}]:${source.line}`;

/** From sampled stacks to the profile's lines and functions. Pure; the same for every language. */
import type {
  Cell,
  FunctionNode,
  Line,
  LockWait,
  Milliseconds,
  OffCpu,
} from '../../../src/profile/index.ts';
import { ms } from '../../../src/profile/units.ts';
import type { StackResult } from '../../sampling/stacks.ts';
import { attributeFunctions } from './functions.ts';
import { attributeMoments } from './hot-lines.ts';
import { attributeLines } from './lines.ts';
import { findLockWaits } from './lock-waits.ts';
import { addOffCpu, countedPaths, noOffCpu, type CountedPath } from './paths.ts';
import { resolveFrames } from './resolved-frames.ts';
import type { FrameResolver } from './resolver.ts';

const MOST_FILES = 50;

export interface Attribution {
  readonly lines: readonly Line[];
  readonly functions: readonly FunctionNode[];
  readonly hotLines?: NonNullable<Cell['hotLines']>;
  /** Of the main thread. */
  readonly offCpuMs: OffCpu;
  /** Of the main thread; absent where the version does not tell. */
  readonly gilWaitMs?: Milliseconds;
  /** By time waited; only times are known here, no bytes. */
  readonly files: Cell['io']['files'];
  /** Absent where nothing tells. */
  readonly lockWaits?: readonly LockWait[];
}

export function attribute(stacks: StackResult, resolver: FrameResolver): Attribution {
  const resolved = resolveFrames(stacks.frames, resolver);
  const paths = countedPaths(stacks, resolved);
  const main = stacks.groups.filter(group => group.kind === 'main');
  const offCpuMs = noOffCpu();
  // Before the cell's first frame and after its last the kernel waits for messages: that is no time of the cell's.
  for (const path of paths)
    if (path.group.kind === 'main' && path.frames.length > 0) addOffCpu(offCpuMs, path.offCpuMs);
  const gilWaits = main.flatMap(({ gilWaitMs }) => (gilWaitMs === undefined ? [] : [gilWaitMs]));
  const lines = attributeLines(paths, source => resolver.text(source));
  const hotLines = attributeMoments(stacks, resolved, lines);
  return {
    lines,
    ...(hotLines && { hotLines }),
    functions: attributeFunctions(paths),
    offCpuMs,
    ...(gilWaits.length > 0 && { gilWaitMs: ms(gilWaits.reduce((sum, wait) => sum + wait, 0)) }),
    files: waitedFor(paths),
    ...(stacks.lockRounds && {
      lockWaits: findLockWaits(stacks, stacks.lockRounds, resolved, source =>
        resolver.text(source),
      ),
    }),
  };
}

/** Of the user's code alone: IPython writes its history in a thread of its own, whenever it likes. */
function waitedFor(paths: readonly CountedPath[]): Cell['io']['files'] {
  const files = new Map<string, number>();
  for (const { frames, fileWaitMs } of paths) {
    if (frames.length === 0) continue;
    for (const [file, waitMs] of Object.entries(fileWaitMs))
      files.set(file, (files.get(file) ?? 0) + waitMs);
  }
  return [...files]
    .map(([path, waitMs]) => ({ path, waitMs: ms(waitMs) }))
    .sort((a, b) => b.waitMs - a.waitMs)
    .slice(0, MOST_FILES);
}

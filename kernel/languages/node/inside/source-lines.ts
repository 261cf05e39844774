/**
 * From tslab's JavaScript back to what the user wrote.
 *
 * tslab emits twice (TypeScript to ESNext, ESNext to CommonJS), so two maps are composed. V8's ticks carry a line but no
 * column, and TypeScript joins the arguments of a call on one line: so the JavaScript is broken where the source line
 * changes after `(`, `,`, `[` or `{`, where a line break never changes a program's meaning.
 */
import { decodedMappings, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** A place where a piece of JavaScript came from; columns count from 0, lines from 1. */
export interface Segment {
  readonly column: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

export interface MappedCode {
  readonly code: string;
  /** For every line of `code`, ascending by column. */
  readonly segments: readonly (readonly Segment[])[];
  /** The file that was compiled, as the compiler named it. */
  readonly source: string;
}

const BREAKABLE = /[(,[{]\s*$/;

/**
 * @param first the map of TypeScript to ESNext, as JSON; `second` of ESNext to CommonJS.
 * @param prefixLines lines that tslab put before the user's.
 */
export function mapCode(
  code: string,
  first: string,
  second: string,
  prefixLines: (source: string) => number,
): MappedCode {
  const toSource = new TraceMap(first);
  const source = toSource.sources[0] ?? '';
  const skipped = prefixLines(source);
  const toModule = decodedMappings(new TraceMap(second));
  const lines: string[] = [];
  const segments: Segment[][] = [];
  code.split('\n').forEach((line, index) => {
    const mapped: Segment[] = [];
    for (const segment of toModule[index] ?? []) {
      if (segment.length < 4) continue;
      const [column, , moduleLine, moduleColumn] = segment as [number, number, number, number];
      const original = originalPositionFor(toSource, {
        line: moduleLine + 1,
        column: moduleColumn,
      });
      if (original.line === null || original.line <= skipped) continue;
      const sourceLine = original.line - skipped;
      mapped.push({ column, sourceLine, sourceColumn: original.column });
    }
    breakLine(line, mapped, lines, segments);
  });
  return { code: lines.join('\n'), segments, source };
}

function breakLine(
  line: string,
  mapped: readonly Segment[],
  lines: string[],
  segments: Segment[][],
): void {
  let from = 0;
  let current: Segment[] = [];
  const push = (until: number | undefined): void => {
    lines.push(line.slice(from, until));
    segments.push(current.map(segment => ({ ...segment, column: segment.column - from })));
  };
  for (const segment of mapped) {
    const last = current.at(-1);
    const isNewLine = last !== undefined && last.sourceLine !== segment.sourceLine;
    if (isNewLine && BREAKABLE.test(line.slice(from, segment.column))) {
      push(segment.column);
      from = segment.column;
      current = [];
    }
    current.push(segment);
  }
  push(undefined);
}

/**
 * The source line of each line of JavaScript, counted from 1; 0 where nothing of the user's stands.
 * A line that maps to nothing belongs to the statement around it: the line before.
 */
export function lineTable(segments: readonly (readonly Segment[])[]): number[] {
  let last = 0;
  return segments.map(line => (last = line[0]?.sourceLine ?? last));
}

/** The source place of a place in the JavaScript; lines and columns count from 1, as in stack traces. */
export function sourcePlace(
  segments: readonly (readonly Segment[])[],
  line: number,
  column: number,
): { readonly line: number; readonly column: number } | undefined {
  const found = segments[line - 1]?.findLast(segment => segment.column <= column - 1);
  if (found) return { line: found.sourceLine, column: found.sourceColumn + 1 };
  const first = segments[line - 1]?.[0];
  return first && { line: first.sourceLine, column: first.sourceColumn + 1 };
}

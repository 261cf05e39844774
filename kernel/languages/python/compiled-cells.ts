/** Which file names IPython compiled the cells under, and where their lines stand in what the user typed. */
import type { JsonObject } from '../../wire/message.ts';
import type { CellRequest } from '../adapter.ts';
import type { CompiledCell } from './resolver.ts';

/** Cells remembered: a kernel may run for weeks. */
const REMEMBERED = 5000;

export class CompiledCells {
  readonly #sources = new Map<number, string>();
  readonly #places = new Map<string, readonly [executionCount: number, linesBefore: number]>();

  /** A cell that has run, profiled or not: its functions may be called later. */
  ran(executionCount: number, source: string): void {
    remember(this.#sources, executionCount, source);
  }

  /** @param files `{file name: [execution count, lines before it in the cell]}`, as the agent tells new ones. */
  told(files: unknown): void {
    if (!isObject(files)) return;
    for (const [name, place] of Object.entries(files)) {
      const [count, before] = Array.isArray(place) ? (place as unknown[]) : [];
      if (typeof count === 'number' && typeof before === 'number')
        remember(this.#places, name, [count, before]);
    }
  }

  byFile(): Map<string, CompiledCell> {
    const cells = new Map<string, CompiledCell>();
    for (const [name, [executionCount, before]] of this.#places) {
      const source = this.#sources.get(executionCount);
      if (source === undefined) continue;
      cells.set(name, { executionCount, source, lineOffset: before + takenFrom(source, before) });
    }
    return cells;
  }
}

/** The running cell's body, where a cell magic (`%%time`) compiles it under a name of its own. */
export function magicBody(
  request: CellRequest,
  executionCount: number | null,
): CompiledCell | undefined {
  const lines = request.code.split('\n');
  const magic = lines.findIndex((line, i) => i >= request.magicLines && line.trim() !== '');
  if (executionCount === null || !lines[magic]?.startsWith('%%')) return undefined;
  const before = magic + 1;
  const lineOffset = before + takenFrom(request.code, before);
  return { executionCount, source: request.code, lineOffset };
}

/**
 * Lines that are not compiled: IPython drops blank ones at the top, and above a cell magic our agent makes ours blank.
 *
 * @param line where the compiled part begins, from 0.
 */
function takenFrom(source: string, line: number): number {
  const rest = source.split('\n').slice(line);
  const filled = rest.flatMap((text, at) => (text.trim() === '' ? [] : [at]));
  const [first = 0, second = 0] = filled;
  const isOurs = /^%%?pyperf(?![\w.])/.test(rest[first] ?? '');
  return isOurs && rest[second]?.startsWith('%%') ? second : first;
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= REMEMBERED) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

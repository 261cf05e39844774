/** What the run held and touched: variables, files, queries, over all cells. */
import {
  bytes,
  ms,
  type Bytes,
  type Cell,
  type Milliseconds,
  type Query,
  type Source,
  type Variable,
} from '../profile/index.ts';

/** Each name at the size it had in the last cell that told it: what is held at the end. Largest first. */
export function findLargestVariables(cells: readonly Cell[]): Variable[] {
  const last = new Map<string, Variable>();
  for (const cell of cells)
    for (const variable of cell.variables) last.set(variable.name, variable);
  return [...last.values()]
    .filter(variable => variable.sharedWith === undefined && variable.sizeBytes > 0)
    .sort((a, b) => b.sizeBytes - a.sizeBytes);
}

export interface FileUse {
  readonly path: string;
  /** Null where the bytes of single files were not measured. */
  readonly readBytes: Bytes | null;
  readonly writeBytes: Bytes | null;
  readonly waitMs: Milliseconds;
  /** Bytes read by each cell that read it, in the order in which they ran. */
  readonly reads: readonly Bytes[];
}

/** Most waited for first, then most bytes. */
export function findFileUse(cells: readonly Cell[]): FileUse[] {
  const uses = new Map<string, FileUse>();
  for (const file of cells.flatMap(cell => cell.io.files)) {
    const known = uses.get(file.path);
    uses.set(file.path, {
      path: file.path,
      readBytes: plus(known?.readBytes, file.readBytes),
      writeBytes: plus(known?.writeBytes, file.writeBytes),
      waitMs: ms((known?.waitMs ?? 0) + file.waitMs),
      reads: [...(known?.reads ?? []), ...(file.readBytes ? [file.readBytes] : [])],
    });
  }
  const size = (use: FileUse) => (use.readBytes ?? 0) + (use.writeBytes ?? 0);
  return [...uses.values()].sort((a, b) => b.waitMs - a.waitMs || size(b) - size(a));
}

const plus = (a: Bytes | null | undefined, b: Bytes | undefined): Bytes | null =>
  a == null && b === undefined ? null : bytes((a ?? 0) + (b ?? 0));

export interface QueryUse {
  readonly system: string;
  readonly statement: string;
  readonly count: number;
  readonly totalMs: Milliseconds;
  readonly sources: readonly Source[];
}

/** One statement, however often and from wherever it was sent. Longest first. */
export function findQueryUse(cells: readonly Cell[]): QueryUse[] {
  const uses = new Map<string, QueryUse>();
  for (const query of cells.flatMap(cell => cell.queries)) {
    const key = `${query.system} ${query.statement}`;
    uses.set(key, addQuery(uses.get(key), query));
  }
  return [...uses.values()].sort((a, b) => b.totalMs - a.totalMs);
}

function addQuery(known: QueryUse | undefined, query: Query): QueryUse {
  return {
    system: query.system,
    statement: query.statement,
    count: (known?.count ?? 0) + query.count,
    totalMs: ms((known?.totalMs ?? 0) + query.totalMs),
    sources: [...(known?.sources ?? []), ...(query.source ? [query.source] : [])],
  };
}

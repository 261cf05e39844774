/** What the run held and touched: variables, containers and files, over all cells. */
import {
  byteDelta,
  bytes,
  ms,
  type Bytes,
  type Cell,
  type Container,
  type Milliseconds,
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

/** Containers that grew, each with what it grew by over all cells. Largest growth first. */
export function findGrownContainers(cells: readonly Cell[]): Container[] {
  const found = new Map<string, Container>();
  for (const container of cells.flatMap(cell => cell.containers ?? [])) {
    const known = found.get(container.path);
    found.set(container.path, {
      ...container,
      itemsGrowth: container.itemsGrowth + (known?.itemsGrowth ?? 0),
      growthBytes: byteDelta(container.growthBytes + (known?.growthBytes ?? 0)),
    });
  }
  return [...found.values()].sort((a, b) => b.growthBytes - a.growthBytes);
}

export interface FileUse {
  readonly path: string;
  /** Null where the bytes of single files were not measured. */
  readonly readBytes: Bytes | null;
  readonly writeBytes: Bytes | null;
  readonly waitMs: Milliseconds;
  /** Bytes read by each cell that read it, in the order in which they ran. */
  readonly reads: readonly Bytes[];
  /** Null where nobody counted. */
  readonly opens: number | null;
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
      opens:
        file.opens === undefined && known?.opens == null
          ? null
          : (known?.opens ?? 0) + (file.opens ?? 0),
    });
  }
  const size = (use: FileUse) => (use.readBytes ?? 0) + (use.writeBytes ?? 0);
  return [...uses.values()].sort((a, b) => b.waitMs - a.waitMs || size(b) - size(a));
}

const plus = (a: Bytes | null | undefined, b: Bytes | undefined): Bytes | null =>
  a == null && b === undefined ? null : bytes((a ?? 0) + (b ?? 0));

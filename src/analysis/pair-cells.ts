/**
 * Which cell of one run is which of another: by id, then by code, then by name, and what is left by its place between
 * those that are known. The n-th run of a cell pairs with the n-th.
 */
import type { Cell } from '../profile/index.ts';
import { labelCells } from './labels.ts';

/** Indices into the cells of each run; null where the cell ran in the other run only. */
export interface CellPlaces {
  readonly before: number | null;
  readonly after: number | null;
}

/** In the order of the later run; cells that ran only before stand behind the one that they followed. */
export function pairCells(before: readonly Cell[], after: readonly Cell[]): CellPlaces[] {
  const pairing = new Pairing(before, after);
  pairing.by(cell => cell.cellId);
  pairing.by(codeOf);
  pairing.byName();
  pairing.byPlace();
  const pairs = after.map((_, i): CellPlaces => ({
    before: pairing.partnerOf.get(i) ?? null,
    after: i,
  }));
  return insertGone(pairs, before.length);
}

export const codeOf = (cell: Cell): string | null => cell.source.trim() || null;

class Pairing {
  /** By the place in the later run. */
  readonly partnerOf = new Map<number, number>();
  readonly #taken = new Set<number>();

  constructor(
    private readonly before: readonly Cell[],
    private readonly after: readonly Cell[],
  ) {}

  by(keyOf: (cell: Cell) => string | null): void {
    this.#byKeys(this.before.map(keyOf), this.after.map(keyOf));
  }

  /** A name pairs only where it is one cell's on either side. */
  byName(): void {
    const names = (cells: readonly Cell[]) => {
      const all = labelCells(cells).map(label => (label?.from === 'code' ? null : label?.text));
      return all.map(name => (name && all.filter(n => n === name).length === 1 ? name : null));
    };
    this.#byKeys(names(this.before), names(this.after));
  }

  /** Between two known neighbours, as many unknown cells on either side are taken for the same ones, edited. */
  byPlace(): void {
    let start = 0;
    while (start < this.after.length) {
      if (this.partnerOf.has(start)) {
        start++;
        continue;
      }
      let end = start;
      while (end < this.after.length && !this.partnerOf.has(end)) end++;
      const from = start === 0 ? 0 : (this.partnerOf.get(start - 1) ?? 0) + 1;
      const to = this.partnerOf.get(end) ?? this.before.length;
      const isFree = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).every(
        place => !this.#taken.has(place),
      );
      if (to - from === end - start && isFree)
        for (let i = 0; i < to - from; i++) this.#pair(start + i, from + i);
      start = end;
    }
  }

  #byKeys(before: readonly (string | null)[], after: readonly (string | null)[]): void {
    const waiting = new Map<string, number[]>();
    before.forEach((key, i) => {
      if (key === null || this.#taken.has(i)) return;
      const places = waiting.get(key);
      if (places) places.push(i);
      else waiting.set(key, [i]);
    });
    after.forEach((key, i) => {
      if (key === null || this.partnerOf.has(i)) return;
      const partner = waiting.get(key)?.shift();
      if (partner !== undefined) this.#pair(i, partner);
    });
  }

  #pair(after: number, before: number): void {
    this.partnerOf.set(after, before);
    this.#taken.add(before);
  }
}

function insertGone(pairs: readonly CellPlaces[], beforeCount: number): CellPlaces[] {
  const result = [...pairs];
  const taken = new Set(pairs.map(pair => pair.before));
  for (let index = 0; index < beforeCount; index++) {
    if (taken.has(index)) continue;
    const previous = index === 0 ? -1 : result.findIndex(pair => pair.before === index - 1);
    result.splice(previous + 1, 0, { before: index, after: null });
  }
  return result;
}

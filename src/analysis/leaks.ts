/** Containers that keep what each call or turn adds: what a leak looks like from outside. */
import type { Cell, Container } from '../profile/index.ts';

export interface Leak {
  /** As the user would write it. */
  readonly path: string;
  readonly type: string;
  readonly items: number;
  readonly itemsGrowth: number;
  readonly growthBytes: number;
  /** Cells in which it grew. */
  readonly cells: number;
}

/** What a cell makes on purpose has a name of its own; what only collects has one of these, or hides in an object. */
const COLLECTS = /cache|log|histor|memo|pool|registry|seen|store|buffer|kept|retain/i;
/** Fewer additions are no habit. */
const MIN_ITEMS = 16;
/** Of items that are small themselves; what they hold open may be more. */
const MANY_ITEMS = 100;
const MIN_BYTES = 500_000;

/** Largest growth first. */
export function findLeaks(cells: readonly Cell[]): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const container of cells.flatMap(cell => cell.containers ?? [])) {
    if (!isSuspicious(container)) continue;
    const known = leaks.get(container.path);
    leaks.set(container.path, {
      path: container.path,
      type: container.type,
      items: container.items,
      itemsGrowth: container.itemsGrowth + (known?.itemsGrowth ?? 0),
      growthBytes: Math.max(0, container.growthBytes) + (known?.growthBytes ?? 0),
      cells: 1 + (known?.cells ?? 0),
    });
  }
  return [...leaks.values()]
    .filter(({ growthBytes, itemsGrowth }) => growthBytes >= MIN_BYTES || itemsGrowth >= MANY_ITEMS)
    .sort((a, b) => b.growthBytes - a.growthBytes);
}

function isSuspicious({ path, itemsGrowth, created }: Container): boolean {
  if (itemsGrowth < MIN_ITEMS) return false;
  const collects = COLLECTS.test(path.split('.').at(-1) ?? path);
  // A name of the notebook's own that a cell fills is its result; so is what a new object holds.
  const isHidden = path.includes('.') && created !== true;
  return collects || isHidden;
}

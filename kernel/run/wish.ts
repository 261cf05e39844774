/** What a front end wishes for the cells that come: data until it was read here, and whatever is wrong is left out. */

import { MAX_RATE_HZ } from './magic.ts';

/** What a listener says of a cell that it will run. */
export interface AnnouncedCell {
  readonly index?: number;
  readonly label?: string;
}

export interface Wish {
  /** `magic`: only cells that ask for it themselves. `listed`: those whose id is in `cells`. */
  readonly scope: 'all' | 'listed' | 'magic';
  /** By id. With every scope, the places and names of cells in reports. */
  readonly cells: ReadonlyMap<string, AnnouncedCell>;
  /** The summary becomes an output of the cell. */
  readonly show: boolean;
  /** Samples a second; absent: adapts to the length of the cell. */
  readonly rateHz?: number;
}

export function toWish(data: unknown): Wish {
  const options = isObject(data) ? data : {};
  const { scope, show, rateHz } = options;
  const cells = new Map<string, AnnouncedCell>();
  for (const cell of Array.isArray(options['cells']) ? (options['cells'] as unknown[]) : []) {
    if (!isObject(cell) || typeof cell['id'] !== 'string') continue;
    const { index, label } = cell;
    cells.set(cell['id'], {
      ...(typeof index === 'number' && Number.isInteger(index) && index >= 0 && { index }),
      ...(typeof label === 'string' && { label }),
    });
  }
  return {
    scope: scope === 'all' || scope === 'listed' ? scope : 'magic',
    cells,
    show: show === true,
    ...(isRate(rateHz) && { rateHz }),
  };
}

export function covers({ scope, cells }: Wish, cellId: string | null): boolean {
  switch (scope) {
    case 'all':
      return true;
    case 'listed':
      return cellId !== null && cells.has(cellId);
    case 'magic':
      return false;
  }
}

const isRate = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value <= MAX_RATE_HZ;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

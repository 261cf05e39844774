/** How a table's rows are put in order. Pure. */

export type SortValue = number | string | null;
export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Equal rows keep their order; rows without a value stand last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  descending: boolean,
): Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map(row => ({ row, value: valueOf(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      return sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));

/** Figures come largest first, names from A; once more turns round, a third time gives the rows' own order. */
export function nextOrder(
  order: SortOrder | null,
  column: string,
  numeric: boolean,
): SortOrder | null {
  if (order?.column !== column) return { column, descending: numeric };
  return order.descending === numeric ? { column, descending: !numeric } : null;
}

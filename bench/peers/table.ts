/** Figures over workloads and rounds, as a table of text. */
export interface Summary {
  readonly median: number;
  readonly worst: number;
  /** The middle half of the workloads lies between these. */
  readonly quartiles: readonly [number, number];
}

/** @param byWorkload ratios of the rounds. A workload counts by the median of its rounds. */
export function summarise(byWorkload: ReadonlyMap<string, readonly number[]>): Summary {
  const each = [...byWorkload.values()].map(ratios => quantile(ratios, 0.5));
  return {
    median: quantile(each, 0.5),
    worst: Math.max(...each),
    quartiles: [quantile(each, 0.25), quantile(each, 0.75)],
  };
}

/** Between two values, the share of both. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = at * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place % 1);
}

export const times = (ratio: number): string =>
  `${ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(3)}×`;

/** The first column to the left, the others to the right, but for words in the last. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => (row[column] ?? '').length)),
  );
  return rows.map(row =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === row.length - 1
          ? text.padEnd(width)
          : text.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A table for a terminal: names left, figures right. */

/** @param left columns that hold text; the first where nobody says. */
export function alignTable(
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string[] {
  const columns = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map(row => widthOf(row[column] ?? ''))),
  );
  return rows.map(row =>
    widths
      .map((width, i) => {
        const text = row[i] ?? '';
        const padding = ' '.repeat(width - widthOf(text));
        return left.includes(i) ? text + padding : padding + text;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** In characters, not in halves of them. */
const widthOf = (text: string): number => Array.from(text).length;

/** The outline of a measurement as SVG's `d`, with gaps where nothing was measured. Pure. */

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** @returns a filled shape for each stretch without a gap, standing on the lower edge. */
export function areaPath(
  values: readonly (number | null)[],
  max: number,
  { width, height }: Box,
): string {
  if (values.length === 0 || max <= 0) return '';
  const x = (i: number) => ((i / values.length) * width).toFixed(1);
  const y = (value: number) => ((1 - value / max) * height).toFixed(1);
  let path = '';
  let isOpen = false;
  values.forEach((value, i) => {
    if (value === null) {
      if (isOpen) path += `V${height}Z`;
      isOpen = false;
      return;
    }
    // A slice is as wide as its time: a step, so that a single one shows too.
    path += isOpen ? `V${y(value)}H${x(i + 1)}` : `M${x(i)} ${height}V${y(value)}H${x(i + 1)}`;
    isOpen = true;
  });
  return isOpen ? `${path}V${height}Z` : path;
}

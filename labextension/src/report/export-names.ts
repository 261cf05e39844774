/** How an exported report is called. Pure. */

/**
 * `analysis.pyperf.json`, else `analysis-pyperf.html`: `analysis.md` and `analysis.html` may well be the user's own.
 * @param stem the notebook's name without its extension.
 */
export const exportName = (stem: string, extension: string): string =>
  extension.startsWith('pyperf.') ? `${stem}.${extension}` : `${stem}-pyperf.${extension}`;

/** As Jupyter numbers `Untitled1`: the first name that is not taken. */
export function freeName(stem: string, extension: string, taken: ReadonlySet<string>): string {
  for (let number = 0; ; number++) {
    const name = exportName(number === 0 ? stem : `${stem}-${number}`, extension);
    if (!taken.has(name)) return name;
  }
}

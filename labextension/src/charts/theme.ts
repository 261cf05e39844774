/** The colours and the font that charts take from JupyterLab's style sheet, and when they change. */

const VARIABLES = {
  text: '--jp-ui-font-color1',
  muted: '--jp-ui-font-color2',
  grid: '--jp-border-color2',
  background: '--jp-layout-color1',
  font: '--jp-ui-font-family',
  cpu: '--jp-pyperf-cpu',
  memory: '--jp-pyperf-memory',
  read: '--jp-pyperf-read',
  write: '--jp-pyperf-write',
  cell: '--jp-pyperf-origin-cell',
  file: '--jp-pyperf-origin-file',
  library: '--jp-pyperf-origin-library',
  runtime: '--jp-pyperf-origin-runtime',
  onOrigin: '--jp-pyperf-on-origin',
} as const;

export type ChartTheme = Readonly<Record<keyof typeof VARIABLES, string>>;

export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const entries = Object.entries(VARIABLES).map(([name, variable]) => [
    name,
    style.getPropertyValue(variable).trim(),
  ]);
  return Object.fromEntries(entries) as ChartTheme;
}

/**
 * JupyterLab says its theme in attributes of the body, and loads the style sheet of the new one before.
 * @returns ends the watch.
 */
export function watchChartTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'],
  });
  return () => observer.disconnect();
}

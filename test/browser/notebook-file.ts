/** Writes the notebook that a browser test opens, and what the front end needs to know before it starts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JupyterEnvironment } from '../integration/jupyter/harness/environment.ts';

export type Theme = 'light' | 'dark';

const THEMES: Readonly<Record<Theme, string>> = {
  light: 'JupyterLab Light',
  dark: 'JupyterLab Dark',
};

export function writeNotebook(
  jupyter: JupyterEnvironment,
  name: string,
  sources: readonly string[],
): void {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: 'wrapped', display_name: 'Wrapped', language: 'python' };
  writeFileSync(
    join(jupyter.notebooks, name),
    JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }),
  );
}

/** As a user's own settings say it; the question about news is answered, so that no dialog covers the page. */
export function setTheme(jupyter: JupyterEnvironment, theme: Theme): void {
  const settings: Readonly<Record<string, unknown>> = {
    'themes.jupyterlab-settings': { theme: THEMES[theme] },
    'notification.jupyterlab-settings': { fetchNews: 'false', checkForUpdates: false },
  };
  const folder = join(
    jupyter.env['JUPYTER_CONFIG_DIR'] as string,
    'lab/user-settings/@jupyterlab/apputils-extension',
  );
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(settings))
    writeFileSync(join(folder, name), JSON.stringify(value));
}

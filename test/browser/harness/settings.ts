/** Settings as a user would have saved them, before the front end starts. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JupyterEnvironment } from '../../integration/jupyter/harness/environment.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_NAMES: Readonly<Record<Theme, string>> = {
  light: 'JupyterLab Light',
  dark: 'JupyterLab Dark',
};

/** By plugin id, such as `jupyterlab-pyperf:plugin`. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Replaces all settings of the user; what is not named has its default. */
export function writeSettings(jupyter: JupyterEnvironment, theme: Theme, more: Settings): void {
  const folder = join(jupyter.env['JUPYTER_CONFIG_DIR'] as string, 'lab/user-settings');
  rmSync(folder, { recursive: true, force: true });
  const all: Settings = {
    // The question about news would cover the page.
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    '@jupyterlab/apputils-extension:themes': { theme: THEME_NAMES[theme] },
    ...more,
  };
  for (const [plugin, values] of Object.entries(all)) {
    const file = join(folder, `${plugin.replace(':', '/')}.jupyterlab-settings`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(values));
  }
}

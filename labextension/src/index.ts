/** The plugins. Each lives in the folder of its part; what is large is imported when it is first needed. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { runPlugin } from './run/plugin.ts';
import { settingsPlugin } from './settings/plugin.ts';

const plugins: JupyterFrontEndPlugin<unknown>[] = [settingsPlugin, runPlugin];
export default plugins;

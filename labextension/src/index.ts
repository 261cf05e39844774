/** The plugins. Each lives in the folder of its part; what is large is imported when it is first needed. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { heatPlugin } from './heat/plugin.ts';
import { modelPlugin } from './model/plugin.ts';
import { reportPlugin } from './report/plugin.ts';
import { runPlugin } from './run/plugin.ts';
import { settingsPlugin } from './settings/plugin.ts';
import { statusPlugin } from './status/plugin.ts';
import { viewerPlugin } from './viewer/plugin.ts';
import { widgetPlugin } from './widget/plugin.ts';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  modelPlugin,
  settingsPlugin,
  runPlugin,
  statusPlugin,
  widgetPlugin,
  heatPlugin,
  reportPlugin,
  viewerPlugin,
];
export default plugins;

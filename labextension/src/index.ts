/** The plugins. Each lives in the folder of its part; what is large is imported when it is first needed. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { modelPlugin } from './model/plugin.ts';

const plugins: JupyterFrontEndPlugin<unknown>[] = [modelPlugin];
export default plugins;

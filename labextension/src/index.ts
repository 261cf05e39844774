/** The plugins. Each lives in the folder of its part; what is large is imported when it is first needed. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

const plugins: JupyterFrontEndPlugin<unknown>[] = [];
export default plugins;

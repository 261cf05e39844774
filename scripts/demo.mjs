// @ts-check
/** `npm run demo`: profiles the demo notebook, and tells how to look at it in JupyterLab. */
import { join, relative } from 'node:path';
import { VENV } from './lib/python-packages.mjs';
import { ROOT, run, SetupError } from './lib/step.mjs';
import { main, setup } from './setup.mjs';

const COMMAND = join(VENV, 'bin', 'jupyter-pyperf');
const NOTEBOOK = 'binder/demo.ipynb';
const OUT = 'pyperf-out';

await main(async () => {
  await setup('demo');
  const install = await run(COMMAND, ['install', '--sys-prefix', 'python3']);
  if (install.code !== 0) throw new SetupError(install.output.trim());
  console.log(`Profiling ${NOTEBOOK}\n`);
  const { code } = await run(COMMAND, ['run', NOTEBOOK, '--out', OUT], { live: true });
  process.exitCode = code;
  if (code !== 0) return;
  console.log(`
The report for a browser: ${join(ROOT, OUT, 'demo.html')}
To profile cells yourself, open the notebook with the kernel "Python 3 (PyPerf)" and put %%pyperf on top of a cell:

  ${relative(process.cwd(), join(VENV, 'bin', 'jupyter'))} lab ${relative(process.cwd(), join(ROOT, NOTEBOOK))}
`);
});

/** The same notebooks through nbclient and papermill, bare and wrapped: the executed files must be equal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KERNELS, createEnvironment, type JupyterEnvironment } from './harness/environment.ts';
import { normaliseNotebook, type Executed } from './harness/notebook.ts';
import { runProgram } from './harness/python.ts';
import { NOTEBOOKS } from './notebooks.ts';

/** Far more than any of them takes. */
const LIMIT_MS = 45_000;

/** nbclient waits for ever for a message that its kernel's socket dropped, bare or wrapped: it gets a second try. */
describe.each(['nbclient', 'papermill'] as const)('%s', engine => {
  let jupyter: JupyterEnvironment;
  beforeAll(() => {
    jupyter = createEnvironment();
  });
  afterAll(() => {
    jupyter.remove();
  });

  it.each(Object.entries(NOTEBOOKS))(
    '%s',
    { retry: 1, timeout: 200_000 },
    async (_, { cells, stops }) => {
      const executed: Executed[] = [];
      for (const kernel of KERNELS)
        executed.push(
          normaliseNotebook(
            await runProgram<Executed>(
              jupyter,
              'run_notebook.py',
              { engine, kernel, cells, allowErrors: false },
              LIMIT_MS,
            ),
          ),
        );
      const [bare, wrapped] = executed;
      expect(bare?.stopped).toBe(stops ?? null);
      expect(bare?.notebook.cells.some(cell => cell.outputs?.length)).toBe(true);
      expect(wrapped).toEqual(bare);
    },
  );
});

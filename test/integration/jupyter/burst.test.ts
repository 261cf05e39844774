/** A kernel's publisher drops what is not taken from it; a hook that has no processor for a moment must not cost output. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEnvironment, type JupyterEnvironment } from './harness/environment.ts';
import { runProgram } from './harness/python.ts';

const LINES = 6000;

describe('a burst of output', () => {
  let jupyter: JupyterEnvironment;
  beforeAll(() => {
    jupyter = createEnvironment();
  });
  afterAll(() => {
    jupyter.remove();
  });

  it.each([0, 2])('arrives whole and in order though the hook stands still for %d s', async s => {
    const asked = { kernel: 'wrapped', lines: LINES, stallSeconds: s };
    const lines = await runProgram<string[]>(jupyter, 'burst.py', asked);
    expect(lines).toEqual(['go', ...Array.from({ length: LINES }, (_, n) => String(n))]);
  });
});

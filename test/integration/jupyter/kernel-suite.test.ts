import { describe, expect, it } from 'vitest';
import { createEnvironment, type KernelName } from './harness/environment.ts';
import { runProgram } from './harness/python.ts';

type Outcomes = Readonly<Record<string, string>>;

/** In an environment of its own, because the suite looks into the history that the kernel before left. */
async function outcomes(kernel: KernelName): Promise<Outcomes> {
  const jupyter = createEnvironment();
  try {
    return await runProgram<Outcomes>(jupyter, 'kernel_suite.py', { kernel });
  } finally {
    jupyter.remove();
  }
}

describe("jupyter_kernel_test's suite", () => {
  it('ends the same, test by test, bare and wrapped', async () => {
    const bare = await outcomes('bare');
    expect(Object.keys(bare).length).toBeGreaterThan(10);
    expect(await outcomes('wrapped')).toEqual(bare);
  });
});

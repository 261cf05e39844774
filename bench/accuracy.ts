/**
 * How true the sampler's lines are: every ground-truth program on every interpreter here, and the function bias.
 * Prints a table; the tests assert the limits. Run it alone on the machine.
 */
import {
  lineErrors,
  meanError,
  tell,
  worstError,
  type LineError,
} from '../test/integration/cpython/compare.ts';
import { interpreters, missingVersions } from '../test/integration/cpython/interpreters.ts';
import { sampleProgram } from '../test/integration/cpython/sample-program.ts';

const SECONDS = process.env['PYPERF_BENCH_SECONDS'] ?? '5';
const RATE_HZ = Number(process.env['PYPERF_BENCH_RATE'] ?? 1000);

const RUNS: readonly { name: string; program: string; args: string[]; needs?: string }[] = [
  { name: 'Python, C and sleep', program: 'mixed.py', args: [SECONDS] },
  { name: 'forms of functions', program: 'forms.py', args: [SECONDS] },
  { name: 'waits', program: 'waits.py', args: [SECONDS] },
  { name: 'C that holds the GIL', program: 'holds_gil.py', args: ['2'] },
  { name: 'numpy', program: 'arrays.py', args: [SECONDS], needs: 'numpy' },
  { name: 'pandas', program: 'frames.py', args: [SECONDS], needs: 'pandas' },
  ...[5, 15, 25, 35, 45, 55, 65, 75, 85, 95].map(percent => ({
    name: `call against inlined, ${percent} %`,
    program: 'bias.py',
    args: [SECONDS, String(percent / 100)],
  })),
  // Turns shorter than the time between the reads of the thread's state and of its stack.
  { name: 'the same, in turns of 7 µs', program: 'turns.py', args: [SECONDS, '300', '300'] },
  { name: 'the same, in turns of 1 µs', program: 'turns.py', args: [SECONDS, '30', '30'] },
  // Too short to time where they run: the truth is timed apart, and itself uncertain by some points.
  { name: 'the same, in turns of 0.2 µs', program: 'micro_bias.py', args: [SECONDS, '1', '1'] },
];

export async function run(print: (line: string) => void): Promise<void> {
  const all: LineError[] = [];
  for (const { path, version, modules } of interpreters) {
    print(`\nCPython ${version}  ${path}`);
    for (const { name, program, args, needs } of RUNS) {
      if (needs !== undefined && !modules.has(needs)) {
        print(`  ${name.padEnd(28)} not run: no ${needs}`);
        continue;
      }
      const sampled = await sampleProgram(path, program, args, { rateHz: RATE_HZ });
      const errors = lineErrors(sampled, path, program);
      all.push(...errors);
      const { samples, dropped } = sampled.result;
      const figures = `mean ${meanError(errors).toFixed(2)} worst ${worstError(errors).toFixed(2)} points`;
      const cost = `${samples} samples, ${dropped} dropped, ${sampled.microsPerSample.toFixed(0)} µs each`;
      print(`  ${name.padEnd(28)} ${figures}  ${cost}\n      true/seen %: ${tell(errors)}`);
    }
  }
  if (missingVersions.length > 0) print(`\nNo interpreter here: ${missingVersions.join(', ')}`);
  print(
    `\nAll lines: mean ${meanError(all).toFixed(2)} worst ${worstError(all).toFixed(2)} points`,
  );
}

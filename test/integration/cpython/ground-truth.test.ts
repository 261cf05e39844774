/** Programs that time their own lines, against what the sampler saw of them, on every interpreter here. */
import { describe, expect, it } from 'vitest';
import { OFF_CPU_CAUSES } from '../../../src/profile/index.ts';
import {
  attributeProgram,
  lineErrors,
  mainThread,
  meanError,
  offCpuByName,
  tell,
  worstError,
} from './compare.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { sampleProgram, type Sampled } from './sample-program.ts';

const PROGRAMS: readonly { program: string; args: string[]; needs?: string }[] = [
  { program: 'mixed.py', args: ['3'] },
  { program: 'forms.py', args: ['3'] },
  { program: 'waits.py', args: ['3'] },
  { program: 'holds_gil.py', args: ['1'] },
  { program: 'arrays.py', args: ['3'], needs: 'numpy' },
  { program: 'frames.py', args: ['3'], needs: 'pandas' },
];

nameMissing();

describe.each(interpreters)('CPython $version', interpreter => {
  /** The last run of each program, for tests that ask something else of it. */
  const ran = new Map<string, Sampled>();
  const runOf = async (program: string): Promise<Sampled> =>
    ran.get(program) ?? (await sampleProgram(interpreter.path, program, ['3']));

  it.for(PROGRAMS)('tells the truth about $program', async ({ program, args, needs }, { skip }) => {
    if (needs !== undefined && !interpreter.modules.has(needs)) skip(`no ${needs} here`);
    const sampled = await sampleProgram(interpreter.path, program, args);
    ran.set(program, sampled);
    const errors = lineErrors(sampled, interpreter.path, program);
    expect(meanError(errors), tell(errors)).toBeLessThanOrEqual(1);
    expect(worstError(errors), tell(errors)).toBeLessThanOrEqual(3);
  });

  it.each([0.05, 0.5, 0.95])(
    'prefers neither a call nor the same loop inlined (share %s)',
    async share => {
      const sampled = await sampleProgram(interpreter.path, 'bias.py', ['2.5', String(share)]);
      const errors = lineErrors(sampled, interpreter.path, 'bias.py');
      expect(worstError(errors), tell(errors)).toBeLessThanOrEqual(2);
    },
  );

  /**
   * Turns of about 7 and 1 µs: the thread state is read some microseconds before the stack, so the two seldom belong to
   * the same turn. Each sample is on its own here: three thousand of them have a standard deviation of 0.9 points.
   */
  it.each([
    [300, 300],
    [30, 30],
    [30, 90],
  ])('prefers neither where they take turns of %i and %i rounds', async (called, inlined) => {
    const args = ['3', String(called), String(inlined)];
    const sampled = await sampleProgram(interpreter.path, 'turns.py', args);
    const errors = lineErrors(sampled, interpreter.path, 'turns.py');
    expect(worstError(errors), tell(errors)).toBeLessThanOrEqual(3);
  });

  it('names the cause of every wait', async () => {
    const sampled = await runOf('waits.py');
    const { lines, files } = attributeProgram(interpreter.path, mainThread(sampled.result));
    const waits = offCpuByName(lines, 'waits.py');
    const causeOf = (name: string): string => {
      const offCpu = waits.get(name);
      return offCpu ? (OFF_CPU_CAUSES.toSorted((a, b) => offCpu[b] - offCpu[a])[0] ?? '') : '';
    };
    expect(causeOf('sleep')).toBe('sleep');
    expect(causeOf('lock')).toBe('lock');
    expect(causeOf('socket')).toBe('network');
    expect(causeOf('select')).toBe('wait');
    expect(causeOf('disk')).toBe('disk');
    expect(files.map(({ path }) => path)).toContain(sampled.told['file']);
  });

  it('names the package of what a line calls', async ({ skip }) => {
    if (!interpreter.modules.has('pandas')) skip('no pandas here');
    const { result } = await runOf('frames.py');
    const { lines } = attributeProgram(interpreter.path, result);
    const callees = lines.flatMap(line => line.callees ?? []).map(({ name }) => name);
    expect(callees).toContain('pandas DataFrame.merge');
  });
});

it('has an interpreter', () => expect(interpreters).not.toEqual([]));

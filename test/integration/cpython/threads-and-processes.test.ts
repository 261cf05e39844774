/** Threads and children of the sampled process, each with its own lines. */
import { describe, expect, it } from 'vitest';
import { attributeProgram, nameOf, selfMsByName } from './compare.ts';
import { descendantsOf } from './descendants.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { namedLines, sampleProgram } from './sample-program.ts';

nameMissing();

describe.each(interpreters)('CPython $version', ({ path, modules }) => {
  it.for(['fork', 'spawn', 'forkserver', 'pool', 'executor', 'joblib', 'subprocess'])(
    'sees what children do: %s',
    async (kind, { skip }) => {
      if (kind === 'joblib' && !modules.has('joblib')) skip('no joblib here');
      const sampled = await sampleProgram(path, 'processes.py', [kind, '1'], {
        descendants: descendantsOf,
        rateHz: 200,
      });
      const { lines } = attributeProgram(path, sampled.result);
      const work = selfMsByName(lines, 'processes.py').get('work') ?? 0;
      const expectedMs = kind === 'subprocess' ? 1000 : 2000;
      expect(work, JSON.stringify(lines.slice(0, 5))).toBeGreaterThan(expectedMs * 0.85);
      expect(work).toBeLessThan(expectedMs * 1.15);
      expect(sampled.result.groups.some(group => group.kind === 'process')).toBe(true);
    },
  );

  it('gives each thread its own time, and leaves out idle ones', async () => {
    const sampled = await sampleProgram(path, 'threads.py', ['2']);
    const { lines, functions, gilWaitMs } = attributeProgram(path, sampled.result);
    const names = namedLines('threads.py');
    const named = (name: string) =>
      lines.filter(line => nameOf(line, 'threads.py', names) === name);
    const sum = (name: string) => named(name).reduce((total, line) => total + line.selfMs, 0);
    // Two threads count, one sleeps, for two seconds each.
    expect(sum('count')).toBeGreaterThan(3600);
    expect(sum('count')).toBeLessThan(4200);
    expect(sum('doze')).toBeGreaterThan(1600);
    // Each time it wakes it must wait for the interpreter's lock, which the others hold 5 ms at a time.
    expect(named('doze')[0]?.offCpuMs.sleep).toBeGreaterThan(600);
    expect(named('doze')[0]?.offCpuMs.lock).toBeGreaterThan(200);
    // Those that count share the lock: each waits for it about half of its time.
    expect(gilWaitMs).toBeGreaterThan(500);
    expect(gilWaitMs).toBeLessThan(1500);
    expect(functions.filter(node => node.parent === -1).map(node => node.name)).toEqual(
      expect.arrayContaining(['thread count', 'thread doze']),
    );
  });
});

/** The sampled process ends, becomes another program, or forks: no crash, no wrong process, no handle left. */
import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCPythonSampler } from '../../../kernel/languages/python/cpython/index.ts';
import type { StackResult, StackSampler } from '../../../kernel/sampling/stacks.ts';
import { sleep } from '../../support/processes.ts';
import { descendantsOf } from './descendants.ts';
import { interpreters } from './interpreters.ts';
import { nameMissing } from './name-missing.ts';
import { PROGRAMS } from './sample-program.ts';

const PROGRAM = `
import os, sys, threading, time
sys.path.insert(0, ${JSON.stringify(PROGRAMS)})
from pyperf_target import hello
hello()
def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end: pass
def another_program():
    os.execv(sys.executable, [sys.executable, "-c", "def after():\\n    while True: pass\\nafter()"])
def fork_often():
    for _ in range(30):
        if os.fork() == 0:
            spin(0.3)
            os._exit(0)
        time.sleep(0.03)
    for _ in range(30): os.wait()
def short_threads():
    while True:
        for thread in [threading.Thread(target=spin, args=(0.002,)) for _ in range(8)]: thread.start()
        time.sleep(0.01)
globals()[sys.argv[1]](*map(float, sys.argv[2:]))
`;

interface Running {
  readonly pid: number;
  readonly details: unknown;
  go(): void;
  kill(): void;
}

async function start(python: string, ...args: string[]): Promise<Running> {
  const child = spawn(python, ['-c', PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>(resolve =>
    createInterface({ input: child.stdout }).once('line', resolve),
  );
  const { pid, details } = JSON.parse(line) as { pid: number; details: unknown };
  return {
    pid,
    details,
    go: () => child.stdin.write('go\n'),
    kill: () => child.kill('SIGKILL'),
  };
}

async function sampleFor(
  sampler: StackSampler,
  durationMs: number,
  pid: number,
): Promise<StackResult> {
  const end = performance.now() + durationMs;
  let descendants: readonly number[] = [];
  for (let tick = 0; performance.now() < end; tick++) {
    if (tick % 10 === 0) descendants = descendantsOf(pid);
    for (let n = 0; n < 10; n++) sampler.sample(performance.now(), descendants);
    await sleep(2);
  }
  return sampler.result();
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      return [readlinkSync(join('/proc/self/fd', fd))];
    } catch {
      return [];
    }
  });
}
const procFiles = (): string[] => openFiles().filter(path => /^\/proc\/\d+\//.test(path));
const functionsOf = (result: StackResult): string[] => result.frames.map(frame => frame.function);

nameMissing();

describe.each(interpreters)('CPython $version', ({ path }) => {
  it('is killed while it is sampled', async () => {
    const child = await start(path, 'spin', '60');
    const sampler = createCPythonSampler({ sampler: 'cpython', ...child });
    child.go();
    await sampleFor(sampler, 200, child.pid);
    setTimeout(() => child.kill(), 50);
    const result = await sampleFor(sampler, 300, child.pid);
    sampler.close();
    expect(functionsOf(result)).toContain('spin');
    expect(result.notes.join()).toContain('ended');
    expect(procFiles()).toEqual([]);
  });

  it('becomes another program: nothing of it is told', async () => {
    const child = await start(path, 'another_program');
    const sampler = createCPythonSampler({ sampler: 'cpython', ...child });
    child.go();
    const result = await sampleFor(sampler, 500, child.pid);
    sampler.close();
    child.kill();
    expect(functionsOf(result)).not.toContain('after');
    expect(procFiles()).toEqual([]);
  });

  it('forks again and again', async () => {
    const child = await start(path, 'fork_often');
    const sampler = createCPythonSampler({ sampler: 'cpython', ...child });
    child.go();
    const result = await sampleFor(sampler, 1500, child.pid);
    sampler.close();
    child.kill();
    expect(result.groups.filter(group => group.kind === 'process').length).toBeGreaterThan(2);
    expect(procFiles()).toEqual([]);
  });

  it('starts threads without end', async () => {
    const child = await start(path, 'short_threads');
    const sampler = createCPythonSampler({ sampler: 'cpython', ...child });
    child.go();
    const result = await sampleFor(sampler, 1500, child.pid);
    sampler.close();
    child.kill();
    expect(functionsOf(result)).toContain('spin');
    expect(result.groups.length).toBeLessThanOrEqual(66);
    expect(procFiles()).toEqual([]);
  });

  it('is sampled for ten thousand short cells without keeping a handle', async () => {
    const child = await start(path, 'spin', '600');
    child.go();
    const before = openFiles().length;
    for (let cell = 0; cell < 10_000; cell++) {
      const sampler = createCPythonSampler({ sampler: 'cpython', ...child });
      sampler.sample(performance.now(), []);
      sampler.close();
    }
    expect(openFiles().length).toBe(before);
    child.kill();
  });

  it('is refused with a reason when it is not what it says', async () => {
    const child = await start(path, 'spin', '60');
    const details = child.details as Record<string, unknown>;
    const open = (changes: Record<string, unknown>) => () =>
      createCPythonSampler({
        sampler: 'cpython',
        pid: child.pid,
        details: { ...details, ...changes },
      });
    expect(open({ version: [3, 10, 13] })).toThrow('layout of CPython 3.10 is not known');
    expect(open({ freeThreaded: true })).toThrow('free-threaded');
    expect(open({ version: [3, 13, 0], runtime: 4096 })).toThrow('cannot be read');
    expect(open({ runtime: 'nowhere' })).toThrow('not usable');
    expect(procFiles()).toEqual([]);
    child.kill();
  });
});

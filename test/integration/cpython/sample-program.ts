/** Runs one of the programs here under the sampler, as the worker would, and brings its truth and what was seen. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import { createCPythonSampler } from '../../../kernel/languages/python/cpython/index.ts';
import { CLOSER_LOOK_MS } from '../../../kernel/sampling/rate.ts';
import type { StackResult, StackSampler } from '../../../kernel/sampling/stacks.ts';
import { quietMachine } from '../../support/quiet.ts';

export const PROGRAMS = join(import.meta.dirname, 'programs');

export interface Sampled {
  readonly truth: Readonly<Record<string, number>>;
  readonly told: Readonly<Record<string, unknown>>;
  readonly details: unknown;
  readonly result: StackResult;
  /** Median cost of a sample: the mean counts what other programs took from us on a busy machine. */
  readonly microsPerSample: number;
}

export interface SampleOptions {
  readonly rateHz?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once the sampler runs; what it returns is waited for. */
  readonly meanwhile?: (child: ChildProcess, sampler: StackSampler) => Promise<void>;
  /** Live descendants, as the worker's process list would tell. */
  readonly descendants?: (pid: number) => readonly number[];
}

export async function sampleProgram(
  python: string,
  program: string,
  args: readonly string[],
  options: SampleOptions = {},
): Promise<Sampled> {
  await quietMachine();
  const child = spawn(python, [join(PROGRAMS, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
    cwd: PROGRAMS,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown> | undefined> => {
    const line = await lines.next();
    return line.done ? undefined : (JSON.parse(line.value) as Record<string, unknown>);
  };
  try {
    const hello = await next();
    takeCoreWhenDue(true);
    if (!hello) throw new Error(`${program} said nothing`);
    const { pid, details } = hello;
    const sampler = createCPythonSampler({ sampler: 'cpython', pid: pid as number, details });
    const loop = new SampleLoop(sampler, options.rateHz ?? 1000, () =>
      options.descendants ? options.descendants(pid as number) : [],
    );
    try {
      child.stdin.write('go\n');
      const done = loop.run();
      await options.meanwhile?.(child, sampler);
      const told = (await next()) ?? {};
      loop.stop();
      await done;
      const truth = (told['truth'] ?? {}) as Record<string, number>;
      const result = sampler.result();
      return { truth, told, details, result, microsPerSample: loop.medianMicros() };
    } finally {
      sampler.close();
    }
  } finally {
    takeCoreWhenDue(false);
    child.kill('SIGKILL');
  }
}

/**
 * Gives this thread a core whenever it is due, as on a machine with a free one, where the system lets us: the accuracy of
 * the sampler is measured here, not the load that other programs put on the machine. The sampled program gets no favour.
 */
function takeCoreWhenDue(on: boolean): void {
  const policy = on ? ['--fifo', '--pid', '10'] : ['--other', '--pid', '0'];
  spawnSync('chrt', [...policy, String(process.pid)], { stdio: 'ignore' });
}

class SampleLoop {
  private stopped = false;
  private readonly costsMs: number[] = [];
  private readonly gate = new Int32Array(new SharedArrayBuffer(4));

  constructor(
    private readonly sampler: StackSampler,
    private readonly rateHz: number,
    private readonly descendants: () => readonly number[],
  ) {}

  medianMicros(): number {
    const sorted = this.costsMs.toSorted((a, b) => a - b);
    return (sorted[sorted.length >> 1] ?? 0) * 1000;
  }

  stop(): void {
    this.stopped = true;
  }

  /** Intervals vary a little, so that a program with a rhythm of its own cannot fall in step. */
  async run(): Promise<void> {
    while (!this.stopped) {
      const listed = this.descendants();
      // Counted from here: on a busy machine the list alone may take longer than a turn.
      const turnEnd = performance.now() + 25;
      while (performance.now() < turnEnd) {
        const start = performance.now();
        this.sampler.sample(start, listed);
        const spent = performance.now() - start;
        this.costsMs.push(spent);
        const usual = (1000 / this.rateHz) * (0.5 + Math.random()) - spent;
        const pause = this.sampler.wantsCloserLook === true ? CLOSER_LOOK_MS : usual;
        if (pause > 0) Atomics.wait(this.gate, 0, 0, pause);
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

/** Line numbers by the name in their `#@name` comment. */
export function namedLines(program: string): Map<number, string> {
  const names = new Map<number, string>();
  readFileSync(join(PROGRAMS, program), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const name = /#@(\w+)\s*$/.exec(line)?.[1];
      if (name !== undefined) names.set(index + 1, name);
    });
  return names;
}

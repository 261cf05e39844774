/** Real processes, a real worker: what the sampling tests share. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');
export const PYTHON = join(root, '.venv/bin/python');

/** Bundles a worker entry as the build does. @returns its URL, its size, and what removes it. */
export async function bundleWorker(
  entry = 'kernel/worker.ts',
): Promise<{ readonly url: URL; readonly sizeBytes: number; remove(): void }> {
  const dir = mkdtempSync(join(tmpdir(), 'pyperf-worker-'));
  const outfile = join(dir, 'sampling-worker.mjs');
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return {
    url: pathToFileURL(outfile),
    sizeBytes: statSync(outfile).size,
    remove: () => rmSync(dir, { recursive: true }),
  };
}

/**
 * A Python process that runs one piece of code when told, as a kernel runs a cell, and then waits.
 * What the code assigns to `told` comes back as JSON.
 */
export class Target {
  private readonly lines: AsyncIterator<string>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.pipe(process.stderr);
  }

  static async start(setup = ''): Promise<Target> {
    const program = `
import json, os, resource, subprocess, sys, threading, time
def used(who):
    r = resource.getrusage(who)
    return [r.ru_utime * 1000, r.ru_stime * 1000]
def cpu():
    a, b = used(resource.RUSAGE_SELF), used(resource.RUSAGE_CHILDREN)
    return [a[0] + b[0], a[1] + b[1]]
def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: sum(range(1000))
scope = globals()
${setup}
print('ready', flush=True)
for line in sys.stdin:
    told = None
    before = cpu()
    exec(json.loads(line), scope)
    after = cpu()
    print(json.dumps({'told': scope.get('told'), 'userMs': after[0] - before[0], 'systemMs': after[1] - before[1]}), flush=True)
`;
    const target = new Target(spawn(PYTHON, ['-u', '-c', program]));
    await target.line();
    return target;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  async run(
    code: string,
  ): Promise<{ readonly told: unknown; readonly userMs: number; readonly systemMs: number }> {
    this.child.stdin.write(`${JSON.stringify(code)}\n`);
    return JSON.parse(await this.line()) as { told: unknown; userMs: number; systemMs: number };
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private async line(): Promise<string> {
    const next = await this.lines.next();
    if (next.done === true) throw new Error('the target process ended');
    return next.value;
  }
}

/** Which shares of the time each tool tells, against those that the programs measure of themselves. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '../../src/profile/index.ts';
import { Kernels } from './cells.ts';
import { FOLDER, type PeerEnvironment } from './environment.ts';
import { PeerFailure, runScript, type ScriptDone } from './scripts.ts';
import { PEERS, type Peer } from './tools.ts';

/** Percentage points. */
export interface Accuracy {
  readonly tool: string;
  readonly by: Seen['by'];
  readonly program: string;
  readonly args: readonly string[];
  /** Against the shares that the program has without any tool: what its user wants to know. */
  readonly meanError: number;
  readonly worstError: number;
  /** Against the shares in the very run that it saw, which the tool itself may have changed. */
  readonly worstErrorInRun: number;
}

interface Seen {
  readonly by: 'line' | 'call' | 'function';
  readonly times: Readonly<Record<string, number>>;
}
type Shares = Readonly<Record<string, number>>;

export const BIAS_SHARES = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];

export async function measureAccuracy(
  environment: PeerEnvironment,
  failures: Map<string, string>,
  seconds: number,
  print: (line: string) => void,
): Promise<Accuracy[]> {
  const kernels = await Kernels.start(['us'], environment.startedBy);
  try {
    const found: Accuracy[] = [];
    const runs = [
      { program: 'known_truth.py', args: [String(seconds)] },
      ...BIAS_SHARES.map(share => ({ program: 'bias.py', args: [String(seconds), String(share)] })),
    ];
    for (const { program, args } of runs) {
      found.push(...(await measureProgram(environment, kernels, failures, program, args)));
      print(`accuracy: ${program} ${args.slice(1).join(' ')}`);
    }
    return found;
  } finally {
    await kernels.stop();
  }
}

async function measureProgram(
  environment: PeerEnvironment,
  kernels: Kernels,
  failures: Map<string, string>,
  program: string,
  args: readonly string[],
): Promise<Accuracy[]> {
  const source = readFileSync(join(FOLDER, 'programs', program), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'pyperf-bench-'));
  const script = async (peer: Peer | undefined): ReturnType<typeof runScript> =>
    runScript({
      bin: environment.bin,
      startedBy: environment.startedBy,
      folder,
      peer,
      source,
      args,
    });
  try {
    const truth = sharesOf((await script(undefined)).told['truth'] as Shares);
    const found: Accuracy[] = [];
    const judge = (tool: string, seen: Seen, inRun: Shares): void => {
      const shares = seenShares(seen, source, Object.keys(truth));
      const errors = errorsOf(shares, truth);
      found.push({
        ...{ tool, by: seen.by, program, args: args.slice(1) },
        meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        worstError: Math.max(...errors),
        worstErrorInRun: Math.max(...errorsOf(shares, sharesOf(inRun))),
      });
    };
    for (const peer of PEERS) {
      if (peer.reader === undefined || failures.has(peer.name)) continue;
      try {
        const done = await script(peer);
        judge(peer.name, read(environment, peer.reader, done), done.told['truth'] as Shares);
      } catch (error) {
        if (!(error instanceof PeerFailure)) throw error;
        failures.set(`${peer.name} on ${[program, ...args.slice(1)].join(' ')}`, error.message);
      }
    }
    await kernels.prepare('us', `import sys; sys.argv = ${JSON.stringify([program, ...args])}`);
    const { cell, told } = await kernels.run('us', source);
    if (cell) judge('us', seenByUs(cell), told['truth'] as Shares);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws PeerFailure where its profile is missing, or holds nothing of the script. */
function read({ bin }: PeerEnvironment, reader: string, { output, script }: ScriptDone): Seen {
  const argv = [join(FOLDER, 'read_profiles.py'), reader, output, script];
  try {
    return JSON.parse(
      execFileSync(join(bin, 'python'), argv, { encoding: 'utf8', stdio: 'pipe' }),
    ) as Seen;
  } catch (error) {
    throw new PeerFailure(`its profile cannot be read: ${String(error)}`);
  }
}

/** A cell's first line is the magic: its lines count from there. */
function seenByUs(cell: Cell): Seen {
  const times: Record<string, number> = {};
  for (const { source, selfMs } of cell.lines) {
    if ('executionCount' in source) times[source.line - 1] = selfMs;
  }
  return { by: 'line', times };
}

/** Shares of the names, of all the time from the first function's line on: what the program measures begins there. */
function seenShares({ by, times }: Seen, source: string, names: readonly string[]): Shares {
  if (by === 'function') return functionShares(times, source, names);
  const lines = source.split('\n');
  const first = lines.findIndex(line => line.startsWith('def ')) + 1;
  const last = lines.findIndex(line => line.startsWith('main(')) + 1;
  const sums: Record<string, number> = Object.fromEntries(names.map(name => [name, 0]));
  let whole = 0;
  for (const [line, time] of Object.entries(times)) {
    if (Number(line) < first || Number(line) === last) continue;
    whole += time;
    const name = /#@(\w+)$/.exec(lines[Number(line) - 1] ?? '')?.[1];
    if (name !== undefined) sums[name] = (sums[name] ?? 0) + time;
  }
  return Object.fromEntries(names.map(name => [name, (sums[name] ?? 0) / whole]));
}

/** A name without a function of its own is the rest of `main`. */
function functionShares(times: Seen['times'], source: string, names: readonly string[]): Shares {
  const whole = times['main'] ?? 0;
  const functions = new Set(names.filter(name => source.includes(`def ${name}(`)));
  const known = [...functions].reduce((sum, name) => sum + (times[name] ?? 0), 0);
  return Object.fromEntries(
    names.map(name => [name, (functions.has(name) ? (times[name] ?? 0) : whole - known) / whole]),
  );
}

function sharesOf(seconds: Shares): Shares {
  const sum = Object.values(seconds).reduce((total, one) => total + one, 0);
  return Object.fromEntries(Object.entries(seconds).map(([name, one]) => [name, one / sum]));
}

const errorsOf = (seen: Shares, truth: Shares): number[] =>
  Object.entries(truth).map(([name, share]) => 100 * Math.abs((seen[name] ?? 0) - share));

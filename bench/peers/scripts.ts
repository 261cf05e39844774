/** Runs a Python script under a peer, or under nothing, and brings what the script told. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markFunctions, type Peer } from './tools.ts';

/** What a tool may need around the work: its start, and writing its result. */
const WITHIN_MS = 40_000;
const MARK = 'PYPERF-BENCH ';

/**
 * A tool that is fair to all: the order of sets is the same in every run, and a product of matrices is one thread's work,
 * so that a core is free.
 */
export const COMMON_ENV = { PYTHONHASHSEED: '0', OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };

export type Told = Readonly<Record<string, unknown>>;

/** The tool could not do it; the message says why. */
export class PeerFailure extends Error {}

/** @throws Error where the program said nothing of the kind. */
export function toldIn(stdout: string): Told {
  const line = stdout.split('\n').find(text => text.startsWith(MARK));
  if (line === undefined) throw new Error('the program told no times');
  return JSON.parse(line.slice(MARK.length)) as Told;
}

export interface ScriptRun {
  readonly bin: string;
  /** A command before all others, such as `nice`. */
  readonly startedBy: readonly string[];
  /** A folder that only this run uses. */
  readonly folder: string;
  /** Undefined: nothing around the script. */
  readonly peer: Peer | undefined;
  readonly source: string;
  readonly args: readonly string[];
}

export interface ScriptDone {
  readonly told: Told;
  readonly script: string;
  readonly output: string;
}

/** @throws PeerFailure */
export async function runScript({
  bin,
  startedBy,
  folder,
  peer,
  source,
  args,
}: ScriptRun): Promise<ScriptDone> {
  const script = join(folder, 'program.py');
  const output = join(folder, 'profile.json'); // Scalene takes no other ending
  rmSync(output, { force: true });
  writeFileSync(script, peer?.marksFunctions ? markFunctions(source) : source);
  const run = { bin, script, args, output };
  const command = peer?.command(run) ?? [join(bin, 'python'), script, ...args];
  const { text, ending } = await finished([...startedBy, ...command], folder);
  try {
    return { told: toldIn(text), script, output };
  } catch {
    const last = text.trim().split('\n').at(-1) ?? '';
    throw new PeerFailure(`${ending}${last === '' ? '' : `: ${last.slice(0, 200)}`}`);
  }
}

function finished(
  [command, ...args]: readonly string[],
  cwd: string,
): Promise<{ text: string; ending: string }> {
  return new Promise(resolve => {
    const child = spawn(command as string, args, {
      cwd,
      env: { ...process.env, ...COMMON_ENV },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let text = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-(child.pid as number), 'SIGKILL'); // its children too: py-spy's is the script
    }, WITHIN_MS);
    const hear = (chunk: Buffer): void => void (text += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const end = (ending: string): void => {
      clearTimeout(timer);
      resolve({ text, ending: late ? `not done after ${WITHIN_MS / 1000} s` : ending });
    };
    child.on('error', error => end(error.message));
    child.on('close', (code, signal) => end(`ended with ${signal ?? code}`));
  });
}

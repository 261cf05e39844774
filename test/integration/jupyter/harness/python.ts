/** Runs one of the programs in `python/` that reach Jupyter through a library which exists in Python alone. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PYTHON, type JupyterEnvironment } from './environment.ts';

const PROGRAMS = join(import.meta.dirname, '../python');

/**
 * Gives `input` as JSON on stdin and parses what the program writes to stdout.
 * @param limitMs after which it is killed
 * @throws with the program's stderr when it fails
 */
export async function runProgram<Result>(
  jupyter: JupyterEnvironment,
  program: string,
  input: unknown,
  limitMs?: number,
): Promise<Result> {
  const child = spawn(PYTHON, [join(PROGRAMS, program)], {
    env: jupyter.env,
    cwd: jupyter.notebooks,
    stdio: ['pipe', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    ...(limitMs !== undefined && { timeout: limitMs }),
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  child.stdin.end(JSON.stringify(input));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${complaints}`);
  return JSON.parse(output) as Result;
}

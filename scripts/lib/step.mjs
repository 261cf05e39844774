// @ts-check
/** Progress lines and child processes, for the scripts that a person watches. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A trouble told in one sentence: what is wrong and what to do. */
export class SetupError extends Error {}

const seconds = (/** @type {number} */ startMs) =>
  `${((performance.now() - startMs) / 1000).toFixed(1)} s`;

/**
 * Does one step of the work and prints a line for it. A step that finds all in place returns 'there' and prints nothing.
 * @param {string} name
 * @param {() => Promise<'there' | 'done'>} work
 */
export async function step(name, work) {
  const startMs = performance.now();
  const stop = busy(name);
  try {
    const outcome = await work();
    stop();
    if (outcome === 'done') console.log(`✓ ${name} (${seconds(startMs)})`);
  } catch (error) {
    stop();
    console.log(`✗ ${name} (${seconds(startMs)})`);
    throw error;
  }
}

/**
 * Does steps side by side. All of them end, whatever becomes of the others.
 * @param {Promise<void>[]} steps
 */
export async function allOf(...steps) {
  for (const ended of await Promise.allSettled(steps))
    if (ended.status === 'rejected') throw ended.reason;
}

/** What is shown as going on. */
const going = new Set();

const showGoing = () =>
  process.stdout.write(`\r\x1b[K${going.size > 0 ? `… ${[...going].join(', ')}` : ''}`);

/**
 * Shows on a terminal what is going on now.
 * @param {string} name
 */
export function busy(name) {
  if (!process.stdout.isTTY) return () => {};
  // Steps that find all in place are too short to be worth a line.
  const timer = setTimeout(() => {
    going.add(name);
    showGoing();
  }, 150);
  return () => {
    clearTimeout(timer);
    going.delete(name);
    // The line is left empty for what is told of this step; what still goes on is shown below it.
    process.stdout.write('\r\x1b[K');
    if (going.size > 0) setImmediate(showGoing);
  };
}

/**
 * @typedef {object} Ran
 * @property {number} code 127 when the program does not exist.
 * @property {string} output what it wrote, both streams as they came.
 * @property {string} stdout
 */

/**
 * Runs a program without a shell and keeps what it writes.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, live?: boolean }} [options] `live`: shown as it comes.
 * @returns {Promise<Ran>}
 */
export function run(program, args, { env, cwd = ROOT, live = false } = {}) {
  return new Promise(done => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', text => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', text => (output += text));
    child.once('error', error => done({ code: 127, output: error.message, stdout: '' }));
    child.once('close', (code, signal) => {
      if (signal) output += `\nended by ${signal}`;
      done({ code: code ?? 1, output, stdout });
    });
  });
}

/**
 * The last lines of what a failed program wrote, indented.
 * @param {string} output
 */
export const tail = (output, lines = 15) =>
  output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map(line => `    ${line}`)
    .join('\n');

/** What a person would call a process, from its command line. */
import { basename } from 'node:path';

const LONGEST = 80;
const INTERPRETER = /^(python|pypy|node|tsx|ruby|Rscript|java)[\d.]*$/;
/** Options of CPython that take the next word as their value. */
const WITH_VALUE = new Set(['-X', '-W', '--check-hash-based-pycs']);

/**
 * @param command the words of `/proc/<pid>/cmdline`; empty for a zombie.
 * @param fallback the system's short name for the process.
 */
export function processName(command: readonly string[], fallback: string): string {
  const [first, ...rest] = command;
  if (first === undefined) return fallback;
  // Some programs write a sentence over their arguments: keep it up to the first blank.
  const program = basename(first.split(' ')[0] ?? first) || fallback;
  const what = INTERPRETER.test(program) ? scriptOf(rest) : undefined;
  return (what === undefined ? program : `${program} ${what}`).slice(0, LONGEST);
}

function scriptOf(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '-m') return words[at + 1] === undefined ? undefined : `-m ${words[at + 1]}`;
    if (word === '-c' || word === '-e') return inlineName(words[at + 1] ?? '');
    if (WITH_VALUE.has(word)) at++;
    else if (!word.startsWith('-')) return basename(word);
  }
  return undefined;
}

/** `multiprocessing` and `loky` start their workers with a line of code. */
function inlineName(code: string): string {
  return /^from ([\w.]+) import/.exec(code)?.[1] ?? '-c';
}

// @ts-check
/** Reads from the reporters of vitest and Playwright how many tests passed, and which failed with what error. */
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './step.mjs';

/**
 * @typedef {object} Failure
 * @property {string} name the test with its file and its groups
 * @property {string} error the first line of what went wrong
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly Failure[]} failures one for each that failed
 */

/** @typedef {{ code: number, output: string }} Ended how a program ended, and what it wrote. */

const SEPARATOR = ' › ';

/**
 * Of a program without tests of its own, which counts as one.
 * @param {Ended} ended
 * @returns {Counts}
 */
export const countProgram = ({ code, output }) =>
  code === 0
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: [failureOfProgram(code, output)] };

/**
 * A file that could not even be loaded holds no test, so it counts as one that failed.
 * @param {string} file what vitest's JSON reporter wrote
 * @param {Ended} ended
 * @returns {Counts}
 */
export function countVitest(file, ended) {
  const report = readOnce(file);
  const failures = (report?.testResults ?? []).flatMap((/** @type {any} */ suite) => {
    const path = relative(ROOT, suite.name);
    const failed = suite.assertionResults.filter((/** @type {any} */ t) => t.status === 'failed');
    if (suite.status === 'failed' && suite.assertionResults.length === 0)
      return [{ name: path, error: firstLine(suite.message) }];
    return failed.map((/** @type {any} */ { ancestorTitles, title, failureMessages }) => ({
      name: [path, ...ancestorTitles, title].join(SEPARATOR),
      error: firstLine(failureMessages[0]),
    }));
  });
  return atLeastOneFailed(
    {
      passed: report?.numPassedTests ?? 0,
      failed: failures.length,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
      failures,
    },
    ended,
  );
}

/**
 * A test that passed only when it was tried again has not passed.
 * @param {string} file what Playwright's JSON reporter wrote
 * @param {Ended} ended
 * @returns {Counts}
 */
export function countPlaywright(file, ended) {
  const report = readOnce(file);
  const failures = (report?.suites ?? []).flatMap((/** @type {any} */ suite) =>
    failuresOfSuite({ ...suite, title: `test/browser/${suite.title}` }, []),
  );
  return atLeastOneFailed(
    {
      passed: report?.stats.expected ?? 0,
      failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0),
      skipped: report?.stats.skipped ?? 0,
      failures,
    },
    ended,
  );
}

/**
 * @param {any} suite a file, or a group in it
 * @param {readonly string[]} outer
 * @returns {Failure[]}
 */
function failuresOfSuite(suite, outer) {
  const titles = suite.title ? [...outer, suite.title] : outer;
  const own = suite.specs.flatMap((/** @type {any} */ { title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => ({
        name: [...titles, title].join(SEPARATOR),
        error: firstLine(results.find(({ error }) => error)?.error.message),
      })),
  );
  const inner = (suite.suites ?? []).flatMap((/** @type {any} */ s) => failuresOfSuite(s, titles));
  return [...own, ...inner];
}

/**
 * @param {Counts} counts
 * @param {Ended} ended
 */
const atLeastOneFailed = (counts, { code, output }) =>
  code !== 0 && counts.failed === 0
    ? { ...counts, failed: 1, failures: [failureOfProgram(code, output)] }
    : counts;

/**
 * What the program itself says is wrong, or else the end of what it wrote.
 * @param {number} code
 * @param {string} output
 * @returns {Failure}
 */
function failureOfProgram(code, output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  return {
    name: `exit code ${code}`,
    error:
      lines.find(line => /^\w*Error: /.test(line)) ??
      lines.find(line => /\berror\b/.test(line)) ??
      lines.at(-1) ??
      '',
  };
}

/** @param {string | undefined} text */
const firstLine = text =>
  stripVTControlCharacters(text ?? '')
    .trim()
    .split('\n')[0] ?? '';

/** @param {string} file */
function readOnce(file) {
  try {
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return JSON.parse(text);
  } catch {
    return undefined; // it broke off before it could report
  }
}

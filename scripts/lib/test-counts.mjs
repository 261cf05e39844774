// @ts-check
/** Reads how many tests passed and failed from the reporters of vitest and Playwright. */
import { readFileSync, rmSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * A file that could not even be loaded holds no test, so it counts as one that failed.
 * @param {string} file what vitest's JSON reporter wrote
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(file, exitCode) {
  const report = readOnce(file);
  const broken = (report?.testResults ?? []).filter(
    (/** @type {any} */ suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return atLeastOneFailed(
    {
      passed: report?.numPassedTests ?? 0,
      failed: (report?.numFailedTests ?? 0) + broken,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    exitCode,
  );
}

/**
 * A test that passed only when it was tried again has not passed.
 * @param {string} file what Playwright's JSON reporter wrote
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(file, exitCode) {
  const stats = readOnce(file)?.stats;
  return atLeastOneFailed(
    {
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    },
    exitCode,
  );
}

/**
 * @param {Counts} counts
 * @param {number} exitCode
 */
const atLeastOneFailed = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

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

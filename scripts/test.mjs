// @ts-check
/**
 * `npm test`: everything that must hold, the same for people and for CI.
 *
 * `npm test -- unit lint` runs only the steps named; every other argument goes to vitest and Playwright
 * (`npm test -- unit -t "hot lines"`), and then only tests run. At the end all that failed is named once more, so that the
 * tail of a log tells it, and the last line says how many passed and failed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { SETUP_DIR } from './lib/stamp.mjs';
import { busy, ROOT, run } from './lib/step.mjs';
import { countPlaywright, countProgram, countVitest } from './lib/test-counts.mjs';
import { hasBrowserTests, main, setup } from './setup.mjs';

/** @typedef {import('./lib/test-counts.mjs').Counts} Counts */
/** @typedef {{ counts: Counts, output: string }} Result */

const REPORT = join(SETUP_DIR, 'test-report.json');
const PLAYWRIGHT_CONFIG = join(ROOT, 'playwright.config.ts');

/** By its path: the TypeScript kernel brings an older compiler, whose `tsc` takes the place in `.bin`. */
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const bin = (/** @type {string} */ name) => join(ROOT, 'node_modules', '.bin', name);

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Result>}
 */
async function check(program, ...args) {
  const ended = await run(program, args);
  return { counts: countProgram(ended), output: ended.output };
}

/**
 * @param {string} project
 * @param {readonly string[]} rest
 * @returns {Promise<Result>}
 */
async function vitest(project, rest) {
  rmSync(REPORT, { force: true });
  const ended = await run(bin('vitest'), [
    ...['run', '--project', project, '--passWithNoTests'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
    ...rest,
  ]);
  return { counts: countVitest(REPORT, ended), output: fromFirstFailure(ended.output) };
}

/** Without the list of what passed, which is long: the tail of a log is to hold every failure. */
const fromFirstFailure = (/** @type {string} */ output) =>
  output.slice(Math.max(0, output.search(/^.*(Failed (Tests|Suites)|Unhandled Errors?) /m)));

/**
 * @param {string} project
 * @param {readonly string[]} rest
 * @returns {Promise<Result>}
 */
async function playwright(project, rest) {
  rmSync(REPORT, { force: true });
  const ended = await run(
    bin('playwright'),
    [
      'test',
      '--config',
      PLAYWRIGHT_CONFIG,
      '--project',
      project,
      '--reporter=line,json',
      '--pass-with-no-tests',
      ...rest,
    ],
    { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT, CHROMIUM: findChromium() } },
  );
  return { counts: countPlaywright(REPORT, ended), output: ended.output };
}

/** They wait more than they compute. */
const SIDE_BY_SIDE = ['--minWorkers=1', '--maxWorkers=3'];

/** @typedef {{ name: string, isTest?: true, present?: () => boolean, work: (rest: readonly string[]) => Promise<Result> }} Step */

/** @type {readonly Step[]} */
const STEPS = [
  { name: 'format', work: () => check(bin('prettier'), '--check', '.') },
  { name: 'lint', work: () => check(bin('eslint'), '.') },
  { name: 'types', work: () => check(process.execPath, TSC, '--noEmit') },
  {
    name: 'types of the extension',
    work: () => check(process.execPath, TSC, '--noEmit', '--project', 'labextension'),
  },
  {
    name: 'types of the browser tests',
    work: () => check(process.execPath, TSC, '--noEmit', '--project', 'test/browser'),
  },
  { name: 'schema', work: () => check(process.execPath, 'scripts/schema.mjs', '--check') },
  { name: 'unit', isTest: true, work: rest => vitest('unit', rest) },
  {
    name: 'integration',
    isTest: true,
    work: rest => vitest('integration', [...SIDE_BY_SIDE, ...rest]),
  },
  { name: 'measured', isTest: true, work: rest => vitest('measured', rest) },
  { name: 'wheel', isTest: true, work: rest => vitest('wheel', rest) },
  {
    name: 'browser',
    isTest: true,
    present: hasBrowserTests,
    work: rest => playwright('browser', rest),
  },
  {
    name: 'browser-measured',
    isTest: true,
    present: hasBrowserTests,
    work: rest => playwright('browser-measured', rest),
  },
];

/** @param {readonly string[]} args */
async function test(args) {
  const named = STEPS.filter(({ name }) => args.includes(name));
  const rest = args.filter(arg => !STEPS.some(({ name }) => name === arg));
  const chosen = named.length > 0 ? named : rest.length > 0 ? STEPS.filter(s => s.isTest) : STEPS;
  await setup('test');
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  const take = async (/** @type {Step[]} */ steps) => {
    for (let step = steps.shift(); step; step = steps.shift()) {
      const { name, work } = step;
      const startMs = performance.now();
      const stop = busy(name);
      const { counts, output } = await work(rest);
      stop();
      if (counts.failed > 0) console.log(output.trimEnd());
      console.log(
        `${counts.failed > 0 ? '✗' : '✓'} ${name}: ${describe(counts)} (${((performance.now() - startMs) / 1000).toFixed(1)} s)`,
      );
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      failures.push(
        ...counts.failures.map(({ name: what, error }) => `✗ ${name}: ${what}\n    ${error}`),
      );
    }
  };
  const present = chosen.filter(step => step.present?.() !== false);
  // Checks take one core each; tests want the machine for themselves.
  const checks = present.filter(step => !step.isTest);
  await Promise.all([take(checks), take(checks)]);
  await take(present.filter(step => step.isTest));
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

/** @param {Counts} counts */
const describe = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

await main(() => test(process.argv.slice(2)));

/**
 * Advice is tried: the slow cell and the advised one run in turns in one kernel. The slow one must be found by the rule,
 * the advised one not, both must have the same result, and the gain must be what the rule says at least.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROFILE_MIME_TYPE, parseProfile, type Profile } from '../../src/profile/index.ts';
import { builtinRules } from '../../src/rules/index.ts';
import { stdoutOf } from '../support/jupyter-client.ts';
import { startWrappedKernel, type StartedKernel } from '../support/kernels.ts';
import { profileCell, untilSampled } from '../integration/run/profiled-cell.ts';
import { loopAdvice } from './loops.ts';
import { tableAdvice } from './tables.ts';

const ROUNDS = 3;
/** Well above what turns differ by. */
const LEAST_GAIN = 1.4;

let kernel: StartedKernel;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-advice-'));
  kernel = await startWrappedKernel({ cwd: folder });
  await untilSampled(kernel.client);
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

const cases = [...tableAdvice, ...loopAdvice];

it.each(cases.map(advice => [advice.rule, advice] as const))('%s', async (id, advice) => {
  const rule = builtinRules.find(known => known.id === id);
  expect(rule, `a rule ${id}`).toBeDefined();
  await run(advice.setup);
  const slow: Profile[] = [];
  const advised: Profile[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    slow.push(await profiled(advice.slow));
    if (advice.rule !== 'missing-index' || round === ROUNDS - 1)
      advised.push(await profiled(advice.advised));
  }
  expect(await run(`print(bool(${advice.same}))`)).toBe('True\n');
  const gain = medianMs(slow) / medianMs(advised);
  console.log(
    `${id}: ${medianMs(slow).toFixed(0)} ms, advised ${medianMs(advised).toFixed(0)} ms, ${gain.toFixed(1)} times`,
  );
  expect(slow.flatMap(foundIds)).toContain(id);
  expect(advised.flatMap(foundIds)).not.toContain(id);
  expect(gain).toBeGreaterThan(LEAST_GAIN);
  expect(gain).toBeGreaterThan(rule?.factor ?? Infinity);
});

const foundIds = (profile: Profile): readonly string[] => profile.findings.map(({ id }) => id);

const medianMs = (profiles: readonly Profile[]): number =>
  profiles.map(({ cells }) => cells[0]?.wallTimeMs ?? 0).sort((a, b) => a - b)[
    Math.floor(profiles.length / 2)
  ] ?? 0;

async function profiled(code: string): Promise<Profile> {
  const { data } = await profileCell(kernel.client, `%%pyperf\n${code}`);
  return parseProfile(data[PROFILE_MIME_TYPE]);
}

async function run(code: string): Promise<string> {
  const { published } = await kernel.client.execute(code, { timeoutMs: 60_000 });
  return published.flatMap(stdoutOf).join('');
}

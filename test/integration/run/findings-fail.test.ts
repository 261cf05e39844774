/** Rules that hang and workers that die cost a cell its findings, and nothing else. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseProfile, PROFILE_MIME_TYPE, type Profile } from '../../../src/profile/index.ts';
import { buildHook, startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { cpuMsOf, sleep, until } from '../../support/processes.ts';
import { profileCell, untilSampled } from './profiled-cell.ts';

/** Long enough that its findings are asked for. */
const CELL = `%%pyperf
import time
for word in ("a", "b", "c", "d", "e", "f"):
    time.sleep(0.1)
print("ran")`;

/** A rule of the user's that fits the cell's loop. */
const RULE = {
  id: 'sleeps-in-loop',
  title: 'Sleeps',
  advice: 'Wake up.',
  match: { query: '(for_statement) @place' },
};
/** Tries every way to part the loop's text before it sees that no "!" follows. */
const HANGS = { ...RULE, match: { ...RULE.match, without: '^([^!]+)+!$' } };

let folder: string;
let kernel: StartedKernel | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-findings-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await kernel?.stop();
  rmSync(folder, { recursive: true });
});

function writeRule(rule: typeof RULE): void {
  mkdirSync(join(folder, '.pyperf/rules'), { recursive: true });
  writeFileSync(join(folder, '.pyperf/rules/own.json'), JSON.stringify(rule));
}

async function startSampled(): Promise<StartedKernel> {
  kernel = await startWrappedKernel({ cwd: folder });
  await untilSampled(kernel.client);
  return kernel;
}

/** Profiles the cell, and expects all but its findings to be there. */
async function profileWhole(hook: StartedKernel): Promise<Profile> {
  const { cell, data, stdout } = await profileCell(hook.client, CELL);
  expect(stdout).toBe('ran\n');
  expect(cell.status).toBe('ok');
  expect(cell.wallTimeMs).toBeGreaterThan(600);
  expect(cell.lines.find(({ text }) => text?.includes('time.sleep'))?.selfMs).toBeGreaterThan(500);
  expect(cell.memory.series.tMs.length).toBeGreaterThan(1);
  expect(data['text/html']).toContain('time.sleep(0.1)');
  return parseProfile(data[PROFILE_MIME_TYPE]);
}
const notesOf = (profile: Profile): readonly string[] =>
  profile.environment.notes.filter(note => note.startsWith('Findings'));

it('a rule that hangs is given up after 1.5 s, and its core given back', async () => {
  writeRule(HANGS);
  const hook = await startSampled();
  const profile = await profileWhole(hook);
  expect(notesOf(profile)).toEqual(['Findings are missing: they took longer than 1.5 s.']);
  expect(profile.findings).toEqual([]);
  await until('the worker to let go of its core', async () => {
    const beforeMs = cpuMsOf(hook.pid);
    await sleep(500);
    return cpuMsOf(hook.pid) - beforeMs < 100;
  });

  writeRule(RULE);
  const next = await profileWhole(hook);
  expect(notesOf(next)).toEqual([]);
  expect(next.findings.map(({ id }) => id)).toEqual([RULE.id]);
});

describe('a worker that', () => {
  /** The built hook with another findings worker beside it. */
  function hookBeside(worker: string | undefined): string {
    const built = dirname(buildHook());
    const own = join(folder, 'kernel');
    mkdirSync(own);
    for (const name of readdirSync(built)) {
      if (name === 'hook.cjs') copyFileSync(join(built, name), join(own, name));
      else if (name !== 'findings-worker.mjs') symlinkSync(join(built, name), join(own, name));
    }
    if (worker !== undefined) writeFileSync(join(own, 'findings-worker.mjs'), worker);
    return join(own, 'hook.cjs');
  }
  const asked = (does: string): string =>
    `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${does} });`;

  it.each([
    ['is not there', undefined, /^Findings are missing: .*findings-worker\.mjs/],
    ['does not load', 'import "no-such-package";', /^Findings are missing: .*no-such-package/],
    ['throws when it is asked', asked('throw new Error("boom")'), /^Findings are missing: boom\.$/],
    ['ends when it is asked', asked('process.exit(3)'), /missing: their worker ended\.$/],
    ['never answers', asked(''), /missing: they took longer than 1\.5 s\.$/],
  ])('%s', async (_, worker, note) => {
    const hook = hookBeside(worker);
    vi.stubEnv('PYPERF_TEST_HOOK', hook);
    const started = await startSampled();
    // The second cell gets a worker of its own, which fares no better.
    for (let cell = 0; cell < 2; cell++) {
      const profile = await profileWhole(started);
      expect(notesOf(profile)).toEqual([expect.stringMatching(note)]);
      expect(profile.findings).toEqual([]);
    }
    expect(started.stderr).toBe('');
  });
});

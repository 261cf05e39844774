/** Kept runs on a real disk: their bounds, and a disk that is full. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProfile } from '../../../src/cli/runs/find.ts';
import { RunFolder } from '../../../src/cli/runs/run-folder.ts';
import { timestamp, type Profile } from '../../../src/profile/index.ts';
import { MAX_RUNS } from '../../../src/profile/kept-runs.ts';
import { genomics } from '../../support/genomics.ts';
import { buildProfile } from '../../support/profiles.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pyperf-kept-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ended = (day: number, profile: Profile = buildProfile([])): Profile => ({
  ...profile,
  cells: [],
  startedAt: timestamp(new Date(Date.UTC(2026, 0, day))),
});

describe('a folder of kept runs', () => {
  it('has a bounded number of each notebook, and touches nothing else in it', () => {
    const folder = new RunFolder(join(dir, 'nb.ipynb'));
    expect(folder.list()).toEqual([]);
    folder.keep(ended(1), 'first');
    writeFileSync(join(folder.dir, 'mine.txt'), 'mine');
    new RunFolder(join(dir, 'other.ipynb')).keep(ended(1));
    for (let day = 2; day <= MAX_RUNS + 5; day++) folder.keep(ended(day));
    const names = folder.list().map(file => file.name);
    expect(names).toHaveLength(MAX_RUNS);
    expect(names.at(-1)).toBe('nb 2026-01-01 00.00.00 first.pyperf.json');
    expect(names[0]).toContain(`2026-01-${MAX_RUNS + 5}`);
    expect(readdirSync(folder.dir)).toEqual(
      expect.arrayContaining(['.gitignore', 'mine.txt', 'other 2026-01-01 00.00.00.pyperf.json']),
    );
  });

  it('replaces a run by itself', () => {
    const folder = new RunFolder(join(dir, 'nb.ipynb'));
    expect(folder.keep(ended(1))).toBe(folder.keep(ended(1)));
    expect(folder.list()).toHaveLength(1);
    expect(findProfile('latest', join(dir, 'nb.ipynb')).profile.cells).toEqual([]);
  });

  it('says that the disk is full, and loses nothing that was there', context => {
    const small = join(dir, 'small');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', small]);
    // Without root or in a strict container there is no small disk to fill.
    if (mounted.status !== 0) return context.skip('cannot mount a small disk here');
    try {
      const folder = new RunFolder(join(small, 'nb.ipynb'));
      folder.keep(ended(1));
      expect(() => folder.keep(genomics())).toThrow(
        /^cannot write .*nb .*\.pyperf\.json: the disk is full$/,
      );
      expect(folder.list().map(file => file.name)).toEqual(['nb 2026-01-01 00.00.00.pyperf.json']);
      expect(readdirSync(folder.dir).sort()).toEqual([
        '.gitignore',
        'nb 2026-01-01 00.00.00.pyperf.json',
      ]);
    } finally {
      spawnSync('umount', [small]);
    }
  });
});

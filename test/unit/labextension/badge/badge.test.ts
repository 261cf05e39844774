import { describe, expect, it } from 'vitest';
import { badgeWords, runningWords } from '../../../../labextension/src/badge/badge-words.ts';
import {
  fromMetadata,
  fromProfile,
  isLater,
  type CellTiming,
} from '../../../../labextension/src/badge/timing.ts';
import { buildCell, buildProfile, MB } from '../../../support/profiles.ts';

const NOON = new Date(2026, 2, 2, 12, 0, 0).getTime();
const timing: CellTiming = {
  startedMs: NOON,
  durationMs: 3200,
  queuedMs: 20,
  status: 'ok',
  peakRssBytes: 410 * MB,
};
const MINUTE = 60_000;

describe('badgeWords', () => {
  it('tells duration, end, peak memory and the run before', () => {
    const { parts, detail } = badgeWords(timing, [3400, 3100], false, 'absolute', NOON + MINUTE);
    expect(parts).toEqual(['3.2 s', 'finished 12:00:03', 'peak 410 MB', 'before 3.4 s']);
    expect(detail).toBe(
      'Started 2026-03-02 12:00:00, finished 2026-03-02 12:00:03.\nEarlier runs, newest first: 3.4 s, 3.1 s.',
    );
  });

  it('tells of the queue', () => {
    const { detail } = badgeWords({ ...timing, queuedMs: 4000 }, [], false, 'absolute', NOON);
    expect(detail).toContain('Waited 4.0 s before');
  });

  it('names the day where it is another', () => {
    const { parts } = badgeWords(timing, [], false, 'absolute', NOON + 24 * 60 * MINUTE);
    expect(parts[1]).toBe('finished 2026-03-02 12:00:03');
  });

  it.each([
    [0, 'just now'],
    [5 * MINUTE, '5 min ago'],
    [150 * MINUTE, '2 h ago'],
    [30 * 60 * MINUTE, '1 day ago'],
    [72 * 60 * MINUTE, '3 days ago'],
    // The server's clock may be ahead of the reader's.
    [-MINUTE, 'just now'],
  ])('says how long ago, %i ms', (passedMs, words) => {
    const nowMs = NOON + timing.durationMs + passedMs;
    expect(badgeWords(timing, [], false, 'relative', nowMs).parts[1]).toBe(words);
  });

  it('says how the cell ended, and that it was edited', () => {
    const failed = badgeWords({ ...timing, status: 'error' }, [], true, 'relative', NOON);
    expect(failed.parts[0]).toBe('failed after 3.2 s');
    expect(failed.parts.at(-1)).toBe('edited since');
  });

  it('counts while the cell runs', () => {
    expect(runningWords(3900, 42_000).parts).toEqual([
      'running 3.0 s',
      'took 42.0 s the last time',
    ]);
  });
});

describe('the timing of a cell', () => {
  it('comes from its profile', () => {
    const profile = buildProfile([buildCell({ wallTimeMs: 1500 })]);
    expect(fromProfile(profile)).toMatchObject({ durationMs: 1500, peakRssBytes: 100 * MB });
    expect(fromProfile(buildProfile([buildCell({ status: 'running' })]))).toBeNull();
    expect(fromProfile(undefined)).toBeNull();
  });

  it('comes from the metadata that JupyterLab records', () => {
    expect(
      fromMetadata({
        'iopub.execute_input': '2026-03-02T09:30:00.100Z',
        'iopub.status.busy': '2026-03-02T09:30:00.000Z',
        'shell.execute_reply': '2026-03-02T09:30:02.100Z',
      }),
    ).toMatchObject({ durationMs: 2000, status: 'ok', peakRssBytes: null });
  });

  it.each([null, 'x', {}, { 'iopub.execute_input': 5 }, { 'iopub.execute_input': 'never' }])(
    'is not made up of %j',
    metadata => {
      expect(fromMetadata(metadata)).toBeNull();
    },
  );

  it('of one run is the exact one', () => {
    const measured: CellTiming = { ...timing, durationMs: 1 };
    expect(isLater({ ...measured, startedMs: NOON + 20 }, measured)).toBe(false);
    expect(isLater({ ...measured, startedMs: NOON + 5000 }, measured)).toBe(true);
  });
});

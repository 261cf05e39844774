import { describe, expect, it } from 'vitest';
import {
  cellWords,
  outcomeWords,
  timeWords,
} from '../../../../labextension/src/run/progress-words.ts';
import {
  outcomeOf,
  progressOf,
  type CellEnd,
  type RunState,
} from '../../../../labextension/src/run/progress.ts';

const cells = ['load', 'sum', 'plot'].map((id, index) => ({ id, index, name: `the ${id}` }));
const state = (ended: Record<string, CellEnd>, earlier: Record<string, number> = {}): RunState => ({
  cells,
  ended: new Map(Object.entries(ended)),
  earlierMs: new Map(Object.entries(earlier)),
  startedAtMs: 1_000,
  cellStartedAtMs: 11_000,
});

describe('progressOf', () => {
  it('says which cell runs, and for how long all have', () => {
    const progress = progressOf(state({ load: 'ok' }), 15_000);
    expect(progress).toMatchObject({ position: 2, count: 3, elapsedMs: 14_000, leftMs: null });
    expect(cellWords(progress)).toEqual({ where: 'Profiling cell 2 of 3', name: 'the sum' });
    expect(timeWords(progress)).toBe('14 s');
  });

  it('guesses what is left only when it knows every cell that is left', () => {
    expect(progressOf(state({ load: 'ok' }, { sum: 10_000 }), 15_000).leftMs).toBeNull();
    const known = progressOf(state({ load: 'ok' }, { sum: 10_000, plot: 90_000 }), 15_000);
    expect(known.leftMs).toBe(96_000);
    expect(timeWords(known)).toBe('14 s · about 1 min 36 s left');
  });

  it('has no time left, nor less, where the last cell takes longer than before', () => {
    const late = progressOf(state({ load: 'ok', sum: 'ok' }, { plot: 1_000 }), 75_000);
    expect(late.leftMs).toBe(0);
    expect(timeWords(late)).toBe('1 min 14 s');
  });

  it('has no cell when all have ended', () => {
    const progress = progressOf(state({ load: 'ok', sum: 'ok', plot: 'ok' }), 15_000);
    expect(progress).toMatchObject({ position: 3, cell: null, leftMs: null });
    expect(cellWords(progress).where).toBe('Finishing');
  });
});

describe('outcomeOf', () => {
  const none = { cancelled: false, mayFail: new Set<string>() };
  it.each<[string, Record<string, CellEnd>, typeof none, string]>([
    ['completed', { load: 'ok', sum: 'ok', plot: 'ok' }, none, 'completed'],
    ['failed', { load: 'ok', sum: 'error', plot: 'aborted' }, none, 'failed'],
    [
      'allowed to fail',
      { load: 'ok', sum: 'error', plot: 'ok' },
      { ...none, mayFail: new Set(['sum']) },
      'completed',
    ],
    [
      'cancelled',
      { load: 'error', sum: 'aborted', plot: 'aborted' },
      { ...none, cancelled: true },
      'cancelled',
    ],
    ['left by its kernel', { load: 'ok' }, none, 'interrupted'],
  ])('knows a run that was %s', (_, ended, options, kind) =>
    expect(outcomeOf(state(ended), options).kind).toBe(kind),
  );

  it('is told in words', () => {
    const failed = outcomeOf(state({ load: 'error' }), none);
    expect(failed.kind !== 'completed' && outcomeWords(failed, 12_300)).toBe(
      'Profiling stopped at an error after 12 s: the load',
    );
    expect(outcomeWords({ kind: 'cancelled' }, 500)).toBe('Profiling was cancelled after 1 s');
  });
});

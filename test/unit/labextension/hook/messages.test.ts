import { describe, expect, it } from 'vitest';
import { fromHook } from '../../../../labextension/src/hook/messages.ts';

const run = { cellId: 'a', startedAt: '2026-11-22T10:00:00.000Z', wallTimeMs: 5 };

describe('fromHook', () => {
  it('reads what a hook says', () => {
    const hello = { type: 'hello', version: '1.0.0' };
    expect(fromHook(hello)).toEqual({ type: 'hello', run: null });
    const begun = { startedAt: run.startedAt, elapsedMs: 7, cells: ['a'] };
    expect(fromHook({ ...hello, run: begun })).toEqual({ type: 'hello', run: begun });
    expect(fromHook({ ...hello, run: { ...begun, startedAt: 'soon' } })).toMatchObject({
      run: null,
    });
    const live = { type: 'live', profile: null };
    expect(fromHook(live)).toEqual({ ...live, isRunning: false });
    expect(fromHook({ ...live, isRunning: true })).toEqual({ ...live, isRunning: true });
    expect(fromHook({ type: 'cell', cellId: 'a', shown: true, profile: 1 })).toEqual({
      type: 'cell',
      cellId: 'a',
      shown: true,
      profile: 1,
    });
    const recorded = { type: 'recorded', runs: [{ ...run, shown: true, earlier: [] }] };
    expect(fromHook(recorded)).toEqual(recorded);
    const shown = { startedAt: run.startedAt, data: { a: 1 } };
    const output = { type: 'output', cellId: 'a' };
    expect(fromHook({ ...output, ...shown })).toEqual({ ...output, shown });
    expect(fromHook({ ...output, startedAt: null, data: null })).toEqual(output);
  });

  it.each([
    ['no object', 'hello'],
    ['no type', {}],
    ['an unknown type', { type: 'dance' }],
    ['an output of no cell', { type: 'output', startedAt: 'x', data: {} }],
  ])('passes over %s', (_, data) => {
    expect(fromHook(data)).toBeUndefined();
  });

  it('leaves out runs that are damaged', () => {
    const runs = [
      null,
      { ...run, cellId: 3 },
      { ...run, startedAt: 'soon' },
      { ...run, wallTimeMs: -1 },
      { ...run, wallTimeMs: '5' },
      { ...run, earlier: [run, { startedAt: 4 }, 'x'] },
    ];
    expect(fromHook({ type: 'recorded', runs })).toEqual({
      type: 'recorded',
      runs: [{ ...run, shown: false, earlier: [{ startedAt: run.startedAt, wallTimeMs: 5 }] }],
    });
    expect(fromHook({ type: 'recorded', runs: 'all' })).toEqual({ type: 'recorded', runs: [] });
  });
});

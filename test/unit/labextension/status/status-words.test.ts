import { describe, expect, it } from 'vitest';
import { statusWords, type RunningCell } from '../../../../labextension/src/status/status-words.ts';

const running: RunningCell = {
  name: 'Load data',
  elapsedMs: 12_300,
  rssBytes: 1.2e9,
  limitBytes: 16e9,
  limitSource: 'machine',
};
const text = (more: Partial<RunningCell>) =>
  statusWords({ hook: 'connected', running: { ...running, ...more }, lastMs: null });

describe('statusWords', () => {
  it('tells of the running cell its name, its time and its memory', () => {
    expect(text({})).toEqual({
      text: 'Load data · 12 s · 1.2 GB of 16.0 GB',
      tooltip:
        "Load data: Runs for 12 s. The kernel holds 1.2 GB of 16.0 GB (8% of the machine's memory). Click to open the report.",
      isNearLimit: false,
    });
  });

  it('says so when the limit is near, and whose it is', () => {
    const near = text({ rssBytes: 15.2e9, limitSource: 'cgroup' });
    expect(near.isNearLimit).toBe(true);
    expect(near.text).toBe('Load data · 12 s · 15.2 GB of 16.0 GB (95%)');
    expect(near.tooltip).toContain("95% of the container's limit");
  });

  it('says nothing of memory that was not measured, nor of a name that is not there', () => {
    expect(text({ rssBytes: null, name: '' }).text).toBe('Running · 12 s');
  });

  it.each([
    ['connected', 42_100, 'PyPerf: 42.1 s'],
    ['connected', null, 'PyPerf'],
    ['connecting', null, 'PyPerf …'],
    ['absent', null, 'PyPerf off'],
  ] as const)('between cells, %s after %s ms: %s', (hook, lastMs, expected) =>
    expect(statusWords({ hook, running: null, lastMs }).text).toBe(expected),
  );
});

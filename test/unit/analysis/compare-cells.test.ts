import { describe, expect, it } from 'vitest';
import { compareCells } from '../../../src/analysis/index.ts';
import { bytes } from '../../../src/profile/index.ts';
import { renderComparisonHtml, renderComparisonText } from '../../../src/render/comparison.tsx';
import { buildCell } from '../../support/profiles.ts';

const before = buildCell({ wallTimeMs: 4700, io: { readBytes: bytes(3_600_000_000) } });
const after = buildCell({ wallTimeMs: 320, io: { readBytes: bytes(400_000_000) } });

describe('compareCells', () => {
  it('tells what got better and by how much', () => {
    const [time] = compareCells(before, after);
    expect(time).toMatchObject({ metric: 'wallTimeMs', before: 4700, after: 320 });
    expect(time?.improvement).toBeCloseTo(0.932, 3);
  });

  it('leaves out what neither used, and what one did not measure', () => {
    const unread = buildCell({ memory: { peakMethod: 'unavailable', note: 'no /proc' } });
    const metrics = compareCells(unread, after).map(change => change.metric);
    expect(metrics).not.toContain('writeBytes');
    expect(metrics).not.toContain('peakRssBytes');
  });

  it('gives no improvement where there was nothing before', () => {
    const changes = compareCells(buildCell(), after);
    expect(changes.find(change => change.metric === 'readBytes')?.improvement).toBeNull();
  });
});

describe('the comparison in words', () => {
  const comparison = { name: '<b>base</b>', changes: compareCells(before, after) };

  it('is a table in text', () => {
    expect(renderComparisonText({ ...comparison, changes: comparison.changes.slice(0, 1) })).toBe(
      [
        'Compared with <b>base</b>:',
        'Metric  Before   After  Improvement',
        'Time     4.7 s  320 ms        93.2%',
        '',
      ].join('\n'),
    );
  });

  it('calls what got worse by its name', () => {
    const worse = renderComparisonText({ name: 'x', changes: compareCells(after, before) });
    expect(worse).toMatch(/Time\s+320 ms\s+4.7 s\s+1368.8% more/);
  });

  it('shows a hostile name as text', () => {
    expect(renderComparisonHtml(comparison)).toContain('&lt;b>base&lt;/b>');
  });
});

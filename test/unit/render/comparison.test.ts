import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ms, share, timestamp, type Cell, type Profile } from '../../../src/profile/index.ts';
import { comparisonRenderers } from '../../../src/render/comparison/index.ts';
import { renderers, renderHtmlFragment } from '../../../src/render/index.ts';
import { buildReport, compareReports } from '../../../src/report/index.ts';
import { genomics } from '../../support/genomics.ts';
import { hostile } from '../../support/hostile.ts';
import { webApi } from '../../support/web-api.ts';
import { at, buildCell, buildLine, buildProfile } from '../../support/profiles.ts';

const slow = genomics();
const fast: Profile = {
  ...slow,
  findings: [],
  cells: slow.cells.map(cell => ({
    ...cell,
    wallTimeMs: ms(cell.wallTimeMs / 10),
    lines: cell.lines.map(line => ({
      ...line,
      selfMs: ms(line.selfMs / 10),
      totalMs: ms(line.totalMs / 10),
    })),
  })),
};
const compare = (before = slow, after = fast) =>
  compareReports(
    { name: 'slow.pyperf.json', report: buildReport(before) },
    { name: 'fast', report: buildReport(after) },
  );

describe('two runs', () => {
  it('are a table of before, after and improvement in text', () => {
    const text = comparisonRenderers.text(compare());
    expect(text).toContain('Before: slow.pyperf.json · genomics.ipynb');
    expect(text).toMatch(/Metric +Before +After +Improvement\nTime +7 min 19 s +43.9 s +90.0%\n/);
    expect(text).toMatch(/\[15\] .+ +3 min 42 s +22.2 s +90.0% +5.9 GB +5.9 GB +the same\n/);
    expect(text).toContain('4 shorter cells');
    expect(text).toMatch(/ax\.plot\(xs\[i\], ys\[i\].+ +3 min 30 s +21.0 s +90.0% +\[15\]/);
    expect(text).toContain('Findings gone:\n- [15]:8 One plot call per point\n');
    expect(text).toContain('the noise is not known');
  });

  it('are the same in Markdown and HTML', () => {
    const md = comparisonRenderers.md(compare());
    expect(md).toContain('| Metric | Before | After | Improvement |\n| --- | --: | --: | --: |');
    expect(md).toContain('| Time | 7\u00a0min\u00a019\u00a0s | 43.9\u00a0s | 90.0% |');
    const html = comparisonRenderers.html(compare());
    expect(html).toContain('<span class="verdict-better">▾ 90.0%</span>');
    expect(html).not.toMatch(/<script|https?:/);
  });

  it('are numbers in JSON and CSV', () => {
    const json = JSON.parse(comparisonRenderers.json(compare())) as {
      run: { metric: string; improvement: number }[];
      cells: { before: { executionCount: number }; lines: { text: string }[] }[];
      findings: { gone: { id: string }[] };
    };
    expect(json.run[0]).toMatchObject({ metric: 'wallTimeMs' });
    expect(json.run[0]?.improvement).toBeCloseTo(0.9, 5);
    expect(json.cells[5]?.before.executionCount).toBe(15);
    expect(json.cells[5]?.lines[0]?.text).toContain('ax.plot');
    expect(json.findings.gone.map(({ id }) => id)).toEqual(['call-per-point']);
    const { data, errors } = Papa.parse<Record<string, string>>(
      comparisonRenderers.csv(compare()).trimEnd(),
      { header: true },
    );
    expect(errors).toEqual([]);
    expect(data[0]).toMatchObject({ scope: 'run', metric: 'wallTimeMs', inside_noise: 'false' });
    expect(data.some(row => row['scope'] === 'line' && row['line']?.includes('ax.plot'))).toBe(
      true,
    );
  });

  it('say medians and intervals where they were repeated', () => {
    const spread = (median: number): NonNullable<Cell['spread']> => ({
      runs: 5,
      confidence: share(0.9375),
      wallTimeMs: { median: ms(median), low: ms(median * 0.9), high: ms(median * 1.1) },
    });
    const text = comparisonRenderers.text(
      compare({ ...slow, spread: spread(1000) }, { ...fast, spread: spread(950) }),
    );
    expect(text).toContain('median of 5 runs');
    expect(text).toMatch(
      /Time +1\.0 s \(900 ms to 1\.1 s\) +950 ms \(.+\) +5\.0%, inside the noise/,
    );
    expect(text).toContain('at least 94%');
  });

  it('tell routes by their mean response time', () => {
    const before = webApi();
    const after = {
      ...before,
      cells: before.cells.map(cell => ({
        ...cell,
        requests: cell.requests?.map(request => ({
          ...request,
          totalMs: ms(request.totalMs / 10),
        })),
      })),
    };
    const comparison = compare(before, after);
    expect(comparisonRenderers.text(comparison)).toMatch(
      /Route +Before +After +Improvement\nGET \/api\/users\/\{id\}\/activity +1\.9 s +192 ms +90\.0%/,
    );
    expect(comparisonRenderers.text(comparison)).toMatch(
      /Average response time +1\.6 s +157 ms +90\.0%/,
    );
    expect(comparisonRenderers.csv(comparison)).toContain('route,');
  });

  it('keep every string a string', () => {
    const comparison = compare(hostile(), hostile());
    for (const format of ['md', 'html', 'text'] as const) {
      const written = comparisonRenderers[format](comparison);
      // eslint-disable-next-line no-control-regex
      expect(written).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
      if (format === 'html') expect(written).not.toMatch(/<(img|script|svg)[^>]*onerror/i);
    }
    for (const line of comparisonRenderers.csv(comparison).split('\n'))
      expect(line).not.toMatch(/(^|,)"?[=+@]/);
  });

  it('may have nothing in common, or nothing at all', () => {
    const nothing = buildProfile([]);
    for (const render of Object.values(comparisonRenderers)) {
      expect(render(compare(nothing, nothing)).length).toBeGreaterThan(0);
      expect(render(compare(slow, nothing)).length).toBeGreaterThan(0);
    }
    expect(comparisonRenderers.text(compare(slow, nothing))).toContain(
      '7 cells ran in one of the two only',
    );
  });
});

describe('a cell that was compared', () => {
  const cell = buildCell({
    wallTimeMs: 320,
    lines: [buildLine(at(1, 1), 300, 1, { text: 'work()' })],
    comparedWith: {
      name: '<b>base</b>',
      startedAt: timestamp(new Date('2026-03-01T09:30:00Z')),
      sameCode: false,
      wallTimeMs: ms(4700),
      lines: [{ text: 'work()', function: '<module>', selfMs: ms(4600), samples: 460 }],
    },
  });
  const profile = buildProfile([cell]);
  const report = buildReport(profile);

  it('tells it in every form that people read, and keeps it in the data', () => {
    const text = renderers.txt.render(report);
    expect(text).toContain('Compared with <b>base</b> (2026-03-01 09:30:00 UTC, other code):');
    expect(text).toMatch(/Time +4\.7 s +320 ms +93\.2%/);
    expect(text).toContain('- work(): 4.6 s → 300 ms (93.5%)');
    expect(renderers.md.render(report)).toContain('Compared with \\<b\\>base');
    for (const html of [renderers.html.render(report), renderHtmlFragment(report)]) {
      expect(html).toContain('Compared with &lt;b>base&lt;/b>');
      expect(html).toContain('93.2%');
    }
    expect(renderers.json.render(report)).toContain('"comparedWith"');
  });
});

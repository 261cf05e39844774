import { describe, expect, it } from 'vitest';
import { bytes, ms, type Cell } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { renderers, renderHtmlFragment } from '../../../src/render/index.ts';
import { genomics } from '../../support/genomics.ts';
import { hostile } from '../../support/hostile.ts';
import { at, buildCell, buildLine, buildProfile, buildSeries, GB } from '../../support/profiles.ts';

const page = (profile: Parameters<typeof buildReport>[0]) =>
  renderers.html.render(buildReport(profile));
const fragment = (cell: Cell) => renderHtmlFragment(buildReport(buildProfile([cell])));
const tags = (html: string) =>
  new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => match[1]));
/** What SVG images hold, decoded. */
const images = (html: string) =>
  [...html.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(match =>
    Buffer.from(match[1] ?? '', 'base64').toString('utf8'),
  );

describe('the page', () => {
  it('tells the run, its cells, lines and functions', () => {
    const html = page(genomics());
    for (const text of [
      '7 min 19 s',
      'One plot call per point',
      'Data loading',
      '87% waiting for disk',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('matplotlib Axes.plot: 3 min 28 s (93.7%)');
    expect(html).toContain('stacks out-of-process, 100 samples every 10.0 ms, 0 dropped');
  });

  it('needs nothing from outside and runs nothing', () => {
    const html = page(genomics());
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\(|\bsrc=|\bon[a-z]+=/i);
    expect(html).toContain(`content="default-src 'none'`);
  });

  it('can be read aloud: one h1, headings without gaps, scopes, titles on drawings', () => {
    const html = page(genomics());
    const levels = [...html.matchAll(/<h([1-6])/g)].map(match => Number(match[1]));
    expect(levels.filter(level => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1));
    for (const [header] of html.matchAll(/<th\b[^>]*>/g)) expect(header).toContain('scope=');
    for (const [svg] of html.matchAll(/<svg[^>]*><[^>]*>/g))
      expect(svg).toMatch(/role="img".*<title/);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(match => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('lets no string become markup', () => {
    const html = page(hostile());
    expect(tags(html)).not.toContain('img');
    expect(tags(html)).not.toContain('script');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).not.toContain('\u202e');
    expect(html).not.toContain('\u001b');
  });

  it('says what was not measured', () => {
    const cell = buildCell();
    const html = page(
      buildProfile([{ ...cell, sampling: { ...cell.sampling, note: 'R has no sampler.' } }]),
    );
    expect(html).toContain('Lines and functions: not measured (R has no sampler.)');
  });
});

describe('the fragment', () => {
  const [, loading] = genomics().cells;
  const html = fragment(loading!);

  it("uses only what JupyterLab's sanitiser keeps", () => {
    const kept = [
      'div',
      'span',
      'strong',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'img',
      'br',
      'details',
      'summary',
    ];
    expect([...tags(html)].filter(tag => !kept.includes(tag ?? ''))).toEqual([]);
    expect(html).not.toMatch(/\bclass=|\bid=|var\(|href=/);
    for (const [, source] of html.matchAll(/src="([^"]*)"/g)) {
      expect(source).toMatch(/^data:image\/svg\+xml;base64,/);
    }
  });

  it('leaves the colour of text to the page, which may be dark', () => {
    expect(html).not.toMatch(/[;"]color:/);
    expect(html).not.toMatch(/background(-color)?:\s*(#fff|white)/);
  });

  it('tells the numbers as text', () => {
    for (const text of [
      '42.1 s',
      'waiting: disk 87%',
      '97.1%',
      '+2.2 GB',
      'raw_frames',
      'variants.csv',
    ]) {
      expect(html).toContain(text);
    }
    expect(images(html)).toHaveLength(3);
    for (const svg of images(html))
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it('stays small, however long the cell', () => {
    const lines = Array.from({ length: 400 }, (_, i) =>
      buildLine(at(1, i + 1), 10, 1 / 400, {
        text: `x${i} = compute(${i}) `.repeat(4),
        rssGrowthBytes: 2e6,
      }),
    );
    const points = Array.from(
      { length: 500 },
      (_, i) => [i * 20, GB + i * 1e6, 1 + Math.sin(i)] as const,
    );
    const series = buildSeries(points);
    const long = buildCell({
      wallTimeMs: 10_000,
      source: lines.map(line => line.text).join('\n'),
      lines,
      memory: {
        peakRssBytes: bytes(2 * GB),
        series: { ...series, readBytesPerSecond: series.cpuCores.map(c => c * 1e8) },
      },
      io: {
        files: Array.from({ length: 50 }, (_, i) => ({ path: `/data/${i}.csv`, waitMs: ms(1) })),
      },
    });
    expect(fragment(long).length).toBeLessThan(20_000);
  });

  it('lets no string become markup, nor an image more than a drawing', () => {
    const bad = renderHtmlFragment(buildReport(hostile()));
    expect(bad).not.toMatch(/<img src=x|<script|<\/style/);
    expect(bad).not.toContain('\u202e');
    for (const svg of images(bad)) expect([...tags(svg)]).toEqual(['svg', 'path']);
  });

  it('is empty for a profile without cells', () => {
    expect(renderHtmlFragment(buildReport(buildProfile([])))).toBe('');
  });
});

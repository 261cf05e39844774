import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { parseProfileText, roundProfile } from '../../../src/profile/index.ts';
import { buildReport } from '../../../src/report/index.ts';
import { renderers } from '../../../src/render/index.ts';
import { genomics } from '../../support/genomics.ts';
import { HOSTILE, hostile } from '../../support/hostile.ts';
import { buildCell, buildProfile } from '../../support/profiles.ts';

const report = buildReport(genomics());
const hostileReport = buildReport(hostile());

describe('every renderer', () => {
  it.each(Object.entries(renderers))('%s takes a run without cells', (_, renderer) => {
    expect(renderer.render(buildReport(buildProfile([]))).endsWith('\n')).toBe(true);
  });

  it('has its own ending', () => {
    const endings = Object.values(renderers).map(({ extension }) => extension);
    expect(new Set(endings).size).toBe(endings.length);
  });
});

describe('JSON', () => {
  it('is the profile, to be read again', () => {
    expect(parseProfileText(renderers.json.render(report))).toEqual(roundProfile(genomics()));
    expect(parseProfileText(renderers.json.render(hostileReport))).toEqual(roundProfile(hostile()));
  });
});

describe('CSV', () => {
  const parse = (text: string) =>
    Papa.parse<Record<string, string>>(text.trimEnd(), { header: true });

  it('has a row a cell, in numbers without words', () => {
    const { data, errors } = parse(renderers.csv.render(report));
    expect(errors).toEqual([]);
    expect(data).toHaveLength(7);
    expect(data[1]).toMatchObject({
      execution_count: '6',
      label: 'Data loading',
      wall_time_ms: '42100',
      off_cpu_disk_ms: '36600',
      peak_rss_bytes: '3100000000',
      hottest_line: '5',
    });
    const shares = data.map(row => Number(row['share_of_run']));
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  });

  it('leaves empty what was not measured', () => {
    const { data } = parse(renderers.csv.render(report));
    expect(data[0]).toMatchObject({ off_cpu_disk_ms: '', hottest_line: '', hottest_share: '' });
  });

  it('gives a spreadsheet no formula, and keeps each string in its field', () => {
    const { data, errors } = parse(renderers.csv.render(hostileReport));
    expect(errors).toEqual([]);
    expect(data).toHaveLength(2);
    for (const value of data.flatMap(row => Object.values(row))) {
      expect(value).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
    }
    expect(data[0]?.['label']).toBe(`'=HYPERLINK("http://x")${HOSTILE}`);
  });
});

describe('speedscope', () => {
  const render = (of: typeof report) =>
    JSON.parse(renderers.speedscope.render(of)) as {
      shared: { frames: { name: string }[] };
      profiles: { samples: number[][]; weights: number[]; endValue: number }[];
    };

  it('keeps to the published format', async () => {
    const schema = createRequire(import.meta.url).resolve(
      'speedscope/dist/release/file-format-schema.json',
    );
    const validate = new Ajv().compile(JSON.parse(await readFile(schema, 'utf8')) as object);
    for (const of of [report, hostileReport, buildReport(buildProfile([buildCell()]))]) {
      validate(render(of));
      expect(validate.errors).toBeNull();
    }
  });

  it('keeps every stack and all the time', () => {
    const { shared, profiles } = render(report);
    const [loading] = profiles;
    const stacks = loading?.samples.map(stack =>
      stack.map(i => shared.frames[i]?.name).join(' > '),
    );
    expect(stacks).toEqual([
      '<module>',
      '<module> > pandas read_csv',
      '<module> > pandas read_csv > pandas TextReader.read',
      '<module> > pandas concat',
    ]);
    expect(loading).toMatchObject({ weights: [400, 800, 40_000, 900], endValue: 42_100 });
  });
});

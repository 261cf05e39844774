import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseProfile, parseProfileText, serializeProfile } from '../../../src/profile/index.ts';
import type { UpgradeStep } from '../../../src/profile/upgrade.ts';
import { buildCell, buildFunctions, buildLine, buildProfile, at } from '../../support/profiles.ts';

const asJson = (value: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const profile = buildProfile([buildCell(), buildCell()]);

describe('parseProfile', () => {
  it('reads what serializeProfile wrote', () => {
    expect(parseProfileText(serializeProfile(profile))).toEqual(profile);
  });

  it('reads the file kept of format 1', async () => {
    const file = new URL('fixtures/format-1.pyperf.json', import.meta.url);
    const kept = parseProfileText(await readFile(file, 'utf8'));
    expect(kept.cells.map(cell => cell.lines.length)).toEqual([2, 1]);
  });

  it.each([
    [null, 'it holds no JSON object'],
    [[profile], 'it holds no JSON object'],
    ['text', 'it holds no JSON object'],
    [{}, 'it has no schemaVersion'],
    [{ nbformat: 4, cells: [] }, 'it has no schemaVersion'],
    [{ schemaVersion: '1' }, 'it has no schemaVersion'],
    [{ schemaVersion: 1.5 }, 'it has no schemaVersion'],
  ])('refuses what is no profile: %j', (json, reason) => {
    expect(() => parseProfile(json, 'a.json')).toThrow(
      `a.json is not a PyPerf profile: ${reason}.`,
    );
  });

  it('refuses text that is not JSON', () => {
    expect(() => parseProfileText('{', 'a.json')).toThrow(
      'a.json is not a PyPerf profile: it is not JSON.',
    );
  });

  it('refuses a newer format and says what to do', () => {
    expect(() => parseProfile({ schemaVersion: 3 }, 'run.pyperf.json')).toThrow(
      'run.pyperf.json was written by a newer PyPerf (format 3; this one reads up to 1). ' +
        'Upgrade with pip install -U jupyterlab-pyperf.',
    );
  });

  it('names the path of a wrong field', () => {
    const json = asJson(profile);
    (json['cells'] as Record<string, unknown>[])[1]!['wallTimeMs'] = -1;
    expect(() => parseProfile(json, 'a.json')).toThrow(
      /^a\.json is damaged: cells\[1\]\.wallTimeMs: /,
    );
  });

  it('refuses figures that contradict each other', () => {
    const peakBelowEnd = asJson(buildCell());
    (peakBelowEnd['memory'] as Record<string, unknown>)['peakRssBytes'] = 1;
    expect(() => parseProfile({ ...asJson(profile), cells: [peakBelowEnd] })).toThrow(
      'This profile is damaged: cells[0].memory: peakRssBytes is at least startRssBytes and endRssBytes.',
    );
    const line = { ...buildLine(at(1, 1), 10, 0.5), totalMs: 5 };
    expect(() =>
      parseProfile({ ...asJson(profile), cells: [{ ...buildCell(), lines: [line] }] }),
    ).toThrow('cells[0].lines[0]: totalMs is at least selfMs');
    const functions = buildFunctions('a 1\n  b 2').reverse();
    expect(() =>
      parseProfile({ ...asJson(profile), cells: [{ ...buildCell(), functions }] }),
    ).toThrow('cells[0].functions: every parent stands before its children');
  });
});

describe('the upgrade of older formats', () => {
  const format = (version: number): Record<string, unknown> => ({
    ...asJson(profile),
    schemaVersion: version,
  });
  const step = (from: number, upgrade: UpgradeStep['upgrade'] = old => old): UpgradeStep => ({
    from,
    upgrade,
  });

  it('takes every step, in order', () => {
    const renamed = ({ cels, ...rest }: Readonly<Record<string, unknown>>) => ({
      ...rest,
      cells: cels,
    });
    const { cells, ...rest } = format(0);
    expect(parseProfile({ ...rest, cels: cells }, 'old.json', [step(0, renamed)])).toEqual(profile);
  });

  it('refuses a format that no step reads', () => {
    expect(() => parseProfile(format(0), 'old.json')).toThrow(
      'old.json is in an old format that could not be brought up: there is no way to read format 0.',
    );
  });

  it('tells when a step cannot read the file', () => {
    const failing = step(0, () => {
      throw new Error('no cells');
    });
    expect(() => parseProfile(format(0), 'old.json', [failing])).toThrow(
      /old\.json .*: no cells\.$/,
    );
  });

  it('leaves a file of today alone', () => {
    const never = step(1, () => {
      throw new Error('called');
    });
    expect(parseProfile(format(1), 'a.json', [never])).toEqual(profile);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareWith } from '../../../kernel/run/compare.ts';
import { displayCell } from '../../../kernel/run/display.ts';
import { Recorder } from '../../../kernel/run/recorder.ts';
import { parseProfile, PROFILE_MIME_TYPE, serializeProfile } from '../../../src/profile/index.ts';
import { at, buildCell, buildLine, buildProfile } from '../../support/profiles.ts';

let dir: string;
let recorder: Recorder;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pyperf-compare-'));
  const { notebook, environment } = buildProfile([]);
  recorder = new Recorder({ ...notebook, path: join(dir, 'nb.ipynb') }, environment);
});
afterEach(() => rmSync(dir, { recursive: true }));

const before = buildCell({
  cellId: 'a',
  label: 'base',
  source: 'old()',
  wallTimeMs: 4700,
  lines: [buildLine(at(1, 1), 4600, 1, { text: 'old()' })],
});
const after = buildCell({ cellId: 'a', source: 'new()', wallTimeMs: 320 });

describe('--compare', () => {
  it('finds an earlier cell by its label, and keeps its figures in the cell', () => {
    recorder.add(before);
    recorder.add(after);
    const comparedWith = compareWith('base', after, recorder);
    expect(comparedWith).toMatchObject({
      name: 'base',
      sameCode: false,
      wallTimeMs: 4700,
      peakRssBytes: 100e6,
      lines: [{ text: 'old()', selfMs: 4600 }],
    });
    expect(comparedWith).not.toHaveProperty('responseMs');
  });

  it('stays in the output, in all of its forms, and when the output is asked for again', () => {
    recorder.add(before);
    recorder.add(after);
    recorder.show(after);
    const told = recorder.replace(after, {
      ...after,
      comparedWith: compareWith('base', after, recorder),
    });
    expect(recorder.newest('a')).toBe(told);
    expect(recorder.shown(told)).toBe(true);
    const data = displayCell(recorder.profile([told])).content['data'] as Record<string, unknown>;
    expect(parseProfile(data[PROFILE_MIME_TYPE]).cells[0]?.comparedWith?.name).toBe('base');
    for (const type of ['text/plain', 'text/html'])
      expect(data[type]).toMatch(/Compared with base[\s\S]*93\.2%/);
  });

  it('finds a kept run of the notebook by its label', () => {
    mkdirSync(join(dir, 'pyperf-runs'));
    const name = 'nb 2026-11-22 18.30.05 main.pyperf.json';
    writeFileSync(join(dir, 'pyperf-runs', name), serializeProfile(buildProfile([before])));
    recorder.add(after);
    expect(compareWith('main', after, recorder).wallTimeMs).toBe(4700);
    expect(compareWith('2026-11-22', after, recorder).name).toBe('2026-11-22');
    expect(() => compareWith('other', after, recorder)).toThrow(
      'no earlier cell in this kernel has the label "other", and no kept run has the label or the date "other"',
    );
  });

  it('says what is wrong with a file', () => {
    recorder.add(after);
    expect(() => compareWith(join(dir, 'no.json'), after, recorder)).toThrow('ENOENT');
    writeFileSync(join(dir, 'bad.json'), '{}');
    expect(() => compareWith(join(dir, 'bad.json'), after, recorder)).toThrow('no schemaVersion');
  });
});

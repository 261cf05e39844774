import { describe, expect, it } from 'vitest';
import { displayCell, displayRun } from '../../../kernel/run/display.ts';
import { parseProfile, PROFILE_MIME_TYPE } from '../../../src/profile/index.ts';
import { genomics } from '../../support/genomics.ts';
import { nasty } from '../../support/nasty.ts';

type Data = Readonly<Record<string, unknown>>;
const dataOf = ({ content }: ReturnType<typeof displayCell>) => content['data'] as Data;

/** As Jupyter's `nbformat` writes it: one space a level, texts as lists of lines, characters as they are. */
function addedToFile(data: Data): number {
  const lines = Object.entries(data).map(([type, value]) => [
    type,
    typeof value === 'string' ? value.split(/(?<=\n)/) : value,
  ]);
  const output = { data: Object.fromEntries(lines) as Data, metadata: {}, output_type: 'x' };
  const size = (outputs: readonly unknown[]) =>
    Buffer.byteLength(JSON.stringify({ cells: [{ cell_type: 'code', outputs }] }, null, 1));
  return size([output]) - size([]);
}

describe('the output of a profiled cell', () => {
  it('adds at most 60 kB to the notebook file, and uses them', () => {
    const data = dataOf(displayCell(nasty()));
    expect(addedToFile(data)).toBeLessThan(60_000);
    expect(addedToFile(data)).toBeGreaterThan(50_000);
  });

  it('keeps totals, peaks and the hottest of everything', () => {
    const [full] = nasty().cells;
    const [kept] = parseProfile(dataOf(displayCell(nasty()))[PROFILE_MIME_TYPE]).cells;
    expect(kept?.wallTimeMs).toBe(full?.wallTimeMs);
    expect(kept?.memory.peakRssBytes).toBe(full?.memory.peakRssBytes);
    const hottest = (cell: typeof kept) =>
      Math.max(...(cell?.lines ?? []).map(line => line.selfMs));
    expect(hottest(kept)).toBeCloseTo(hottest(full), 2);
    expect(Math.max(...(kept?.memory.series.rssBytes ?? []))).toBe(
      Math.max(...(full?.memory.series.rssBytes ?? [])),
    );
  });

  it('loses nothing of an ordinary cell', () => {
    const run = genomics();
    const cells = run.cells.map(cell => ({ ...cell, cellId: 'a' }));
    for (const cell of cells) {
      const data = dataOf(displayCell({ ...run, cells: [cell] }));
      const [kept] = parseProfile(data[PROFILE_MIME_TYPE]).cells;
      expect(kept?.lines).toHaveLength(cell.lines.length);
      expect(kept?.functions).toHaveLength(cell.functions.length);
      expect(kept?.memory.series.tMs).toHaveLength(cell.memory.series.tMs.length);
    }
  });
});

it('keeps the report of a long run within bounds', { timeout: 60_000 }, () => {
  const [cell] = nasty().cells;
  const cells = Array.from({ length: 100 }, (_, index) => ({ ...cell!, index, source: 'work()' }));
  const data = dataOf(displayRun({ ...nasty(), cells }));
  const size = Buffer.byteLength(JSON.stringify(data[PROFILE_MIME_TYPE], null, 1));
  expect(size).toBeLessThan(500_000);
});

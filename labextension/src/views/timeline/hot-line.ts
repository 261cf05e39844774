/** The line that a cell was on at a moment, in words. Pure. */
import type { Cell } from '../../../../src/profile/index.ts';
import { formatSource, plain } from '../../../../src/render/format.ts';

const MAX_TEXT = 60;

/** @returns undefined for a cell whose sampler kept no moments. The function answers undefined for other code. */
export function hotLineAt({
  hotLines,
  lines,
}: Pick<Cell, 'hotLines' | 'lines'>): ((tMs: number) => string | undefined) | undefined {
  if (!hotLines) return undefined;
  return tMs => {
    // After the last moment the cell's end is near: it counts on.
    const found = hotLines.untilMs.findIndex(untilMs => tMs <= untilMs);
    const line = lines[hotLines.lines.at(found) ?? -1];
    return line && `${formatSource(line.source)} ${plain(line.text ?? '', MAX_TEXT)}`.trim();
  };
}

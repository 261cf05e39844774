/** The rows of the table of lines, and what its bars and colours mean. Pure. */
import { OFF_CPU_CAUSES, type OffCpuCause } from '../../../../src/profile/causes.ts';
import type { Line, Share, Source } from '../../../../src/profile/index.ts';
import { formatCause, formatMs, formatSource } from '../../../../src/render/format.ts';
import type { CellReport } from '../../../../src/report/index.ts';
import { heatStep } from '../../heat/steps.ts';

export interface LineRow {
  readonly key: string;
  readonly source: Source;
  /** `8` in the cell itself, `model.py:8` elsewhere. */
  readonly label: string;
  readonly text: string;
  readonly line: Line | null;
}

export const ownRows = ({ cell, source }: CellReport): LineRow[] =>
  source.map(({ line, text, measured }) => ({
    key: String(line),
    source: { executionCount: cell.executionCount ?? 0, line },
    label: String(line),
    text,
    line: measured,
  }));

export const rowsElsewhere = ({ linesElsewhere }: CellReport): LineRow[] =>
  linesElsewhere.map((line, i) => ({
    key: String(i),
    source: line.source,
    label: formatSource(line.source),
    text: line.text ?? `in ${line.function}`,
    line,
  }));

/** Where a line's own time went: `cpu` first, then each cause that took any. */
export interface TimePart {
  readonly cause: OffCpuCause | 'cpu';
  readonly ms: number;
}

export function timeParts({ selfMs, offCpuMs }: Pick<Line, 'selfMs' | 'offCpuMs'>): TimePart[] {
  const waits = OFF_CPU_CAUSES.map(cause => ({ cause, ms: offCpuMs[cause] })).filter(
    part => part.ms > 0,
  );
  const cpuMs = Math.max(0, selfMs - waits.reduce((sum, part) => sum + part.ms, 0));
  return [...(cpuMs > 0 ? [{ cause: 'cpu' as const, ms: cpuMs }] : []), ...waits];
}

export const causeName = (cause: TimePart['cause']): string =>
  cause === 'cpu' ? 'CPU' : formatCause(cause);

/** `CPU 1.2 s, disk 300 ms` */
export const timeWords = (parts: readonly TimePart[]): string =>
  parts.map(({ cause, ms }) => `${causeName(cause)} ${formatMs(ms)}`).join(', ');

export const waitMs = (line: Line): number =>
  OFF_CPU_CAUSES.reduce((sum, cause) => sum + line.offCpuMs[cause], 0);

/** A share of less has no colour. */
const COLD = 0.005;

/** 0 is cold, 5 the hottest: the steps of `colours.css`. */
export const heatOf = (share: number): number => (share < COLD ? 0 : heatStep(share as Share));

/** Growth below this is the allocator's noise. */
export const WORTH_TELLING_BYTES = 1e6;

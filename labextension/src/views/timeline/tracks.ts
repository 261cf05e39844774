/** What the timeline shows of a cell, one track a resource. Pure. */
import type { Series } from '../../../../src/profile/index.ts';
import { formatBytes, formatCores, formatRate } from '../../../../src/render/format.ts';
import type { CellReport } from '../../../../src/report/index.ts';
import type { ChartTheme } from '../../charts/theme.ts';

/** Less is noise. */
const WORTH_DRAWING_BYTES_PER_SECOND = 1e4;

export interface TimelineLine {
  readonly name: string;
  readonly colour: keyof ChartTheme;
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

export interface Track {
  readonly title: string;
  /** `interval`: a value is the mean since the point before. `level`: points are joined. */
  readonly shape: 'interval' | 'level';
  readonly unit: 'cores' | 'B' | 'B/s';
  readonly lines: readonly TimelineLine[];
}

export function tracksOf({ cell, cpu, memory }: CellReport): Track[] {
  const { series } = cell.memory;
  const tracks: Track[] = [];
  if (cpu.value !== null)
    tracks.push({
      title: 'CPU, cores',
      shape: 'interval',
      unit: 'cores',
      lines: [{ name: 'CPU', colour: 'cpu', values: series.cpuCores, format: formatCores }],
    });
  if (memory.value !== null)
    tracks.push({
      title: 'Memory',
      shape: 'level',
      unit: 'B',
      lines: [{ name: 'Memory', colour: 'memory', values: series.rssBytes, format: formatBytes }],
    });
  const io = ioLines(series);
  if (io.length > 0) tracks.push({ title: 'I/O', shape: 'interval', unit: 'B/s', lines: io });
  return tracks;
}

const ioLines = (series: Series): TimelineLine[] =>
  [
    { name: 'Reading', colour: 'read' as const, values: series.readBytesPerSecond },
    { name: 'Writing', colour: 'write' as const, values: series.writeBytesPerSecond },
  ]
    .filter(({ values }) => values.some(value => value >= WORTH_DRAWING_BYTES_PER_SECOND))
    .map(line => ({ ...line, format: formatRate }));

export const hasTimeline = ({ cell }: CellReport): boolean => cell.memory.series.tMs.length >= 2;

/** The run in six figures: the head of a report. */
import type { Report } from '../report/index.ts';
import {
  countOf,
  formatBytes,
  formatCores,
  formatMeasured,
  formatMs,
  formatRoundShare,
  NOT_MEASURED,
  plain,
} from './format.ts';
import { waitingParts } from './words.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly detail?: string | null;
}

export function runFacts({ run, profile, cells }: Report): Fact[] {
  const { cpuCount, memoryLimitBytes } = profile.environment;
  const waiting = run.time;
  return [
    { name: 'Time', value: formatMs(run.wallTimeMs), detail: countOf(cells.length, 'cell') },
    {
      name: 'CPU',
      value: formatMeasured(run.cpuCores, formatCores),
      detail: run.cpuCores.value === null ? null : `on average, of ${cpuCount}`,
    },
    {
      name: 'Waiting',
      value: waiting ? formatRoundShare(waiting.offCpuShare) : NOT_MEASURED,
      detail: waiting ? waitingParts(waiting) : plain(run.noStacksReason),
    },
    {
      name: 'Peak memory',
      value: `${run.peakIsExact || run.peakRssBytes.value === null ? '' : 'at least '}${formatMeasured(run.peakRssBytes, formatBytes)}`,
      detail:
        run.peakShareOfLimit.value === null
          ? null
          : `${formatRoundShare(run.peakShareOfLimit.value)} of ${formatBytes(memoryLimitBytes)}`,
    },
    {
      name: 'Read',
      value: formatMeasured(run.io, io => formatBytes(io.readBytes)),
      detail: run.io.value && `${formatBytes(run.io.value.storageReadBytes)} from storage`,
    },
    {
      name: 'Written',
      value: formatMeasured(run.io, io => formatBytes(io.writeBytes)),
      detail: run.io.value && `${formatBytes(run.io.value.storageWriteBytes)} to storage`,
    },
  ];
}

/** A cell in one line: what stands below its output before anything is opened. */
import type { CellReport } from '../report/index.ts';
import {
  formatBytes,
  formatCores,
  formatGrowth,
  formatMeasured,
  formatMs,
  formatRoundShare,
  formatSource,
  plain,
} from './format.ts';
import { statusWords, waitingParts } from './words.ts';

/** Bytes read or written below which I/O is not worth a word. */
const WORTH_TELLING_BYTES = 1e6;

/** The parts in the order in which they are told: time, CPU, wait by cause, memory, I/O, hottest line. */
export function summaryParts(report: CellReport): string[] {
  const { cell } = report;
  const parts = [
    formatMs(cell.wallTimeMs),
    `CPU ${formatMeasured(report.cpu, cpu => formatCores(cpu.cores))}`,
  ];
  const status = statusWords(report);
  if (status) parts.unshift(status);
  if (report.offCpu.value && cell.wallTimeMs > 0) {
    const waiting = waitingParts({ wallTimeMs: cell.wallTimeMs, offCpuMs: report.offCpu.value });
    if (waiting) parts.push(`waiting: ${waiting}`);
  }
  parts.push(
    `memory ${formatMeasured(
      report.memory,
      memory =>
        `${memory.peakIsExact ? 'peak' : 'peak at least'} ${formatBytes(memory.peakRssBytes)} (${formatGrowth(memory.growthBytes)})`,
    )}`,
  );
  parts.push(...ioParts(report));
  const hottest = hottestLine(report);
  if (hottest) parts.push(hottest);
  return parts;
}

export const summaryLine = (report: CellReport): string => summaryParts(report).join(' · ');

function ioParts({ io }: CellReport): string[] {
  if (io.value === null) return [`I/O ${formatMeasured(io, () => '')}`];
  const { readBytes, writeBytes } = io.value;
  return [
    ...(readBytes >= WORTH_TELLING_BYTES ? [`read ${formatBytes(readBytes)}`] : []),
    ...(writeBytes >= WORTH_TELLING_BYTES ? [`written ${formatBytes(writeBytes)}`] : []),
  ];
}

function hottestLine({ cell, hasStacks }: CellReport): string | null {
  if (!hasStacks) return null;
  const [hottest] = [...cell.lines].sort((a, b) => b.selfMs - a.selfMs);
  if (!hottest || hottest.selfMs === 0) return null;
  const text = hottest.text === undefined ? '' : ` ${plain(hottest.text, 60)}`;
  return `hottest ${formatSource(hottest.source)}${text} (${formatRoundShare(hottest.share)})`;
}

/** A cell in one line: what stands below its output before anything is opened. */
import type { Line } from '../profile/index.ts';
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

/** One fact of the line: `CPU` and `0.98 cores`. The hottest line comes apart, for front ends that show it as code. */
export interface SummaryFact {
  readonly kind: 'status' | 'time' | 'cpu' | 'waiting' | 'memory' | 'io' | 'hottest';
  readonly label: string;
  readonly value: string;
}

/** In the order in which they are told: time, CPU, wait by cause, memory, I/O, hottest line. */
export function summaryFacts(report: CellReport): SummaryFact[] {
  const { cell } = report;
  const facts: SummaryFact[] = [];
  const status = statusWords(report);
  if (status) facts.push({ kind: 'status', label: '', value: status });
  facts.push(
    { kind: 'time', label: '', value: formatMs(cell.wallTimeMs) },
    {
      kind: 'cpu',
      label: 'CPU',
      value: formatMeasured(report.cpu, cpu => formatCores(cpu.cores)),
    },
  );
  if (report.offCpu.value && cell.wallTimeMs > 0) {
    const waiting = waitingParts({ wallTimeMs: cell.wallTimeMs, offCpuMs: report.offCpu.value });
    if (waiting) facts.push({ kind: 'waiting', label: 'waiting:', value: waiting });
  }
  facts.push({
    kind: 'memory',
    label: 'memory',
    value: formatMeasured(
      report.memory,
      memory =>
        `${memory.peakIsExact ? 'peak' : 'peak at least'} ${formatBytes(memory.peakRssBytes)} (${formatGrowth(memory.growthBytes)})`,
    ),
  });
  facts.push(...ioFacts(report));
  const hottest = findHottestLine(report);
  if (hottest) {
    const text = hottest.text === undefined ? '' : ` ${plain(hottest.text, 60)}`;
    const value = `${formatSource(hottest.source)}${text} (${formatRoundShare(hottest.share)})`;
    facts.push({ kind: 'hottest', label: 'hottest', value });
  }
  return facts;
}

export const summaryParts = (report: CellReport): string[] =>
  summaryFacts(report).map(({ label, value }) => (label ? `${label} ${value}` : value));

export const summaryLine = (report: CellReport): string => summaryParts(report).join(' · ');

function ioFacts({ io }: CellReport): SummaryFact[] {
  if (io.value === null) return [{ kind: 'io', label: 'I/O', value: formatMeasured(io, () => '') }];
  const { readBytes, writeBytes } = io.value;
  const facts = [
    { kind: 'io', label: 'read', bytes: readBytes },
    { kind: 'io', label: 'written', bytes: writeBytes },
  ] as const;
  return facts
    .filter(fact => fact.bytes >= WORTH_TELLING_BYTES)
    .map(({ kind, label, bytes }) => ({ kind, label, value: formatBytes(bytes) }));
}

/** The line with the most time of its own; null when stacks were not sampled, or none had any. */
export function findHottestLine({ cell, hasStacks }: CellReport): Line | null {
  if (!hasStacks) return null;
  return cell.lines.reduce<Line | null>(
    (best, line) => (line.selfMs > (best?.selfMs ?? 0) ? line : best),
    null,
  );
}

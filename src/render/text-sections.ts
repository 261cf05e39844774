/** The sections of the classic summary. Each gives no lines when there is nothing to say. */
import type { CellReport, Report } from '../report/index.ts';
import { cellComparisonText, comparedWithWords } from './comparison/cell-words.ts';
import {
  baseName,
  countOf,
  formatBytes,
  formatCores,
  formatCount,
  formatMeasured,
  formatMs,
  formatRoundShare,
  formatShare,
  formatSource,
  lowerFirst,
  NOT_MEASURED,
  plain,
  withoutStop,
} from './format.ts';
import {
  cellNumber,
  cellTitle,
  functionName,
  patternWords,
  readsWords,
  variableWords,
  waitingParts,
  whereWords,
} from './words.ts';

const TOP = 5;
const TOP_CONSUMERS = 3;
/** Shares below this are told together or not at all. */
const MIN_SHARE = 0.01;
/** A cell that spends less than this waiting for disk is not an I/O problem. */
const MIN_DISK_SHARE = 0.1;
const WORTH_TELLING_BYTES = 1e6;

export function textSections(report: Report) {
  return [
    { heading: 'CPU Profiling Results', lines: cpuLines(report) },
    { heading: 'Memory Profiling Results', lines: memoryLines(report) },
    { heading: 'Line Profiling Hotspots', lines: hotspotLines(report) },
    { heading: 'I/O Profiling Results', lines: ioLines(report) },
    { heading: 'Database Profiling Results', lines: queryLines(report) },
    { heading: 'Concurrency Analysis', lines: concurrencyLines(report) },
    { heading: 'Findings', lines: findingLines(report) },
    ...report.cells.flatMap(({ comparison }) =>
      comparison
        ? [{ heading: comparedWithWords(comparison), lines: cellComparisonText(comparison) }]
        : [],
    ),
  ];
}

function cpuLines(report: Report): string[] {
  const { run, functions, profile } = report;
  const lines: string[] = [];
  if (functions.length > 0) {
    const told = functions.filter(fn => fn.shareOfRun >= MIN_SHARE).slice(0, TOP);
    lines.push(
      ...told.map(
        fn =>
          `- ${formatRoundShare(fn.shareOfRun)} of execution time in ${functionName(fn, report)}`,
      ),
    );
    const rest = functions.slice(told.length).reduce((sum, fn) => sum + fn.shareOfRun, 0);
    if (rest >= MIN_SHARE) {
      lines.push(`- ${formatRoundShare(rest)} of execution time in other functions`);
    }
  } else if (run.time === null) {
    lines.push(
      `- Functions: ${formatMeasured({ value: null, reason: run.noStacksReason }, String)}`,
    );
  }
  const cores = formatMeasured(run.cpuCores, formatCores);
  const outOf = run.cpuCores.value === null ? '' : ` of ${profile.environment.cpuCount} on average`;
  lines.push(`- CPU use: ${cores}${outOf}`);
  if (run.time && run.time.offCpuShare >= MIN_SHARE) {
    const share = formatRoundShare(run.time.offCpuShare);
    lines.push(`- Waiting: ${share} of execution time (${waitingParts(run.time)})`);
  }
  return lines;
}

function memoryLines({ run, memory, cells, profile }: Report): string[] {
  const { memoryLimitBytes, memoryLimitSource } = profile.environment;
  const limit = memoryLimitSource === 'cgroup' ? "container's limit" : "machine's memory";
  const nearLimit = (run.peakShareOfLimit.value ?? 0) >= 0.5;
  const share = formatMeasured(run.peakShareOfLimit, formatRoundShare);
  const beside = nearLimit ? ` (${share} of the ${limit}, ${formatBytes(memoryLimitBytes)})` : '';
  const atLeast = run.peakRssBytes.value !== null && !run.peakIsExact ? 'at least ' : '';
  const lines = [
    `- Peak memory usage: ${atLeast}${formatMeasured(run.peakRssBytes, formatBytes)}${beside}`,
  ];
  const consumers = memory.consumers.filter(v => v.sizeBytes >= WORTH_TELLING_BYTES);
  if (consumers.length > 0) {
    lines.push('- Primary memory consumers:');
    consumers.slice(0, TOP_CONSUMERS).forEach((v, i) => {
      lines.push(
        `  ${i + 1}. ${plain(v.name, 60)}: ${formatBytes(v.sizeBytes)} (${variableWords(v)})`,
      );
    });
  }
  if (memory.pattern) {
    const cell = memory.patternCell === null ? undefined : cells[memory.patternCell];
    const where = cell && cells.length > 1 ? inSentence(cell) : null;
    const suspects = memory.leakSuspects.map(name => plain(name, 60)).join(', ');
    const leak = suspects ? ` (leak suspected: ${suspects})` : '';
    lines.push(`- Memory pattern: ${patternWords(memory.pattern, where)}${leak}`);
  }
  return lines;
}

function hotspotLines({ lines, run }: Report): string[] {
  if (run.time === null) return [];
  return lines
    .filter(line => line.shareOfRun >= MIN_SHARE)
    .slice(0, TOP)
    .map((line, i) => {
      const text = line.text === null ? plain(line.function, 60) : plain(line.text, 80);
      return `${i + 1}. ${formatSource(line.source)} - ${text} (${formatShare(line.shareOfRun)})`;
    });
}

function ioLines({ cells, run, files }: Report): string[] {
  const lines = cells
    .map(cell => ({ cell, share: (cell.offCpu.value?.disk ?? 0) / (cell.cell.wallTimeMs || 1) }))
    .filter(({ cell, share }) => share >= MIN_DISK_SHARE && cell.shareOfRun >= MIN_SHARE)
    .sort((a, b) => b.cell.shareOfRun * b.share - a.cell.shareOfRun * a.share)
    .slice(0, TOP)
    .map(
      ({ cell, share }) =>
        `- ${formatRoundShare(share)} of ${inSentence(cell)} time spent on disk I/O`,
    );
  const repeated = files.filter(file => file.reads.length > 1);
  lines.push(
    ...repeated
      .slice(0, TOP)
      .map(
        file =>
          `- ${baseName(file.path)} read ${file.reads.length} times (${readsWords(file.reads)})`,
      ),
  );
  if (run.io.value === null)
    return [...lines, `- Bytes: ${formatMeasured(run.io, () => NOT_MEASURED)}`];
  const { readBytes, writeBytes, storageReadBytes, storageWriteBytes } = run.io.value;
  const traffic = (verb: string, all: number, storage: number, way: string) =>
    all >= WORTH_TELLING_BYTES
      ? [`- ${formatBytes(all)} ${verb} (${formatBytes(storage)} ${way} storage)`]
      : [];
  return [
    ...lines,
    ...traffic('read', readBytes, storageReadBytes, 'from'),
    ...traffic('written', writeBytes, storageWriteBytes, 'to'),
  ];
}

function queryLines({ queries, run }: Report): string[] {
  if (queries.length === 0) return [];
  const totalMs = queries.reduce((sum, query) => sum + query.totalMs, 0);
  const count = queries.reduce((sum, query) => sum + query.count, 0);
  return [
    `- ${formatRoundShare(totalMs / (run.wallTimeMs || 1))} of execution time in ${countOf(count, 'query', 'queries')}`,
    ...queries
      .slice(0, TOP)
      .map(q => `- ${formatCount(q.count)} × ${plain(q.statement, 80)} - ${formatMs(q.totalMs)}`),
  ];
}

function concurrencyLines({ run }: Report): string[] {
  const part = (ms: number | null, words: string) => {
    const share = (ms ?? 0) / (run.wallTimeMs || 1);
    return share >= MIN_SHARE ? [`- ${formatRoundShare(share)} of execution time ${words}`] : [];
  };
  return [
    ...part(run.time?.offCpuMs.lock ?? null, 'waiting for locks'),
    ...part(run.gilWaitMs, "waiting for Python's global lock"),
    ...part(run.runQueueMs, 'ready to run but without a core'),
  ];
}

function findingLines({ findings }: Report): string[] {
  return findings.map((finding, i) => {
    const saves = [
      finding.savesMs === undefined ? [] : [`Saves up to ${formatMs(finding.savesMs)}.`],
      finding.savesBytes === undefined ? [] : [`Saves up to ${formatBytes(finding.savesBytes)}.`],
    ].flat();
    const title = `${withoutStop(plain(finding.title))}.`;
    const where = whereWords(finding);
    return `${i + 1}. ${[where, title, plain(finding.advice), ...saves].filter(Boolean).join(' ')}`;
  });
}

/** `data loading`, `cell [6]`: a cell inside a sentence. */
const inSentence = (cell: CellReport) => {
  const title = cellTitle(cell);
  return title ? lowerFirst(title) : `cell ${cellNumber(cell)}`;
};

/** The sections of the classic summary. Each gives no lines when there is nothing to say. */
import type { Finding } from '../profile/index.ts';
import type { Report } from '../report/index.ts';
import { cellComparisonText, comparedWithWords } from './comparison/cell-words.ts';
import {
  formatBytes,
  formatCores,
  formatMeasured,
  formatRoundShare,
  formatShare,
  formatSource,
  lowerFirst,
  plain,
  plainCode,
  withoutStop,
} from './format.ts';
import { reportSections } from './sections/index.ts';
import { findingAt, savesWords, whereWords } from './finding-words.ts';
import { containerWords, patternWords, variableWords } from './memory-words.ts';
import { boundWords, cellTitle, functionName, inSentence, waitingParts } from './words.ts';

const TOP = 5;
const TOP_CONSUMERS = 3;
/** A shorter stage has no word for its kind. */
const MIN_PHASE_SHARE = 0.02;
const MAX_CODE = 120;
/** Shares below this are told together or not at all. */
const MIN_SHARE = 0.01;
const WORTH_TELLING_BYTES = 1e6;

export function textSections(report: Report) {
  return [
    { heading: 'CPU Profiling Results', lines: cpuLines(report) },
    { heading: 'Memory Profiling Results', lines: memoryLines(report) },
    { heading: 'Line Profiling Hotspots', lines: hotspotLines(report) },
    ...reportSections(report).map(({ heading, sentences }) => ({
      heading,
      lines: sentences.map(sentence => `- ${sentence}`),
    })),
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
  lines.push(...phaseLines(report));
  const cores = formatMeasured(run.cpuCores, formatCores);
  const outOf = run.cpuCores.value === null ? '' : ` of ${profile.environment.cpuCount} on average`;
  lines.push(`- CPU use: ${cores}${outOf}`);
  if (run.time && run.time.offCpuShare >= MIN_SHARE) {
    const share = formatRoundShare(run.time.offCpuShare);
    lines.push(`- Waiting: ${share} of execution time (${waitingParts(run.time)})`);
  }
  return lines;
}

/** What kind of work each stage is, where the run has several kinds: `- Data loading: 12% of total time (I/O-bound)`. */
function phaseLines({ cells }: Report): string[] {
  const phases = cells.flatMap(cell => {
    const title = cellTitle(cell);
    if (title === null || cell.cause === null || cell.shareOfRun < MIN_PHASE_SHARE) return [];
    return [{ title, cell, bound: boundWords(cell.cause) }];
  });
  if (new Set(phases.map(({ bound }) => bound)).size < 2) return [];
  return phases.map(
    ({ title, cell, bound }) =>
      `- ${title}: ${formatRoundShare(cell.shareOfRun)} of total time (${bound})`,
  );
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
  const grown = memory.containers.filter(c => c.growthBytes >= WORTH_TELLING_BYTES);
  lines.push(...grown.slice(0, TOP_CONSUMERS).map(container => `- ${containerWords(container)}`));
  if (memory.pattern) {
    const cell = memory.patternCell === null ? undefined : cells[memory.patternCell];
    const where = cell && cells.length > 1 ? inSentence(cell) : null;
    const suspects = memory.leakSuspects.map(name => plain(name, 60)).join(', ');
    const leak = suspects ? ` (leak suspected: ${suspects})` : '';
    lines.push(`- Memory pattern: ${patternWords(memory.pattern, where)}${leak}`);
  }
  return lines;
}

/** Behind a line stands what was found about it, as in `[15]:8 - ax.plot(x, y) (43.7%) - one plot call per point`. */
function hotspotLines({ lines, run, findings }: Report): string[] {
  if (run.time === null) return [];
  return lines
    .filter(line => line.shareOfRun >= MIN_SHARE)
    .slice(0, TOP)
    .map((line, i) => {
      const text = line.text === null ? plain(line.function, 60) : plain(line.text, 80);
      const finding = findingAt(line.source, findings);
      const words = finding ? ` - ${lowerFirst(withoutStop(plain(finding.title, 100)))}` : '';
      return `${i + 1}. ${formatSource(line.source)} - ${text} (${formatShare(line.shareOfRun)})${words}`;
    });
}

/** Advice, the code that follows it, and where to read more. */
function findingLines({ findings }: Report): string[] {
  return findings.flatMap((finding, i) => {
    const title = `${withoutStop(plain(finding.title))}.`;
    const told = [whereWords(finding), title, plain(finding.advice)].filter(Boolean).join(' ');
    return [`${i + 1}. ${told}${savesWords(finding)}`, ...exampleLines(finding)];
  });
}

function exampleLines({ example, docsUrl }: Finding): string[] {
  const code = example?.replace(/\s+$/, '').split('\n') ?? [];
  return [
    ...code.map(line => `       ${plainCode(line, MAX_CODE)}`),
    ...(docsUrl === undefined ? [] : [`   See ${plain(docsUrl)}`]),
  ];
}

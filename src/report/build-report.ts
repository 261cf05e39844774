/** From a profile of one or many cells to its report. */
import {
  findFileUse,
  findGrownContainers,
  findHotFunctions,
  findHotLines,
  findLargestVariables,
  findContention,
  findMemoryPattern,
  findMissingIndexes,
  findQueryUse,
  findRequestUse,
  hasStacks,
  joinMemory,
  labelCells,
  rankCells,
  splitTime,
  totalRun,
  type Measured,
} from '../analysis/index.ts';
import { shareOf, type Cell, type Finding, type Profile, type Share } from '../profile/index.ts';
import { once } from './once.ts';
import { reportCell } from './report-cell.ts';
import type { MemoryReport, Report, RunReport } from './report.ts';

/** The id of findings that name a leak: `evidence.suspect` is what grew, as the user would write it. */
export const LEAK_FINDING_ID = 'memory-leak';

export function buildReport(profile: Profile): Report {
  const { cells, findings } = profile;
  const run = reportRun(profile);
  const labels = labelCells(cells);
  const functions = once(() => findHotFunctions(cells));
  const lines = once(() => findHotLines(cells));
  return {
    profile,
    run,
    cells: cells.map((cell, i) => reportCell(cell, labels[i] ?? null, run.wallTimeMs)),
    ranking: {
      time: rankCells(cells, 'time'),
      memory: rankCells(cells, 'memory'),
      io: rankCells(cells, 'io'),
    },
    get functions() {
      return functions();
    },
    get lines() {
      return lines();
    },
    memory: reportMemory(cells, findings),
    files: findFileUse(cells),
    queries: findQueryUse(cells),
    missingIndexes: findMissingIndexes(cells),
    requests: findRequestUse(cells),
    lockWaits: findContention(cells),
    findings,
  };
}

function reportRun({ cells, environment }: Profile): RunReport {
  const totals = totalRun(cells);
  const peak = totals.peakRssBytes;
  const peakShareOfLimit: Measured<Share> =
    peak.value === null ? peak : { value: shareOf(peak.value, environment.memoryLimitBytes) };
  return {
    ...totals,
    time: splitTime(cells),
    noStacksReason: cells.some(hasStacks)
      ? ''
      : (cells.find(c => c.sampling.note)?.sampling.note ?? ''),
    peakShareOfLimit,
    gilWaitMs: sumKnown(cells.map(cell => cell.gilWaitMs)),
    runQueueMs: sumKnown(cells.map(cell => cell.runQueueMs)),
  };
}

function reportMemory(cells: readonly Cell[], findings: readonly Finding[]): MemoryReport {
  const line = joinMemory(cells);
  const pattern = findMemoryPattern(line);
  const suspects = findings.flatMap(({ id, evidence }) =>
    id === LEAK_FINDING_ID && typeof evidence['suspect'] === 'string' ? [evidence['suspect']] : [],
  );
  return {
    line,
    pattern,
    patternCell: pattern && 'atMs' in pattern ? cellAt(cells, pattern.atMs) : null,
    consumers: findLargestVariables(cells),
    containers: findGrownContainers(cells),
    leakSuspects: [...new Set(suspects)],
  };
}

/** @param atMs as `joinMemory` counts: the cells' wall times laid end to end. */
function cellAt(cells: readonly Cell[], atMs: number): number | null {
  let endMs = 0;
  const index = cells.findIndex(cell => {
    endMs += cell.wallTimeMs;
    return atMs < endMs;
  });
  return index === -1 ? null : index;
}

function sumKnown(figures: readonly (number | undefined)[]): number | null {
  const known = figures.filter(figure => figure !== undefined);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
}

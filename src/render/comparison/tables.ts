/** The tables and sentences of a comparison of two runs, in words: text, Markdown and HTML only draw them. */
import type { ComparedCell, ComparedMetric, ComparisonReport } from '../../report/index.ts';
import type { Finding } from '../../profile/index.ts';
import {
  CHANGE_HEAD,
  changeWords,
  improvementWords,
  lineImprovementWords,
} from '../change-words.ts';
import {
  countOf,
  formatMs,
  formatRoundShare,
  formatTimestamp,
  plain,
  withoutStop,
} from '../format.ts';
import { endpointName } from '../sections/endpoints.ts';
import { headerParts } from '../text.ts';
import { whereWords } from '../finding-words.ts';
import { cellName, cellNumber } from '../words.ts';

export interface WordTable {
  readonly title: string;
  /** What its figures are. */
  readonly caption: string;
  readonly head: readonly string[];
  /** The first column holds names, the others figures, unless `code` says otherwise. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of code. */
  readonly code: readonly number[];
}

const TOP_LINES = 10;
/** Of the longer run: shorter cells are told together where that saves a reader work. */
const MIN_SHARE = 0.01;
const [, BEFORE, AFTER, IMPROVEMENT] = CHANGE_HEAD;

export const runTable = ({ run }: ComparisonReport): WordTable => ({
  title: 'The whole run',
  caption: 'Before and after',
  head: CHANGE_HEAD,
  rows: run.map(changeWords),
  code: [],
});

/** @param isShort leaves out cells that took next to no time. */
export function cellTable(report: ComparisonReport, isShort = false): WordTable {
  const told = isShort ? report.cells.filter(cell => isWorthTelling(cell, report)) : report.cells;
  const left = report.cells.length - told.length;
  const rows = told.map(cell => [
    cellWords(cell),
    ...metricWords(cell, 'wallTimeMs'),
    ...metricWords(cell, 'peakRssBytes'),
  ]);
  const rest = left > 0 ? [[`${countOf(left, 'shorter cell')}`, '', '', '', '', '', '']] : [];
  return {
    title: 'Cell by cell',
    caption: 'Time and peak memory of each',
    head: ['Cell', `Time ${lower(BEFORE)}`, lower(AFTER), lower(IMPROVEMENT)].concat(
      `Peak memory ${lower(BEFORE)}`,
      lower(AFTER),
      lower(IMPROVEMENT),
    ),
    rows: report.cells.length > 1 ? [...rows, ...rest] : [],
    code: [],
  };
}

const lower = (word: string) => word.toLowerCase();

function isWorthTelling(cell: ComparedCell, { before, after }: ComparisonReport): boolean {
  const runMs = Math.max(before.report.run.wallTimeMs, after.report.run.wallTimeMs);
  const ms = Math.max(cell.beforeCell?.cell.wallTimeMs ?? 0, cell.afterCell?.cell.wallTimeMs ?? 0);
  return ms >= MIN_SHARE * runMs;
}

/** `[6] Data loading, edited`. */
export function cellWords({ beforeCell, afterCell, edited }: ComparedCell): string {
  const cell = afterCell ?? beforeCell;
  if (!cell) return '';
  const name = [cellNumber(cell), cellName(cell, 40)].filter(Boolean).join(' ');
  if (beforeCell === null) return `${name}, ran only after`;
  if (afterCell === null) return `${name}, ran only before`;
  return edited ? `${name}, edited` : name;
}

function metricWords(cell: ComparedCell, metric: ComparedMetric): string[] {
  const change = cell.changes.find(found => found.metric === metric);
  if (change) return changeWords(change).slice(1);
  const alone = cell.beforeCell ? 0 : 1;
  const only = cell.beforeCell === null || cell.afterCell === null;
  if (!only || metric !== 'wallTimeMs') return ['', '', ''];
  const ms = formatMs((cell.beforeCell ?? cell.afterCell)?.cell.wallTimeMs ?? 0);
  return alone === 0 ? [ms, '', ''] : ['', ms, ''];
}

export function lineTable({ cells }: ComparisonReport): WordTable {
  const changes = cells.flatMap(cell => cell.lines.map(line => ({ cell, line })));
  const size = ({ line }: (typeof changes)[number]) => Math.abs(line.afterMs - line.beforeMs);
  const rows = changes
    .sort((a, b) => size(b) - size(a))
    .slice(0, TOP_LINES)
    .map(({ cell, line }) => [
      plain(line.text, 80),
      formatMs(line.beforeMs),
      formatMs(line.afterMs),
      lineImprovementWords(line),
      numberWords(cell),
    ]);
  return {
    title: 'Lines whose time changed',
    caption: 'By more than noise, the largest difference first',
    head: ['Line', BEFORE, AFTER, IMPROVEMENT, 'Cell'],
    rows,
    code: [0],
  };
}

export function routeTable({ requests }: ComparisonReport): WordTable {
  return {
    title: 'Endpoints, by their mean response time',
    caption: 'All requests of a route together',
    head: ['Route', BEFORE, AFTER, IMPROVEMENT],
    rows: requests.map(change => [
      endpointName(change),
      formatMs(change.beforeMs),
      formatMs(change.afterMs),
      improvementWords({ ...change, metric: 'responseMs' }),
    ]),
    code: [],
  };
}

const numberWords = ({ beforeCell, afterCell }: ComparedCell) => {
  const cell = afterCell ?? beforeCell;
  return cell ? cellNumber(cell) : '';
};

/** `[15]:8 One plot call per point`. */
export const findingWords = (finding: Finding): string =>
  [whereWords(finding), withoutStop(plain(finding.title, 160))].filter(Boolean).join(' ');

export function findingLists({ findings }: Pick<ComparisonReport, 'findings'>) {
  return [
    { title: 'Findings gone', findings: findings.gone },
    { title: 'Findings that stay', findings: findings.stayed },
    { title: 'New findings', findings: findings.added },
  ].filter(list => list.findings.length > 0);
}

/** `before: slow.ipynb · Python 3.13 · 7 cells · … · 2026-03-02 09:30:00 UTC`. */
export function sideWords(report: ComparisonReport): readonly (readonly [string, string])[] {
  return (['before', 'after'] as const).map(side => {
    const { name, report: of, runs } = report[side];
    const parts = [
      plain(name),
      ...headerParts(of),
      formatTimestamp(of.profile.startedAt),
      ...(runs > 1 ? [`median of ${runs} runs`] : []),
    ];
    return [side === 'before' ? BEFORE : AFTER, [...new Set(parts)].join(' · ')];
  });
}

/** What to keep in mind with the figures. */
export function comparisonNotes({ noise, unpaired }: ComparisonReport): string[] {
  const notes: string[] = [];
  if (unpaired > 0)
    notes.push(
      `${countOf(unpaired, 'cell')} ran in one of the two only, so the whole compares different work.`,
    );
  switch (noise.by) {
    case 'intervals':
      notes.push(
        `Figures are medians, with the interval that holds the true median with at least ${formatRoundShare(noise.confidence)} in brackets (from the order of the runs, whatever their distribution). A difference whose intervals meet is inside the noise.`,
      );
      break;
    case 'thresholds': {
      const { time, memory, bytes } = noise.shares;
      notes.push(
        `At least one side ran fewer than ${noise.minRuns} times, so the noise is not known. Differences under ${formatRoundShare(time)} of times, ${formatRoundShare(memory)} of memory and ${formatRoundShare(bytes)} of bytes are taken for noise; jupyter pyperf run --repeat measures it.`,
      );
    }
  }
  return notes;
}

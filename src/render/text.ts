/** The classic summary report: plain text for terminals, logs and issue trackers. */
import type { Cell } from '../profile/index.ts';
import type { CellReport, Report } from '../report/index.ts';
import {
  countOf,
  formatBytes,
  formatMeasured,
  formatMs,
  formatShare,
  plain,
  baseName,
} from './format.ts';
import { textSections } from './text-sections.ts';
import { memoryMethodWords } from './memory-words.ts';
import {
  allNotes,
  cellName,
  cellNumber,
  cellTitle,
  languageName,
  methodWords,
  statusWords,
  timeMethodWords,
} from './words.ts';

const TITLE = 'PyPerf Summary Report';
/** Cells told one by one; the rest in one line. */
const MAX_CELLS = 10;
const MIN_CELL_SHARE = 0.01;

export interface TextSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

export function renderText(report: Report): string {
  const sections = [
    { heading: 'Cell Execution Times', lines: cellLines(report) },
    ...textSections(report),
    { heading: 'How this was measured', lines: methodLines(report) },
  ];
  return [
    TITLE,
    '='.repeat(TITLE.length),
    headerParts(report).join(' · '),
    ...sections
      .filter(({ lines }) => lines.length > 0)
      .flatMap(({ heading, lines }) => ['', `${heading}:`, ...lines]),
    '',
  ].join('\n');
}

/** `genomics.ipynb · Python 3.13.1 · 7 cells · 8 min 12 s · peak 5.9 GB`; for one cell its name and how it ended. */
export function headerParts({ profile, run, cells }: Report): string[] {
  const { notebook } = profile;
  const [only, ...others] = cells;
  const what =
    only && others.length === 0
      ? [cellHeading(only), statusWords(only)]
      : [countOf(cells.length, 'cell')];
  const memory = formatMeasured(run.peakRssBytes, formatBytes);
  return [
    notebook.path === null ? null : baseName(notebook.path),
    `${languageName(notebook.language)} ${plain(notebook.languageVersion)}`,
    ...what,
    formatMs(run.wallTimeMs),
    run.peakRssBytes.value === null ? `memory ${memory}` : `peak ${memory}`,
  ].filter((part): part is string => part !== null && part !== '');
}

const cellHeading = (cell: CellReport) => {
  const title = cellTitle(cell);
  return title ? `Cell ${cellNumber(cell)}: ${title}` : `Cell ${cellNumber(cell)}`;
};

/** In the order in which they ran; a run of one cell has nothing to compare. */
function cellLines({ cells, ranking }: Report): string[] {
  if (cells.length < 2) return [];
  const told = new Set(
    ranking.time
      .filter(({ share, cell }) => share >= MIN_CELL_SHARE || isAskedAfter(cells[cell]?.cell))
      .slice(0, MAX_CELLS)
      .map(({ cell }) => cell),
  );
  const rest = cells.filter((_, i) => !told.has(i));
  const lines = cells.flatMap((cell, i) => (told.has(i) ? [cellLine(cell)] : []));
  if (rest.length === 0) return lines;
  const ms = rest.reduce((sum, { cell }) => sum + cell.wallTimeMs, 0);
  const share = rest.reduce((sum, cell) => sum + cell.shareOfRun, 0);
  const name = countOf(rest.length, told.size > 0 ? 'other cell' : 'cell');
  return [...lines, `- ${name} - ${formatMs(ms)} (${formatShare(share)})`];
}

/** However short: what failed, and what the user asked to profile by a magic of its own. */
const isAskedAfter = (cell?: Cell) => cell?.status !== 'ok' || /^\s*%%pyperf\b/.test(cell.source);

function cellLine(cell: CellReport): string {
  const name = cellName(cell);
  const status = statusWords(cell);
  const time = `${formatMs(cell.cell.wallTimeMs)} (${formatShare(cell.shareOfRun)})`;
  return `- Cell ${cellNumber(cell)}${name ? `: ${name}` : ''} - ${time}${status ? ` - ${status}` : ''}`;
}

/** Cells measured alike share a line; a note is told once. */
function methodLines({ cells, profile }: Report): string[] {
  const [only, ...others] = cells;
  const method = only && others.length === 0 ? [methodWords(only)] : runMethods(cells);
  return [...method, ...allNotes(profile)].map(line => `- ${line}`);
}

function runMethods(cells: readonly CellReport[]): string[] {
  const methods = new Map<string, { cells: number; samples: number; dropped: number }>();
  for (const { cell } of cells) {
    const { method, samples, dropped } = cell.sampling;
    const known = methods.get(method) ?? { cells: 0, samples: 0, dropped: 0 };
    methods.set(method, {
      cells: known.cells + 1,
      samples: known.samples + samples,
      dropped: known.dropped + dropped,
    });
  }
  const stacks = [...methods].map(([method, sum]) =>
    method === 'none'
      ? `stacks of ${countOf(sum.cells, 'cell')} not sampled`
      : `stacks of ${countOf(sum.cells, 'cell')} ${method}: ${countOf(sum.samples, 'sample')}, ${sum.dropped} dropped`,
  );
  const memory = new Set(cells.map(({ cell }) => memoryMethodWords(cell.memory.peakMethod)));
  const time = new Set(cells.map(({ cell }) => timeMethodWords(cell.timeMethod)));
  return [...stacks, ...memory, ...time];
}

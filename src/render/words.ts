/** Phrases that several renderers share, made of the report's numbers by `format.ts`. */
import {
  OFF_CPU_CAUSES,
  type Cell,
  type Container,
  type Finding,
  type FunctionNode,
  type MemoryMethod,
  type Profile,
  type Source,
  type Variable,
} from '../profile/index.ts';
import type { Cause, CellReport, HotFunction, MemoryPattern, Report } from '../report/index.ts';
import {
  baseName,
  formatBytes,
  formatCause,
  formatCount,
  formatMs,
  formatRate,
  formatRoundShare,
  formatSource,
  lowerFirst,
  NOT_MEASURED,
  plain,
} from './format.ts';

/** `[6]`, as the notebook shows it; `[ ]` for a cell that got no number. */
export const cellNumber = ({ cell }: CellReport) => `[${cell.executionCount ?? ' '}]`;

/** A name that a person or a heading gave; null for a cell that has only code. */
export const cellTitle = ({ label }: CellReport, maxLength = 60): string | null =>
  label && label.from !== 'code' ? plain(label.text, maxLength) : null;

/** `Data loading`, else the first line of code, else nothing. */
export const cellName = ({ label }: CellReport, maxLength = 60): string =>
  label ? plain(label.text, maxLength) : '';

/** `data loading`, `cell [6]`: a cell inside a sentence. */
export const inSentence = (cell: CellReport): string => {
  const title = cellTitle(cell);
  return title ? lowerFirst(title) : `cell ${cellNumber(cell)}`;
};

/** `product_similarity()`, `cell [6]`, `pandas read_csv`. */
export function functionName(fn: HotFunction, report: Report): string {
  const cell = fn.topLevelOfCell === null ? undefined : report.cells[fn.topLevelOfCell];
  if (cell) return `cell ${cellNumber(cell)}`;
  return nodeName(fn);
}

/** A name that is one identifier gets its brackets; `<lambda>` and `pandas read_csv` do not. */
export function nodeName({
  name,
  source,
  origin,
}: Pick<HotFunction, 'name' | 'source' | 'origin'>) {
  const shown = plain(name, 80);
  if (shown === '<module>' && source && 'file' in source) return baseName(source.file);
  return origin !== 'runtime' && /^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(shown) ? `${shown}()` : shown;
}

export const treeName = (node: FunctionNode) =>
  nodeName({ name: node.name, origin: node.origin, source: node.source ?? null });

/** `87% waiting for disk`, `96% computing`. */
export function causeWords({ cause, share }: Cause): string {
  const part = formatRoundShare(share);
  switch (cause) {
    case 'cpu':
      return `${part} computing`;
    case 'sleep':
      return `${part} sleeping`;
    case 'other':
      return `${part} waiting`;
    case 'lock':
      return `${part} waiting for a lock`;
    case 'disk':
    case 'network':
    case 'wait':
      return `${part} waiting for ${formatCause(cause)}`;
  }
}

/** `CPU-bound`, `I/O-bound`; `mixed` where no cause has half of the time. */
export function boundWords({ cause, share }: Cause): string {
  if (share < 0.5) return 'mixed';
  switch (cause) {
    case 'cpu':
      return 'CPU-bound';
    case 'disk':
    case 'network':
    case 'wait':
      return 'I/O-bound';
    case 'lock':
      return 'waiting for locks';
    case 'sleep':
      return 'sleeping';
    case 'other':
      return 'waiting';
  }
}

/** `RiskCalculator.history grew by 4 000 items, 1.2 GB (dict, 9 000 items)`. */
export function containerWords({ path, type, items, itemsGrowth, growthBytes }: Container): string {
  const grown = [
    itemsGrowth > 0 ? `${formatCount(itemsGrowth)} ${itemsGrowth === 1 ? 'item' : 'items'}` : '',
    formatBytes(growthBytes),
  ];
  return `${plain(path, 80)} grew by ${grown.filter(Boolean).join(', ')} (${plain(type, 40)}, ${formatCount(items)} items)`;
}

/** `steady growth, 14.8 MB/s`; `where` names the cell in which it began. */
export function patternWords(pattern: MemoryPattern, where: string | null): string {
  const during = where ? ` during ${where}` : '';
  switch (pattern.kind) {
    case 'flat':
      return 'flat';
    case 'steady':
      return `steady growth, ${formatRate(pattern.bytesPerSecond)}`;
    case 'step':
      return `one step of ${formatBytes(pattern.growthBytes)}${during}`;
    case 'rapid':
      return `rapid growth${during}, ${formatBytes(pattern.growthBytes)}`;
    case 'peak':
      return `a rise of ${formatBytes(pattern.riseBytes)}${during}, given back`;
    case 'saw-tooth':
      return `up and down ${formatCount(pattern.cycles)} times by ${formatBytes(pattern.riseBytes)}`;
    case 'cyclical':
      return `cyclical with an upward trend, ${formatRate(pattern.bytesPerSecond)}`;
    case 'varying':
      return 'varying';
  }
}

/** `pandas.DataFrame, 14 columns`. */
export function variableWords(variable: Variable): string {
  const parts = [plain(variable.type, 40), variable.shape && plain(variable.shape, 40)];
  if (variable.partial) parts.push('at least');
  return parts.filter(Boolean).join(', ');
}

/** `3 × 1.2 GB`, or the sum where the reads differ. */
export function readsWords(reads: readonly number[]): string {
  const [first = 0] = reads;
  const alike = reads.every(bytes => Math.abs(bytes - first) <= first * 0.01);
  const total = reads.reduce((a, b) => a + b, 0);
  return alike && reads.length > 1 ? `${reads.length} × ${formatBytes(first)}` : formatBytes(total);
}

/** `disk 30%, network 11%` of a split's wall time; parts under 1 % are left out. */
export function waitingParts(split: {
  readonly wallTimeMs: number;
  readonly offCpuMs: NonNullable<CellReport['offCpu']['value']>;
}): string {
  return OFF_CPU_CAUSES.map(cause => ({ cause, share: split.offCpuMs[cause] / split.wallTimeMs }))
    .filter(({ share }) => share >= 0.01)
    .sort((a, b) => b.share - a.share)
    .map(({ cause, share }) => `${formatCause(cause)} ${formatRoundShare(share)}`)
    .join(', ');
}

/** How a cell ended, when not well. */
export function statusWords({ cell }: CellReport): string | null {
  switch (cell.status) {
    case 'ok':
      return null;
    case 'error':
      return cell.error
        ? `failed: ${plain(`${cell.error.name}: ${cell.error.message}`, 120)}`
        : 'failed';
    case 'aborted':
      return 'did not run';
    case 'running':
      return 'still running';
    case 'died':
      return cell.error ? `the kernel died: ${plain(cell.error.message, 120)}` : 'the kernel died';
  }
}

/** Kernels name their language in lower case. */
export function languageName(language: string): string {
  const name = plain(language);
  return name === 'typescript' ? 'TypeScript' : name.charAt(0).toUpperCase() + name.slice(1);
}

/** How the figures were come by: `stacks out-of-process, 4 200 samples every 10.0 ms, 3 dropped`. */
export function methodWords({ cell }: CellReport): string {
  const { method, samples, dropped, intervalMs } = cell.sampling;
  const memory = memoryMethodWords(cell.memory.peakMethod);
  const time = timeMethodWords(cell.timeMethod);
  if (method === 'none') return `stacks not sampled; ${memory}; ${time}`;
  const every = `${samples} samples every ${formatMs(intervalMs)}, ${dropped} dropped`;
  return `stacks ${method}, ${every}; ${memory}; ${time}`;
}

export const whereWords = (finding: { readonly where: Parameters<typeof formatSource>[0][] }) =>
  finding.where.map(formatSource).join(', ');

/** ` Saves up to 3 min 30 s.`, behind the advice; empty where nobody knows. */
export const savesWords = ({ savesMs, savesBytes }: Pick<Finding, 'savesMs' | 'savesBytes'>) =>
  [
    savesMs === undefined ? '' : ` Saves up to ${formatMs(savesMs)}.`,
    savesBytes === undefined ? '' : ` Saves up to ${formatBytes(savesBytes)}.`,
  ].join('');

/** An address that may become a link. What else a profile holds, `javascript:` or a file, stays text. */
export const isWebAddress = (url: string): boolean => /^https:\/\/[^\s<>"'`]+$/.test(url);

/** The first finding about a line, if there is one. */
export const findingAt = (source: Source, findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ where }) => where.some(at => formatSource(at) === formatSource(source)));

/** What could not be measured and why, each sentence once however many cells say it. */
export function allNotes({ cells, environment }: Profile): string[] {
  const notes = [
    ...environment.notes,
    ...cells.flatMap(cell => [
      cell.sampling.note,
      cell.memory.note,
      cell.io.note,
      cell.tracingNote,
    ]),
  ];
  return [...new Set(notes.flatMap(note => (note ? [plain(note)] : [])))];
}

/** The method's name in the profile stands behind the words for it. */
export function memoryMethodWords(method: MemoryMethod): string {
  switch (method) {
    case 'hwm':
      return "peak memory: the system's own mark (hwm)";
    case 'rss':
      return 'peak memory: the greatest sample (rss)';
    case 'trace':
      return "peak memory: Python's allocations (trace)";
    case 'heap':
      return 'peak memory: the heap (heap)';
    case 'unavailable':
      return `peak memory ${NOT_MEASURED}`;
  }
}

export function timeMethodWords(method: Cell['timeMethod']): string {
  switch (method) {
    case 'agent':
      return "time: exact, at the cell's borders (agent)";
    case 'messages':
      return "time: by the dates of the kernel's messages (messages)";
  }
}

/** Phrases that several renderers share, made of the report's numbers by `format.ts`. */
import { OFF_CPU_CAUSES, type Cell, type FunctionNode, type Profile } from '../profile/index.ts';
import { shareOf } from '../profile/units.ts';
import type { Cause, CellReport, HotFunction, Report } from '../report/index.ts';
import {
  baseName,
  formatBytes,
  formatCause,
  formatMs,
  formatRoundShare,
  formatSource,
  lowerFirst,
  plain,
} from './format.ts';
import { memoryMethodWords } from './memory-words.ts';

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

/** `product_similarity()`, `cell [6]`, `pandas read_csv`; `main() at [7]:3` where several are called `main`. */
export function functionName(fn: HotFunction, report: Report): string {
  const cell = fn.topLevelOfCell === null ? undefined : report.cells[fn.topLevelOfCell];
  if (cell) return `cell ${cellNumber(cell)}`;
  const { name, source } = fn;
  const hasNamesake = report.functions.some(
    other => other !== fn && other.name === name && other.topLevelOfCell === null,
  );
  return source && hasNamesake ? `${nodeName(fn)} at ${formatSource(source)}` : nodeName(fn);
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
    case 'children':
      return `${part} waiting for child processes that compute`;
    case 'threads':
      return `${part} waiting for other threads that compute`;
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
    case 'children':
      return 'CPU-bound, in child processes';
    case 'threads':
      return 'CPU-bound, in other threads';
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
  return OFF_CPU_CAUSES.map(cause => ({
    cause,
    share: shareOf(split.offCpuMs[cause], split.wallTimeMs),
  }))
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
      // An interrupt has a name and no message.
      return cell.error
        ? `failed: ${plain([cell.error.name, cell.error.message].filter(Boolean).join(': '), 120)}`
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

export interface Note {
  readonly text: string;
  /** Places in the profile of the cells that say so; none where it holds for the machine. */
  readonly cells: readonly number[];
}

/** What could not be measured and why, each sentence once however many cells say it. */
export function notesOf({ cells, environment }: Profile): Note[] {
  const found = new Map<string, number[]>(environment.notes.map(note => [plain(note), []]));
  for (const [i, { sampling, memory, io, tracingNote }] of cells.entries())
    for (const note of new Set([sampling.note, memory.note, io.note, tracingNote])) {
      if (!note) continue;
      const known = found.get(plain(note));
      if (known) known.push(i);
      else found.set(plain(note), [i]);
    }
  return [...found].map(([text, ofCells]) => ({ text, cells: ofCells }));
}

export const allNotes = (profile: Profile): string[] => notesOf(profile).map(({ text }) => text);

export function timeMethodWords(method: Cell['timeMethod']): string {
  switch (method) {
    case 'agent':
      return "time: exact, at the cell's borders (agent)";
    case 'messages':
      return "time: by the dates of the kernel's messages (messages)";
  }
}

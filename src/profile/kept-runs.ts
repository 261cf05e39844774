/**
 * Runs kept to be compared: where they are, how their files are called, and which of them go when there are too many.
 * The command line and the extension keep them in the same place under the same names. Pure.
 */
import type { Profile } from './schema.ts';

/** Beside the notebook. Hidden folders, `.pyperf`, are refused by Jupyter's contents service as it is set up. */
export const RUNS_FOLDER = 'pyperf-runs';
/** Of each notebook. */
export const MAX_RUNS = 20;
export const MAX_RUNS_BYTES = 200e6;
/** In a folder of ours, for git: runs are large, and of one machine. Who wants them in a repository removes it. */
export const GITIGNORE = '*\n';

const EXTENSION = '.pyperf.json';
/** `analysis 2026-11-22 18.30.05 baseline.pyperf.json`: sorts by date, and every file system takes it. */
const NAME = /^(.+) (\d{4}-\d\d-\d\d) (\d\d)\.(\d\d)\.(\d\d)(?: (.+))?\.pyperf\.json$/;
const MAX_LABEL_LENGTH = 60;

export interface RunName {
  /** The notebook's name without its extension. */
  readonly stem: string;
  readonly endedAt: Date;
  readonly label?: string;
}

export interface KeptFile {
  readonly name: string;
  readonly sizeBytes: number;
}

export function runFileName({ stem, endedAt, label }: RunName): string {
  const ending = label === undefined ? '' : ` ${label}`;
  return `${stem} ${runDate(endedAt)}${ending}${EXTENSION}`;
}

/** `2026-11-22 18.30.05`, in UTC. */
export function runDate(endedAt: Date): string {
  const [day = '', time = ''] = endedAt.toISOString().split('T');
  return `${day} ${time.slice(0, 8).replaceAll(':', '.')}`;
}

/** @returns null for a file that is no kept run. */
export function readRunName(name: string): RunName | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, stem = '', day, hours, minutes, seconds, label] = match;
  const endedAt = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
  if (Number.isNaN(endedAt.getTime())) return null;
  return { stem, endedAt, ...(label !== undefined && { label }) };
}

/** @returns why a label is none, in a sentence; null for a good one. */
export function labelProblem(label: string): string | null {
  if (label.trim() === '' || label !== label.trim()) return 'a label begins and ends with a letter';
  if (label.length > MAX_LABEL_LENGTH) return `a label has at most ${MAX_LABEL_LENGTH} characters`;
  // What some file system refuses in a name, and what would be read as a date.
  if (/[\\/:*?"<>|\p{Cc}\p{Cf}]/u.test(label))
    return 'a label is part of a file name: letters, digits, - and _';
  if (/^\d{4}-\d\d(-|$)/.test(label))
    return 'a label that looks like a date would be taken for one';
  return null;
}

/** Names of one notebook's runs, newest first. */
export const runsOf = (stem: string, names: readonly string[]): string[] =>
  names
    .flatMap(name => {
      const run = readRunName(name);
      return run?.stem === stem ? [{ name, endedMs: run.endedAt.getTime() }] : [];
    })
    .sort((a, b) => b.endedMs - a.endedMs)
    .map(({ name }) => name);

/**
 * Those to drop, so that with the one that was added there are at most `MAX_RUNS` and `MAX_RUNS_BYTES`: the oldest first,
 * those with a label last, the added one never.
 */
export function tooMany(stem: string, files: readonly KeptFile[], added: string): string[] {
  const own = new Set(
    runsOf(
      stem,
      files.map(file => file.name),
    ),
  );
  const sizes = new Map(files.filter(({ name }) => own.has(name)).map(f => [f.name, f.sizeBytes]));
  const names = runsOf(stem, [...new Set([...own, added])]);
  const isLabelled = (name: string) => readRunName(name)?.label !== undefined;
  const oldestFirst = [...names].reverse().filter(name => name !== added);
  const candidates = [
    ...oldestFirst.filter(name => !isLabelled(name)),
    ...oldestFirst.filter(isLabelled),
  ];
  let count = names.length;
  let bytes = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  const dropped: string[] = [];
  for (const name of candidates) {
    if (count <= MAX_RUNS && bytes <= MAX_RUNS_BYTES) break;
    dropped.push(name);
    count -= 1;
    bytes -= sizes.get(name) ?? 0;
  }
  return dropped;
}

/**
 * The run that a word means: `latest`, `previous`, a label (its newest run), or the beginning of a date as it stands in
 * the name. @param names of one notebook's runs, newest first.
 */
export function findRun(
  wanted: string,
  names: readonly string[],
): { readonly name: string } | { readonly problem: string } {
  const place = { latest: 0, previous: 1 }[wanted];
  const labelled = names.find(name => readRunName(name)?.label === wanted);
  if (labelled !== undefined) return { name: labelled };
  if (place !== undefined) {
    const name = names[place];
    return name === undefined ? { problem: `there is no ${wanted} run` } : { name };
  }
  const asWritten = wanted.replace('T', ' ').replaceAll(':', '.').replace(/Z$/, '');
  const dated = names.filter(name => {
    const run = readRunName(name);
    return run !== null && /^\d{4}-/.test(asWritten) && runDate(run.endedAt).startsWith(asWritten);
  });
  const [name, second] = dated;
  if (name === undefined) return { problem: `no kept run has the label or the date "${wanted}"` };
  return second === undefined
    ? { name }
    : { problem: `"${wanted}" is the beginning of ${dated.length} dates; write more of it` };
}

/** What tells a run from the same notebook's other runs. */
export function endOfRun({ cells, startedAt }: Profile): Date {
  const ends = cells.map(cell => Date.parse(cell.startedAt) + cell.wallTimeMs);
  return new Date(ends.reduce((a, b) => Math.max(a, b), Date.parse(startedAt)));
}

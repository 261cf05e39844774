/** How the files of kept runs are called, and which of them go when there are too many. Pure. */

/** Beside the notebook. Hidden folders, `.pyperf`, are refused by Jupyter's contents service as it is set up. */
export const RUNS_FOLDER = 'pyperf-runs';
/** Of each notebook. */
export const MAX_RUNS = 20;

const EXTENSION = '.pyperf.json';
/** `analysis 2026-11-22 18.30.05.pyperf.json`: sorts by date, and every file system takes it. */
const NAME = /^(.+) (\d{4}-\d\d-\d\d) (\d\d)\.(\d\d)\.(\d\d)\.pyperf\.json$/;

export interface RunName {
  readonly stem: string;
  readonly endedAt: Date;
}

/** @param stem the notebook's name without its extension. */
export function runFileName({ stem, endedAt }: RunName): string {
  const [day = '', time = ''] = endedAt.toISOString().split('T');
  return `${stem} ${day} ${time.slice(0, 8).replaceAll(':', '.')}${EXTENSION}`;
}

/** @returns null for a file that is no kept run. */
export function readRunName(name: string): RunName | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, stem = '', day, hours, minutes, seconds] = match;
  const endedAt = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(endedAt.getTime()) ? null : { stem, endedAt };
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

/** Those to drop, so that with one more there are at most `MAX_RUNS`. */
export const tooMany = (stem: string, names: readonly string[], added: string): string[] =>
  runsOf(stem, [...new Set([...names, added])]).slice(MAX_RUNS);

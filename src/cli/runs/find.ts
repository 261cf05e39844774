/** The run that a user means: a file, or a word for a kept run of a notebook. */
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findRun, readRunName, RUNS_FOLDER } from '../../profile/kept-runs.ts';
import type { Profile } from '../../profile/index.ts';
import { CliError } from '../errors.ts';
import { readProfile } from '../files/read-profile.ts';
import { filesIn, RunFolder } from './run-folder.ts';

export interface FoundRun {
  /** As the user would name it. */
  readonly name: string;
  readonly profile: Profile;
}

/**
 * @param wanted a file; else a label, the beginning of a date, `latest` or `previous`.
 * @param notebook whose kept runs are meant; without one those in `pyperf-runs` of the working folder, of its one notebook.
 * @throws CliError in a sentence.
 */
export function findProfile(wanted: string, notebook?: string): FoundRun {
  if (isFile(wanted)) return { name: basename(wanted), profile: readProfile(wanted) };
  // What is written as a file is meant as one.
  if (wanted.endsWith('.json')) return { name: wanted, profile: readProfile(wanted) };
  const folder = new RunFolder(notebook ?? onlyNotebook(wanted));
  const found = findRun(
    wanted,
    folder.list().map(file => file.name),
  );
  if ('problem' in found)
    throw new CliError(
      `${found.problem} (kept runs of ${folder.stem} in ${folder.dir}); jupyter pyperf runs lists them`,
    );
  return { name: wanted, profile: readProfile(join(folder.dir, found.name)) };
}

function onlyNotebook(wanted: string): string {
  const names = [...filesIn(RUNS_FOLDER).keys()];
  const stems = [...new Set(names.flatMap(name => readRunName(name)?.stem ?? []))];
  const [stem, ...others] = stems;
  if (stem === undefined)
    throw new CliError(
      `${wanted} is no file, and there are no kept runs in ${join('.', RUNS_FOLDER)}: name the notebook with --notebook`,
    );
  if (others.length > 0)
    throw new CliError(
      `${wanted} is no file, and ${RUNS_FOLDER} has runs of ${stems.length} notebooks: choose one with --notebook`,
    );
  return `${stem}.ipynb`;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

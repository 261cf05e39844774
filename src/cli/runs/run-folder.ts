/** Kept runs of notebooks on this machine's disk. The extension keeps its runs in the same folder. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import {
  endOfRun,
  GITIGNORE,
  readRunName,
  RUNS_FOLDER,
  runFileName,
  runsOf,
  tooMany,
  type KeptFile,
} from '../../profile/kept-runs.ts';
import { serializeProfile, type Profile } from '../../profile/index.ts';
import { CliError, EXIT, errorCode, systemReason } from '../errors.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeAtomically } from '../files/write.ts';

export class RunFolder {
  readonly dir: string;
  readonly stem: string;

  /** @param notebook its path; it need not be there any more. */
  constructor(readonly notebook: string) {
    this.dir = join(dirname(notebook), RUNS_FOLDER);
    this.stem = basename(notebook, extname(notebook));
  }

  /** Newest first; none where nothing was kept. @throws CliError in a sentence. */
  list(): KeptFile[] {
    const files = filesIn(this.dir);
    return runsOf(this.stem, [...files.keys()]).map(name => ({
      name,
      sizeBytes: files.get(name) ?? 0,
    }));
  }

  /**
   * The same run again replaces itself; then the oldest go, when there are too many or they are too large. A run that
   * cannot be written leaves those that are there as they were.
   * @returns the file's path.
   * @throws CliError in a sentence.
   */
  keep(profile: Profile, label?: string): string {
    const name = runFileName({
      stem: this.stem,
      endedAt: endOfRun(profile),
      ...(label !== undefined && { label }),
    });
    const path = join(this.dir, name);
    try {
      makeFolder(this.dir);
    } catch (error) {
      throw new CliError(
        `cannot keep the run in ${this.dir}: ${systemReason(error)}`,
        EXIT.failed,
        {
          cause: error,
        },
      );
    }
    if (!existsSync(join(this.dir, '.gitignore')))
      writeAtomically(join(this.dir, '.gitignore'), GITIGNORE);
    writeAtomically(path, `${serializeProfile(profile)}\n`);
    // What could not be removed this time is removed with the next run.
    for (const old of tooMany(this.stem, this.list(), name))
      rmSync(join(this.dir, old), { force: true });
    return path;
  }
}

/** Names of all files in a folder of runs, with their sizes. */
export function filesIn(dir: string): ReadonlyMap<string, number> {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return new Map();
    throw new CliError(`cannot read ${dir}: ${systemReason(error)}`, EXIT.usage, { cause: error });
  }
  return new Map(
    names
      .filter(name => readRunName(name) !== null)
      .map(name => [name, statSync(join(dir, name), { throwIfNoEntry: false })?.size ?? 0]),
  );
}

/**
 * Runs kept to be compared: files in `pyperf-runs` beside the notebook, written through Jupyter's contents service. So
 * they are where the notebook is, whoever opens it from wherever; they show in the file browser, open in our viewer,
 * serve `jupyter pyperf compare`, and go into version control or not as their owner likes.
 */
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import { parseProfileText, serializeProfile, type Profile } from '../../../src/profile/index.ts';
import {
  endOfRun,
  GITIGNORE,
  readRunName,
  RUNS_FOLDER,
  runFileName,
  runsOf,
  tooMany,
} from '../../../src/profile/kept-runs.ts';
import { reasonOf, ServerFolder } from './server-folder.ts';

export interface KeptRun {
  readonly name: string;
  readonly endedAt: Date;
  /** That the user gave it. */
  readonly label: string | null;
  /** Null where the server does not tell. */
  readonly sizeBytes: number | null;
}

export class KeptRuns {
  readonly #folder: ServerFolder;
  readonly #stem: string;
  /** Parsed files; a run's file never changes under its name but by `keep`. */
  readonly #read = new Map<string, Promise<Profile>>();

  constructor(
    private readonly contents: Contents.IManager,
    notebookPath: string,
  ) {
    this.#folder = new ServerFolder(contents, notebookPath, RUNS_FOLDER);
    const name = PathExt.basename(contents.localPath(notebookPath));
    this.#stem = name.slice(0, name.length - PathExt.extname(name).length) || name;
  }

  /** Tells when runs are kept or dropped, by whomever in this browser. @returns ends it. */
  watch(changed: () => void): () => void {
    const prefix = this.#folder.pathOf('');
    const look = (_: unknown, { oldValue, newValue }: Contents.IChangedArgs) => {
      const paths = [oldValue?.path, newValue?.path].filter(path => path?.startsWith(prefix));
      for (const path of paths) this.#read.delete(path?.slice(prefix.length) ?? '');
      if (paths.length > 0) changed();
    };
    this.contents.fileChanged.connect(look);
    return () => void this.contents.fileChanged.disconnect(look);
  }

  get folder(): string {
    return this.#folder.name;
  }

  /** Newest first. @throws Error with a sentence. */
  async list(): Promise<KeptRun[]> {
    const files = await this.#try('read', () => this.#folder.list());
    const sizes = new Map(files.map(({ name, size }) => [name, size ?? null]));
    return runsOf(this.#stem, [...sizes.keys()]).flatMap(name => {
      const run = readRunName(name);
      if (!run) return [];
      const { endedAt, label = null } = run;
      return [{ name, endedAt, label, sizeBytes: sizes.get(name) ?? null }];
    });
  }

  /** The same run again replaces itself; the oldest run goes when there are too many. @throws Error with a sentence. */
  async keep(profile: Profile): Promise<string> {
    const name = runFileName({ stem: this.#stem, endedAt: endOfRun(profile) });
    await this.#try('write to', async () => {
      if (await this.#folder.make()) await this.#hideFromGit();
      await this.#folder.write(name, `${serializeProfile(profile)}\n`);
    });
    await this.#dropOldest(name);
    return name;
  }

  /** @throws Error with a sentence. */
  read(name: string): Promise<Profile> {
    let profile = this.#read.get(name);
    if (!profile) {
      profile = this.#try('read', () => this.#folder.read(name)).then(text =>
        parseProfileText(text, name),
      );
      this.#read.set(name, profile);
      // Next time it may be there.
      profile.catch(() => this.#read.delete(name));
    }
    return profile;
  }

  /** @throws Error with a sentence. */
  async drop(name: string): Promise<void> {
    await this.#try('write to', () => this.#folder.remove(name));
    this.#read.delete(name);
  }

  pathOf(name: string): string {
    return this.#folder.pathOf(name);
  }

  /** A server that allows no hidden files refuses it; the command line writes it then, when it keeps its first run. */
  async #hideFromGit(): Promise<void> {
    await this.#folder.write('.gitignore', GITIGNORE).catch(() => undefined);
  }

  /** What could not be removed this time is removed with the next run. */
  async #dropOldest(added: string): Promise<void> {
    const files = (await this.#folder.list().catch(() => [])).map(({ name, size }) => ({
      name,
      sizeBytes: size ?? 0,
    }));
    for (const name of tooMany(this.#stem, files, added))
      await this.drop(name).catch(() => undefined);
  }

  async #try<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new Error(`PyPerf could not ${what} ${this.#folder.name}: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }
}

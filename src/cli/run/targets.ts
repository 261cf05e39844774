/** Where each notebook's files go, so that no input is touched and no two notebooks meet. */
import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { CliError } from '../errors.ts';

export interface Target {
  /** The input as the user named it. */
  readonly path: string;
  /** The folder that the kernel runs in. */
  readonly folder: string;
  readonly outDir: string;
  /** The files' name without an ending. */
  readonly stem: string;
}

/**
 * Notebooks of one name get their folder's name in front, and a number where that is not enough.
 * @throws CliError when a result would overwrite an input.
 */
export function planTargets(paths: readonly string[], outDir: string): Target[] {
  const stems = distinctStems(paths);
  const targets = paths.map((path, at) => ({
    path,
    folder: dirname(resolve(path)),
    outDir,
    stem: stems[at] as string,
  }));
  const inputs = new Set(paths.map(realPath));
  for (const { stem, path } of targets)
    if (inputs.has(realPath(join(outDir, `${stem}.ipynb`))))
      throw new CliError(
        `${outDir} is the folder of ${path} itself, and PyPerf never overwrites an input: choose another with --out`,
      );
  return targets;
}

function distinctStems(paths: readonly string[]): string[] {
  const plain = paths.map(path => basename(path, extname(path)));
  // Some file systems do not tell upper case from lower case.
  const counts = new Map<string, number>();
  for (const stem of plain) counts.set(fold(stem), (counts.get(fold(stem)) ?? 0) + 1);
  const used = new Set<string>();
  return paths.map((path, at) => {
    const stem = plain[at] as string;
    const meets = (counts.get(fold(stem)) ?? 0) > 1;
    const wanted = meets ? `${basename(dirname(resolve(path)))}-${stem}` : stem;
    let free = wanted;
    for (let n = 2; used.has(fold(free)); n += 1) free = `${wanted}-${n}`;
    used.add(fold(free));
    return free;
  });
}

const fold = (name: string): string => name.toLowerCase();

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

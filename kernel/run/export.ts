/** `--export PATH` and `%pyperf export PATH`: the report as a file, its format told by the ending. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Profile } from '../../src/profile/index.ts';
import { buildReport } from '../../src/report/index.ts';
import { renderers, type Format } from '../../src/render/index.ts';
import { stderr, stdout, type Answer } from './answers.ts';

/** @param path relative to the kernel's first working directory, as it was when Jupyter started it. */
export function exportTo(path: string, profile: Profile): Answer {
  const format = formatOf(path);
  if (format === undefined) return stderr(`PyPerf did not write ${path}: ${endings()}\n`);
  const file = resolve(path);
  const partial = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Whole or not at all: a full disk must not cost the report that was there before.
    writeFileSync(partial, renderers[format].render(buildReport(profile)));
    renameSync(partial, file);
    return stdout(`PyPerf wrote ${file}\n`);
  } catch (error) {
    rmSync(partial, { force: true });
    return stderr(`PyPerf could not write ${file}: ${(error as Error).message}\n`);
  }
}

const formats = Object.keys(renderers) as Format[];

/** The longest ending wins: `.speedscope.json` before `.json`. */
function formatOf(path: string): Format | undefined {
  const endsWith = (extension: string): boolean => path.toLowerCase().endsWith(`.${extension}`);
  return formats
    .filter(
      format => endsWith(renderers[format].extension) || (format === 'json' && endsWith('json')),
    )
    .sort((a, b) => renderers[b].extension.length - renderers[a].extension.length)
    .find(format => format !== 'json' || !endsWith('speedscope.json'));
}

const endings = (): string =>
  `the ending must be one of ${formats.map(format => `.${renderers[format].extension}`).join(', ')}.`;

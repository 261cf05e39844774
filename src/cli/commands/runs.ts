/** `jupyter pyperf runs`: the kept runs of a notebook. */
import { join } from 'node:path';
import { totalRun } from '../../analysis/index.ts';
import { readRunName, runDate } from '../../profile/kept-runs.ts';
import { alignTable } from '../../render/align.ts';
import { formatBytes, formatMeasured, formatMs, plain } from '../../render/format.ts';
import { CliError, EXIT, type ExitCode } from '../errors.ts';
import { readProfile } from '../files/read-profile.ts';
import { RunFolder } from '../runs/run-folder.ts';

const HEAD = ['Run (UTC)', 'Label', 'Time', 'Peak memory', 'Findings', 'Size'];

/** @throws CliError */
export function runsCommand(notebook: string): ExitCode {
  const folder = new RunFolder(notebook);
  const files = folder.list();
  if (files.length === 0) {
    process.stdout.write(
      `No run of ${notebook} is kept. jupyter pyperf run --keep keeps one in ${folder.dir}, and so does Profile notebook in JupyterLab.\n`,
    );
    return EXIT.ok;
  }
  const rows = files.map(({ name, sizeBytes }) => {
    const run = readRunName(name);
    return [
      run ? runDate(run.endedAt) : '',
      plain(run?.label ?? ''),
      ...figures(join(folder.dir, name)),
      formatBytes(sizeBytes),
    ];
  });
  process.stdout.write(
    [`Kept in ${folder.dir}, newest first:`, ...alignTable([HEAD, ...rows], [0, 1]), ''].join('\n'),
  );
  return EXIT.ok;
}

/** A damaged file does not hide the others. */
function figures(path: string): string[] {
  try {
    const { cells, findings } = readProfile(path);
    const { wallTimeMs, peakRssBytes } = totalRun(cells);
    return [
      formatMs(wallTimeMs),
      formatMeasured(peakRssBytes, formatBytes),
      String(findings.length),
    ];
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return ['cannot be read', '', ''];
  }
}

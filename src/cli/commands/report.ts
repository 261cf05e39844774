/** `jupyter pyperf report`: renders a stored profile again. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseProfileText, ProfileError } from '../../profile/index.ts';
import { renderers, type Format } from '../../render/index.ts';
import { buildReport } from '../../report/index.ts';
import { CliError, EXIT, systemReason, type ExitCode } from '../errors.ts';
import { prepareFolder, writeAtomically } from '../files/write.ts';

export interface ReportOptions {
  readonly format: Format;
  /** A file; standard output without it. */
  readonly out?: string;
}

/** @throws CliError */
export function reportCommand(path: string, { format, out }: ReportOptions): ExitCode {
  const text = renderers[format].render(buildReport(readProfile(path)));
  if (out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  else {
    prepareFolder(dirname(out));
    writeAtomically(out, text);
  }
  return EXIT.ok;
}

function readProfile(path: string): ReturnType<typeof parseProfileText> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${systemReason(error)}`, EXIT.usage, { cause: error });
  }
  try {
    return parseProfileText(text, path);
  } catch (error) {
    if (error instanceof ProfileError) throw new CliError(error.message);
    throw error;
  }
}

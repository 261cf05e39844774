/** `jupyter pyperf report`: renders a stored profile again. */
import { renderers, type Format } from '../../render/index.ts';
import { buildReport } from '../../report/index.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readProfile } from '../files/read-profile.ts';
import { writeText } from '../files/write-text.ts';

export interface ReportOptions {
  readonly format: Format;
  /** A file; standard output without it. */
  readonly out?: string;
}

/** @throws CliError */
export function reportCommand(path: string, { format, out }: ReportOptions): ExitCode {
  writeText(renderers[format].render(buildReport(readProfile(path))), out);
  return EXIT.ok;
}

/** `jupyter pyperf compare`: two runs beside each other. */
import { comparisonRenderers, type ComparisonFormat } from '../../render/comparison/index.ts';
import { buildReport, compareReports } from '../../report/index.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { writeText } from '../files/write-text.ts';
import { findProfile, type FoundRun } from '../runs/find.ts';

export interface CompareOptions {
  readonly format: ComparisonFormat;
  /** A file; standard output without it. */
  readonly out?: string;
  /** Whose kept runs labels and dates mean. */
  readonly notebook?: string;
}

/** @throws CliError */
export function compareCommand(
  before: string,
  after: string,
  { format, out, notebook }: CompareOptions,
): ExitCode {
  const side = ({ name, profile }: FoundRun) => ({ name, report: buildReport(profile) });
  const comparison = compareReports(
    side(findProfile(before, notebook)),
    side(findProfile(after, notebook)),
  );
  writeText(comparisonRenderers[format](comparison), out);
  return EXIT.ok;
}

/** From an output's data to a report, or to the sentence that says why there is none. */
import { parseProfile, ProfileError } from '../../../src/profile/index.ts';
import { buildReport, type CellReport, type Report } from '../../../src/report/index.ts';

export type OutputContent =
  { readonly report: Report; readonly cell: CellReport } | { readonly problem: string };

export function readOutput(data: unknown): OutputContent {
  try {
    const report = buildReport(parseProfile(data, 'This output'));
    const cell = report.cells.at(-1);
    return cell ? { report, cell } : { problem: 'This output holds no cell.' };
  } catch (error) {
    if (error instanceof ProfileError) return { problem: error.message };
    return { problem: `This output could not be read: ${String(error)}` };
  }
}

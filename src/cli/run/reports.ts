/** The files of a finished run: the executed notebook and its reports. */
import { join } from 'node:path';
import { serializeProfile, type Profile } from '../../profile/index.ts';
import { formatNotebook, type NotebookFile } from '../notebook/file.ts';
import type { CollectedProfile } from './collected-profile.ts';
import type { Target } from './targets.ts';
import { writeAtomically } from './write.ts';

export const REPORT_FORMATS = ['json', 'html', 'md', 'csv', 'txt'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export function writeReports(
  target: Target,
  file: NotebookFile,
  collected: CollectedProfile,
  formats: readonly ReportFormat[],
): string[] {
  const names: string[] = [];
  const write = (name: string, text: string): void => {
    writeAtomically(join(target.outDir, name), text);
    names.push(name);
  };
  write(`${target.stem}.ipynb`, formatNotebook(file));
  const profile: Profile | undefined = collected.merged(target.path);
  if (profile && formats.includes('json'))
    write(`${target.stem}.pyperf.json`, serializeProfile(profile, 1));
  return names;
}
export function summarize(collected: CollectedProfile, target: Target): string | undefined {
  return collected
    .merged(target.path)
    ?.cells.map(c => `${c.index} ${c.label ?? ''} ${c.wallTimeMs}`)
    .join('\n');
}

/** A profile as the notebook in which it was measured. */
import type { Profile } from '../../../src/profile/index.ts';
import type { NotebookFile } from './notebook-file.ts';
import { savedOutput } from './saved.ts';

/** A notebook whose cells have the profile's figures as saved outputs. */
export function notebookOf(name: string, profile: Profile): NotebookFile {
  return {
    name,
    cells: profile.cells.map((cell, i) => ({
      source: cell.source,
      ...(cell.executionCount !== null && { executionCount: cell.executionCount }),
      outputs: [
        savedOutput({
          ...profile,
          cells: [{ ...cell, cellId: `cell-${i}` }],
          findings: profile.findings.filter(({ where }) =>
            where.some(w => 'executionCount' in w && w.executionCount === cell.executionCount),
          ),
        }),
      ],
    })),
  };
}

/** Cells given line by line, as the tests here write them. */
import { stdoutOf } from '../../support/jupyter-client.ts';
import type { StartedKernel } from '../../support/kernels.ts';
import { profileCell, type ProfiledCell } from '../run/profiled-cell.ts';

export interface Cells {
  /** @returns what the cell printed. */
  readonly run: (...lines: string[]) => Promise<string>;
  /** The first line is the `%%pyperf`. */
  readonly profiled: (...lines: string[]) => Promise<ProfiledCell>;
}

/** @param kernel is asked for with each cell: it starts after the tests were declared. */
export const cellsOf = (kernel: () => StartedKernel): Cells => ({
  run: async (...lines) => {
    const { published } = await kernel().client.execute(lines.join('\n'));
    return published.flatMap(stdoutOf).join('');
  },
  profiled: (...lines) => profileCell(kernel().client, lines.join('\n')),
});

/** The detail of a cell of which a language has nothing to tell. */
import { ms } from '../../src/profile/units.ts';
import type { CellDetail } from './adapter.ts';

/** @param note why, a sentence for the report */
export const noDetail = (note?: string): CellDetail => ({
  offCpuMs: null,
  lines: [],
  functions: [],
  variables: [],
  files: [],
  sampling: {
    method: 'none',
    intervalMs: ms(0),
    samples: 0,
    dropped: 0,
    ...(note !== undefined && { note }),
  },
});

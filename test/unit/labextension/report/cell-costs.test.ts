import { expect, it } from 'vitest';
import { cellRows } from '../../../../labextension/src/report/cell-costs.ts';
import { bytes } from '../../../../src/profile/index.ts';
import { buildReport } from '../../../../src/report/index.ts';
import { buildCell, buildProfile, MB } from '../../../support/profiles.ts';

it('gives each cell its costs, beside the run and beside the dearest', () => {
  const rows = cellRows(
    buildReport(
      buildProfile([
        buildCell({ wallTimeMs: 1000, io: { note: 'no /proc' } }),
        buildCell({ wallTimeMs: 3000, io: { readBytes: bytes(2 * MB) } }),
      ]),
    ),
  );
  expect(rows.map(row => row.time)).toEqual([
    { cost: 1000, shareOfRun: 0.25, shareOfDearest: 1000 / 3000 },
    { cost: 3000, shareOfRun: 0.75, shareOfDearest: 1 },
  ]);
  expect(rows.map(row => row.io)).toEqual([
    null,
    { cost: 2 * MB, shareOfRun: 1, shareOfDearest: 1 },
  ]);
});

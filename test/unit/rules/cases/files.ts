/** Rules about files. */
import { bytes, ms } from '../../../../src/profile/index.ts';
import { heatedCell } from '../../../support/heated.ts';
import { at } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const READ = `raw = pd.read_csv("variants.csv")   #> 1200 | pandas read_csv 1190`;

const opened = (opens: number, line: number) => ({
  files: [
    {
      path: '/data/variants.csv',
      readBytes: bytes(4e8),
      waitMs: ms(100),
      opens,
      sources: [at(1, line)],
    },
  ],
});

export const fileCases: readonly RuleCase[] = [
  {
    rule: 'csv-reads',
    fires: [{ name: 'a large file', at: '[1]:1', code: READ }],
    silent: [
      {
        name: 'a columnar file',
        code: `raw = pd.read_parquet("v.parquet")   #> 1200 | pandas read_parquet 1190`,
      },
      { name: 'cold', code: `${READ}\ntrain(raw)   #> 90000` },
      {
        name: 'something else of that name',
        code: `raw = vendor.read_csv("v.csv")   #> 1200 | vendor read 1190`,
      },
    ],
  },
  {
    rule: 'repeated-reads',
    fires: [
      {
        name: 'three times by one line',
        at: '[1]:2',
        code: `for part in parts:
    raw = pd.read_csv("variants.csv")   #> 1200 | pandas read_csv 1190`,
        cell: { io: opened(3, 2) },
      },
      {
        name: 'once in each of two cells',
        at: '[1]:1',
        cells: [
          heatedCell(READ, { io: opened(1, 1) }),
          heatedCell(`again = pd.read_csv("variants.csv")   #> 1100 | pandas read_csv 1090`, {
            executionCount: 2,
            io: { files: opened(1, 1).files.map(file => ({ ...file, sources: [at(2, 1)] })) },
          }),
        ],
      },
    ],
    silent: [
      { name: 'once', code: READ, cell: { io: opened(1, 1) } },
      {
        name: 'often, but quickly',
        code: `x = 1   #> 5\nwork()   #> 9000`,
        cell: { io: opened(4, 1) },
      },
    ],
  },
];

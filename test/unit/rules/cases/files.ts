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

const pictures = (count: number) => ({
  files: Array.from({ length: count }, (_, i) => ({
    path: `/data/${i}.npz`,
    waitMs: ms(1),
    opens: 1,
    sources: [at(1, 2)],
  })),
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
        name: 'by imports',
        code: READ,
        cell: {
          io: {
            files: opened(3, 1).files.map(file => ({ ...file, path: '/usr/lib/python311.zip' })),
          },
        },
      },
      {
        name: 'often, but quickly',
        code: `x = 1   #> 5\nwork()   #> 9000`,
        cell: { io: opened(4, 1) },
      },
    ],
  },
  {
    rule: 'csv-slow-parser',
    fires: [
      {
        name: 'the Python engine',
        at: '[1]:2',
        code: `for path in paths:
    month = pd.read_csv(path, engine="python", sep=None)   #> 1200 | pandas read_csv 1190`,
      },
      {
        name: 'a converter',
        at: '[1]:1',
        code: `quotes = pd.read_csv(path, converters={"close": Decimal})   #> 1200 | pandas read_csv 1190`,
      },
    ],
    silent: [{ name: 'the C engine', code: READ }],
  },
  {
    rule: 'parse-by-hand',
    fires: [
      {
        name: 'split',
        at: '[1]:2',
        code: `for line in file:        #> 300
    fields = line.split(",")   #> 900
    rows.append(float(fields[2]))   #> 500`,
      },
    ],
    silent: [
      { name: 'pandas', code: READ },
      {
        name: 'once',
        code: `fields = header.split(",")   #> 900`,
      },
    ],
  },
  {
    rule: 'many-small-files',
    fires: [
      {
        name: 'a picture a file',
        at: '[1]:2',
        code: `def load(number):
    return np.load(f"{number}.npz")["image"]   #> 900 | numpy load 890
images = [load(number) for number in numbers]   #> 10/910`,
        cell: { io: pictures(80) },
      },
    ],
    silent: [
      {
        name: 'a few',
        code: `def load(number):
    return np.load(f"{number}.npz")["image"]   #> 900 | numpy load 890`,
        cell: { io: pictures(8) },
      },
    ],
  },
  {
    rule: 'tiny-writes',
    fires: [
      {
        name: 'opened for each line',
        at: '[1]:2',
        code: `for row in rows:
    with open(path, "a") as file:   #> 900 @disk 300
        file.write(row)             #> 100`,
      },
      {
        name: 'flushed for each line',
        at: '[1]:3',
        code: `for row in rows:
    file.write(row)   #> 100
    file.flush()      #> 900 @disk 800`,
      },
    ],
    silent: [
      {
        name: 'a file for each item',
        code: `for name in names:
    with open(name, "w") as file:   #> 900 @disk 300
        file.write(texts[name])     #> 100`,
      },
    ],
  },
  {
    rule: 'slow-compression',
    fires: [
      {
        name: 'the highest level',
        at: '[1]:1',
        code: `joblib.dump(model, path, compress=9)   #> 900 | joblib dump 890`,
      },
    ],
    silent: [
      {
        name: 'a low level',
        code: `joblib.dump(model, path, compress=1)   #> 900 | joblib dump 890`,
      },
    ],
  },
];

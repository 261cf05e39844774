import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentVariablesSchema } from '../../../kernel/languages/python/agent-data.ts';
import type { Variable } from '../../../src/profile/index.ts';
import { canImport, has, libraryPython, pythons, runProgram } from './pythons.ts';

const within = (share: number, actual: number, expected: number, what = ''): void => {
  expect(Math.abs(actual / expected - 1), `${what} ${actual} against ${expected}`).toBeLessThan(
    share,
  );
};

const HostileSchema = z.object({
  calls: z.array(z.string()),
  newModules: z.array(z.string()),
  newNames: z.array(z.string()),
  variables: AgentVariablesSchema,
});

const MeasuredSchema = z.object({
  sizeBytes: z.number(),
  partial: z.boolean(),
  tookMs: z.number(),
});
const KnownSchema = z.record(
  z.string(),
  z.object({ trueBytes: z.number(), brief: MeasuredSchema, long: MeasuredSchema }),
);

/** Where the walk can only begin: told as lower bounds. */
const DEEP = ['chain'];

describe.each(pythons)('Python %s', (version, python) => {
  it.skipIf(!has(python))('runs none of the user’s code and loads nothing', async () => {
    const result = HostileSchema.parse(await runProgram(python, 'hostile'));
    expect(result.calls).toEqual([]);
    expect(result.newModules).toEqual([]);
    expect(result.newNames).toEqual([]);
    const sizes = new Map(result.variables.map(({ name, sizeBytes }) => [name, sizeBytes]));
    for (const name of ['instance', 'slots', 'list_kind', 'dict_kind', 'tuple_kind', 'text_kind'])
      within(0.02, sizes.get(name) ?? 0, 1_000_000);
    expect(sizes.has('lazy_module')).toBe(false);
  });

  // PyPy has no tracemalloc to compare with.
  it.skipIf(!has(python) || version === 'PyPy')(
    'tells sizes within 2 % in a second, and lower bounds in 50 ms',
    async () => {
      const known = KnownSchema.parse(await runProgram(python, 'known_sizes'));
      for (const [name, { trueBytes, brief, long }] of Object.entries(known)) {
        within(0.02, long.sizeBytes, trueBytes, name);
        expect(brief.sizeBytes, name).toBeLessThan(trueBytes * 1.02);
        if (!DEEP.includes(name)) within(0.05, brief.sizeBytes, trueBytes, name);
        if (!brief.partial) within(0.02, brief.sizeBytes, trueBytes, name);
        expect(brief.tookMs, name).toBeLessThan(75);
      }
    },
  );

  it.skipIf(!has(python))('names shared objects once and tells what grew', async () => {
    const result = z
      .object({
        first: AgentVariablesSchema,
        second: AgentVariablesSchema,
        third: AgentVariablesSchema,
        kept: z.boolean(),
      })
      .parse(await runProgram(python, 'shared_and_grown'));
    const [first, second, third] = [result.first, result.second, result.third].map(
      list => new Map(list.map(variable => [variable.name, variable])),
    ) as [Map<string, Variable>, Map<string, Variable>, Map<string, Variable>];
    expect([...first.keys()].sort()).toEqual(
      ['Out[7]', '_private', 'cache', 'first', 'second', 'slice_', 'steady'].sort(),
    );
    expect(first.get('second')).toMatchObject({ sizeBytes: 0, sharedWith: 'first' });
    expect(first.get('slice_')?.sharedWith).toBe('first');
    expect(first.get('cache')?.growthBytes).toBeUndefined();
    expect(second.get('fresh')?.growthBytes).toBeUndefined();
    within(0.06, second.get('cache')?.growthBytes ?? 0, 1_033_000);
    within(0.06, second.get('first')?.growthBytes ?? 0, 103_300);
    within(0.02, second.get('steady')?.growthBytes ?? 0, -100_000);
    expect(second.get('second')?.growthBytes).toBe(0);
    expect(second.get('a_second_name')?.sharedWith).toBe('cache');
    expect(third.get('second')?.sharedWith).toBeUndefined();
    expect(third.get('second')?.growthBytes).toBe(0);
    expect(result.kept).toBe(false);
  });
});

const LibrarySchema = z.object({
  variables: z.record(z.string(), AgentVariablesSchema.element),
  tookMs: z.number(),
  newModules: z.array(z.string()),
  called: z.array(z.string()),
});

/** `[type, shape, bytes, shared with]`. */
type Expected = readonly [string, string | undefined, number, string?];

const LIBRARIES: Record<string, Record<string, Expected>> = {
  numpy: {
    huge: ['numpy.ndarray', '1,250,000,000 items', 1e10],
    view: ['numpy.ndarray', '625,000,000 items', 112, 'huge'],
    grid: ['numpy.ndarray', '1,000 × 1,000', 4e6],
    masked: ['numpy.ma.MaskedArray', '100,000 items', 900_000],
    many_views: ['list', '5,000 items', 602_000, 'huge'],
    arrays: ['list', '5,000 items', 40_600_000],
    only_view: ['numpy.ndarray', '10 items', 8e6],
    objects: ['numpy.ndarray', '1,000 items', 1_041_000],
  },
  pandas: {
    frame: ['pandas.DataFrame', '100,000 × 4', 3_200_000],
    column: ['pandas.Series', '100,000 items', 1_500, 'frame'],
    shallow: ['pandas.DataFrame', '100,000 × 4', 1_450, 'frame'],
    deep: ['pandas.DataFrame', '100,000 × 4', 3_200_000],
    objects: ['pandas.Series', '10,000 items', 1_410_000],
    // Arrow's text where pandas has it, else Python's own: 49 + 11 bytes each, and a pointer.
    texts: [
      'pandas.Series',
      '100,000 items',
      canImport(libraryPython, 'pyarrow') ? 1_900_000 : 6_800_000,
    ],
    kinds: ['pandas.Series', '100,000 items', 100_000],
    times: ['pandas.DatetimeIndex', '100,000 items', 800_000],
    pairs: ['pandas.MultiIndex', '100,000 items', 300_000],
  },
  pyarrow: {
    table: ['pyarrow.Table', '1,000,000 × 1', 8e6],
    part: ['pyarrow.Table', '10 × 1', 264, 'table'],
    texts: ['pyarrow.StringArray', '100,000 items', 1_500_000],
    array: ['numpy.ndarray', '1,000,000 items', 208, 'table'],
  },
  polars: {
    frame: ['polars.DataFrame', '1,000,000 × 1', 8e6],
    series: ['polars.Series', '500,000 items', 4e6],
    lazy: ['polars.LazyFrame', undefined, 432],
  },
  torch: {
    tensor: ['torch.Tensor', '1,000 × 1,000', 4e6],
    view: ['torch.Tensor', '10 × 1,000', 80, 'tensor'],
    array: ['numpy.ndarray', '1,000 × 1,000', 192, 'tensor'],
    layer: ['torch.nn.Linear', undefined, 4_004_000],
    weights: ['torch.nn.Parameter', '1,000 × 1,000', 0, 'layer'],
    meta: ['torch.Tensor (meta)', '1,000 items', 80],
    spy: ['Spy', undefined, 80],
  },
  scipy: { matrix: ['scipy.sparse.csr_matrix', '1,000 × 1,000', 124_000] },
};

describe.each(Object.entries(LIBRARIES))('%s', (library, expected) => {
  it.skipIf(!canImport(libraryPython, library))('sizes, shapes and what is shared', async () => {
    const result = LibrarySchema.parse(await runProgram(libraryPython, 'library_sizes', library));
    expect(result.newModules).toEqual([]);
    expect(result.called).toEqual([]);
    expect(result.tookMs).toBeLessThan(150);
    for (const [name, [type, shape, sizeBytes, sharedWith]] of Object.entries(expected)) {
      const found = result.variables[name];
      expect(found, name).toMatchObject({ name, type, ...(shape ? { shape } : {}) });
      expect(found?.sharedWith, name).toBe(sharedWith);
      const tolerance = Math.max(sizeBytes * 0.02, 6_000);
      expect(Math.abs((found?.sizeBytes ?? 0) - sizeBytes), name).toBeLessThan(tolerance);
    }
  });
});

it.skipIf(!canImport(libraryPython, 'pandas'))(
  'runs no code of numpy’s and pandas’ subclasses',
  async () => {
    const result = HostileSchema.parse(await runProgram(libraryPython, 'hostile', 'libraries'));
    expect(result.calls).toEqual([]);
    const sizes = new Map(result.variables.map(({ name, sizeBytes }) => [name, sizeBytes]));
    within(0.02, sizes.get('array') ?? 0, 1_000_000);
    within(0.02, sizes.get('frame') ?? 0, 1_000_000);
  },
);

/** Which containers grew while a cell ran, by the way to them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { cellsOf } from './cells.ts';

let kernel: StartedKernel;
let folder: string;

const { run, profiled } = cellsOf(() => kernel);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-containers-'));
  kernel = await startWrappedKernel({ cwd: folder });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

describe('containers that grew', () => {
  it('finds them in classes, instances, slots, modules and lists of objects', async () => {
    await run(
      'import collections',
      'open("prices.py", "w").write("CACHE = {}\\nclass Feed:\\n    seen = set()\\n")',
      'import prices',
      'class RiskCalculator:',
      '    historical_data_cache = {}',
      '    def __init__(self): self.history = [1, 2]; self.small = []',
      'class Slotted:',
      '    __slots__ = ("ring", "unset")',
      'risk = RiskCalculator()',
      'slotted = Slotted(); slotted.ring = collections.deque()',
      'workers = [RiskCalculator() for _ in range(3)]',
      'steady = list(range(5000))',
    );
    const { cell } = await profiled(
      '%%pyperf',
      'for i in range(2000):',
      '    risk.historical_data_cache[i] = bytes(1000)',
      '    risk.history.append(i + 10**6)',
      '    slotted.ring.append(i)',
      '    prices.CACHE[i] = str(i)',
      '    prices.Feed.seen.add(i)',
      '    workers[1].history.append(str(i))',
      'risk.small.append(1)',
      'made = [bytes(100) for _ in range(300)]',
    );
    const grown = cell.containers ?? [];
    const growth = Object.fromEntries(grown.map(one => [one.path, one.itemsGrowth]));
    expect(growth).toEqual({
      'RiskCalculator.historical_data_cache': 2000,
      'risk.history': 2000,
      'slotted.ring': 2000,
      'prices.CACHE': 2000,
      'prices.Feed.seen': 2000,
      'workers[1].history': 2000,
      made: 300,
    });
    const [largest] = grown;
    expect(largest).toMatchObject({
      path: 'RiskCalculator.historical_data_cache',
      type: 'dict',
      items: 2000,
    });
    expect(Math.abs((largest?.growthBytes ?? 0) / (2000 * (1033 + 28 + 40)) - 1)).toBeLessThan(0.1);
    expect(grown.filter(one => one.created).map(one => one.path)).toEqual(['made']);
  });

  it('finds one in a module that only another module imports', async () => {
    await run(
      'open("features.py", "w").write("feature_cache = {}\\ndef add(n):\\n    for i in range(n): feature_cache[i] = str(i)\\n")',
      'open("trainer.py", "w").write("import features\\ndef epoch(n): features.add(n)\\n")',
      'from trainer import epoch',
    );
    const { cell } = await profiled('%%pyperf', 'epoch(500)');
    expect(cell.containers).toMatchObject([
      { path: 'features.feature_cache', items: 500, itemsGrowth: 500 },
    ]);
  });

  it('tells of few items that are large, and of nothing that did not grow', async () => {
    await run('import numpy as np', 'class Model: pass', 'model = Model(); model.kept = []');
    const { cell } = await profiled(
      '%%pyperf',
      'shared = np.zeros(4_000_000)',
      'for i in range(6): model.kept.append(np.ones(250_000))',
      'views = [shared[:10] for _ in range(50)]',
      'steady = list(steady)',
    );
    expect(cell.containers?.map(one => [one.path, one.itemsGrowth])).toEqual([['model.kept', 6]]);
    expect(Math.abs((cell.containers?.[0]?.growthBytes ?? 0) / (6 * 2_000_000) - 1)).toBeLessThan(
      0.05,
    );
    const again = await profiled('%%pyperf', 'len(model.kept)');
    expect(again.cell.containers).toEqual([]);
  });

  it('counts what grew since the profiled cell itself began', async () => {
    await run('for i in range(500): model.kept.append(i)');
    const { cell } = await profiled('%%pyperf', 'model.kept.extend(range(150))');
    expect(cell.containers).toMatchObject([{ path: 'model.kept', itemsGrowth: 150 }]);
  });

  it('runs no code of the user’s, keeps nothing alive, and stays within its time', async () => {
    await run(
      'import weakref, gc',
      'calls = []',
      'class Meta(type):',
      '    def __getattribute__(cls, name): calls.append(name); return super().__getattribute__(name)',
      'class Spy(dict, metaclass=Meta):',
      '    def __len__(self): calls.append("len"); return 10**9',
      '    def __iter__(self): calls.append("iter"); return super().__iter__()',
      '    def __getattribute__(self, name): calls.append(name); return super().__getattribute__(name)',
      '    @property',
      '    def boom(self): calls.append("property"); return [0] * 10**6',
      'spy = Spy()',
      'wide = {str(i): [Model() for _ in range(20)] for i in range(60)}',
      'deep = [i for i in range(3_000_000)]',
      'gone = Model(); gone.items = list(range(1000)); watch = weakref.ref(gone)',
      'calls.clear()',
    );
    await profiled('%%pyperf', 'dict.update(spy, {i: i for i in range(500)})');
    expect(await run('del gone', 'gc.collect()', 'print(calls, watch() is None)')).toBe(
      '[] True\n',
    );
    const { cell } = await profiled(
      '%%pyperf',
      'dict.update(spy, {i: i for i in range(500, 900)})',
    );
    expect(cell.containers).toMatchObject([{ path: 'spy', items: 900, itemsGrowth: 400 }]);
  });
});

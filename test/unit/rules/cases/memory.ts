/** Rules about memory and threads. */
import {
  byteDelta,
  bytes,
  ms,
  type Container,
  type LockWait,
} from '../../../../src/profile/index.ts';
import { heatedCell } from '../../../support/heated.ts';
import { at, buildVariable, MB } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const container = (rest: Partial<Container>): Container => ({
  path: 'RiskCalculator.historical_data_cache',
  type: 'dict',
  items: 240,
  itemsGrowth: 240,
  growthBytes: byteDelta(40 * MB),
  ...rest,
});

const CACHE = `class RiskCalculator:
    historical_data_cache = {}
    def value(self, names):
        for name in names:
            self.historical_data_cache[name, len(self.historical_data_cache)] = simulate(name)   #> 900`;

const wait = (rest: Partial<LockWait>): LockWait => ({
  kind: 'lock',
  source: at(1, 1),
  waitMs: ms(4000),
  waiters: 4,
  heldAt: [at(1, 2)],
  ...rest,
});

const LOCKED = `with self.lock:          #> 3000 @lock 3000
    value = make()       #> 1000`;

const big = buildVariable('raw', 900 * MB);
const HELD = [
  heatedCell('raw = load()   #> 2000', { variables: [big] }),
  heatedCell('small = summary(raw)   #> 900', { executionCount: 2, variables: [big] }),
  heatedCell('train(small)   #> 9000', { executionCount: 3, variables: [big] }),
];

export const memoryCases: readonly RuleCase[] = [
  {
    rule: 'memory-leak',
    fires: [
      {
        name: 'a cache in a class',
        at: '[1]:5',
        code: CACHE,
        cell: { containers: [container({})] },
      },
      {
        name: 'a list of many small things',
        at: '[1]:3',
        code: `connection_log = []
def connect():
    connection_log.append(engine.connect())   #> 900`,
        cell: {
          containers: [
            container({ path: 'database.connection_log', growthBytes: byteDelta(9000) }),
          ],
        },
      },
    ],
    silent: [
      {
        name: 'a result of the notebook',
        code: CACHE,
        cell: { containers: [container({ path: 'profiles', created: true })] },
      },
      {
        name: 'what a new object holds',
        code: CACHE,
        cell: { containers: [container({ path: 'report.lines', created: true })] },
      },
      {
        name: 'a few items',
        code: CACHE,
        cell: { containers: [container({ itemsGrowth: 3 })] },
      },
    ],
  },
  {
    rule: 'kept-alive',
    fires: [{ name: 'large, and named no more', at: '[2]:1', cells: HELD }],
    silent: [
      {
        name: 'used to the end',
        cells: [
          ...HELD.slice(0, 2),
          heatedCell('train(raw)   #> 9000', { executionCount: 3, variables: [big] }),
        ],
      },
      {
        name: 'deleted',
        cells: [
          ...HELD.slice(0, 2),
          heatedCell('train(small)   #> 9000', { executionCount: 3, variables: [] }),
        ],
      },
      {
        name: 'small',
        cells: HELD.map(cell => ({
          ...cell,
          variables: [{ ...big, sizeBytes: bytes(5 * MB) }],
        })),
      },
    ],
  },
  {
    rule: 'lock-contention',
    fires: [
      {
        name: 'four threads at one lock',
        at: '[1]:1',
        code: LOCKED,
        cell: { lockWaits: [wait({})] },
      },
    ],
    silent: [
      { name: 'a short wait', code: LOCKED, cell: { lockWaits: [wait({ waitMs: ms(40) })] } },
      { name: 'a pool', code: LOCKED, cell: { lockWaits: [wait({ kind: 'pool' })] } },
    ],
  },
  {
    rule: 'pool-waits',
    fires: [
      {
        name: 'a pool of two',
        at: '[1]:1',
        code: `connection = engine.connect()   #> 3000 @lock 2900`,
        cell: { lockWaits: [wait({ kind: 'pool', heldAt: [] })] },
      },
    ],
    silent: [{ name: 'a lock', code: LOCKED, cell: { lockWaits: [wait({})] } }],
  },
];

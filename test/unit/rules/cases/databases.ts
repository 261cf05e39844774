/** Rules about databases. */
import type { Query, Request } from '../../../../src/profile/index.ts';
import { ms } from '../../../../src/profile/index.ts';
import { at } from '../../../support/profiles.ts';
import type { RuleCase } from './case.ts';

const LOOP = `for order in orders:
    cursor.execute("SELECT * FROM item WHERE order_id = ?", (order,))   #> 1200 | sqlite3 execute 1100
    rows.append(cursor.fetchall())   #> 100`;

const query = (rest: Partial<Query>): Query => ({
  system: 'sqlite',
  statement: 'SELECT * FROM item WHERE order_id = ?',
  count: 5000,
  totalMs: ms(1000),
  source: at(1, 2),
  ...rest,
});

const request = (rest: Partial<Request>): Request => ({
  role: 'server',
  method: 'GET',
  route: '/orders/{id}',
  count: 1,
  errors: 0,
  totalMs: ms(1100),
  p95Ms: ms(5),
  maxMs: ms(9),
  ...rest,
});

const SEARCH = `rows = db.execute(query).all()   #> 1100 | sqlalchemy Connection.execute 1090`;

const scanOf = (createIndex: string | undefined): NonNullable<Query['plan']> => ({
  text: 'SCAN item',
  scans: [{ table: 'item', columns: ['order_id'], ...(createIndex && { createIndex }) }],
});

export const databaseCases: readonly RuleCase[] = [
  {
    rule: 'n-plus-one',
    fires: [
      { name: 'one shape from one line', at: '[1]:2', code: LOOP, cell: { queries: [query({})] } },
      {
        name: 'many in each request',
        at: '[1]:2',
        code: LOOP,
        cell: {
          queries: [query({ route: '/orders/{id}' })],
          requests: [request({ count: 300 })],
        },
      },
    ],
    silent: [
      {
        name: 'few statements',
        code: LOOP,
        cell: { queries: [query({ count: 4 })] },
      },
      {
        name: 'in batches',
        code: LOOP,
        cell: {
          queries: [
            query({ statement: 'SELECT * FROM item WHERE order_id IN (?, ?, ?)', count: 40 }),
          ],
        },
      },
      {
        name: 'once by request',
        code: LOOP,
        cell: {
          queries: [query({ count: 300, route: '/orders/{id}' })],
          requests: [request({ count: 300 })],
        },
      },
      {
        name: 'writing',
        code: LOOP,
        cell: { queries: [query({ statement: 'INSERT INTO item VALUES (?, ?)' })] },
      },
      {
        name: 'little of the time',
        code: `${LOOP}\ntrain(rows)   #> 60000`,
        cell: { queries: [query({})] },
      },
    ],
  },
  {
    rule: 'query-in-loop',
    fires: [{ name: 'statements that were not traced', at: '[1]:2', code: LOOP }],
    silent: [
      { name: 'traced, so the better rule speaks', code: LOOP, cell: { queries: [query({})] } },
      {
        name: 'one statement before the loop',
        code: `cursor.execute("SELECT * FROM item")   #> 900 | sqlite3 execute 880
for row in cursor:
    rows.append(row)   #> 20`,
      },
    ],
  },
  {
    rule: 'missing-index',
    fires: [
      {
        name: 'the plan has a scan',
        at: '[1]:1',
        code: SEARCH,
        cell: {
          queries: [query({ source: at(1, 1), plan: scanOf('CREATE INDEX ON item (order_id)') })],
        },
      },
    ],
    silent: [
      {
        name: 'a scan that no index saves',
        code: SEARCH,
        cell: { queries: [query({ source: at(1, 1), plan: scanOf(undefined) })] },
      },
      {
        name: 'quick',
        code: SEARCH,
        cell: {
          queries: [
            query({
              source: at(1, 1),
              totalMs: ms(3),
              plan: scanOf('CREATE INDEX ON item (order_id)'),
            }),
          ],
        },
      },
    ],
  },
  {
    rule: 'sequential-requests',
    fires: [
      {
        name: 'a post for each user',
        at: '[1]:2',
        code: `for user in users:
    requests.post(webhook, json={"user": user}, timeout=10)   #> 2000 @network 1900 | requests post 1990`,
      },
    ],
    silent: [
      {
        name: 'a test client',
        code: `client = TestClient(app)
for user in users:
    client.get(f"/api/{user}")   #> 2000 | httpx Client.get 1990`,
      },
      {
        name: 'side by side',
        code: `with ThreadPoolExecutor(8) as pool:
    answers = list(pool.map(notify, users))   #> 500 @lock 480`,
      },
      {
        name: 'a dictionary',
        code: `for user in users:
    total += prices.get(user)   #> 900`,
      },
    ],
  },
];

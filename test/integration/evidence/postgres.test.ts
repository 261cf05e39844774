/** Statements sent to a real PostgreSQL, by psycopg and psycopg2. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { findPostgres, startPostgres, type Postgres } from '../../support/postgres.ts';
import { cellsOf } from './cells.ts';

const binaries = findPostgres();

describe.skipIf(binaries === undefined)(
  'statements of PostgreSQL (skipped without the package postgresql)',
  () => {
    let server: Postgres;
    let kernel: StartedKernel;
    const { run, profiled } = cellsOf(() => kernel);

    beforeAll(async () => {
      server = startPostgres(binaries as string);
      kernel = await startWrappedKernel();
      await run(
        `dsn = ${JSON.stringify(server.dsn)}`,
        'import psycopg',
        'pg = psycopg.connect(dsn)',
        'pg.execute("CREATE TABLE orders (id serial PRIMARY KEY, customer_id int, total float, note text)")',
        'pg.execute("INSERT INTO orders (customer_id, total, note) SELECT i % 1000, i, \'n\' || i FROM generate_series(1, 60000) i")',
        'pg.commit()',
        'pg.autocommit = True; pg.execute("ANALYZE orders"); pg.autocommit = False',
      );
    });
    afterAll(async () => {
      await kernel.stop();
      server.stop();
    });

    it('finds an N+1 and its missing index, inside the open transaction of an earlier cell’s connection', async () => {
      const { cell, stdout } = await profiled(
        '%%pyperf',
        'pg.execute("UPDATE orders SET note = \'changed\' WHERE id = 1")',
        'found = 0',
        'for customer in range(40):',
        '    found += len(pg.execute("SELECT total FROM orders WHERE customer_id = %s", (customer,)).fetchall())',
        'print(found, pg.info.transaction_status.name, pg.execute("SELECT note FROM orders WHERE id = 1").fetchone())',
        'pg.rollback()',
      );
      expect(stdout).toBe("2400 INTRANS ('changed',)\n");
      const slow = cell.queries.find(query => query.count === 40);
      expect(slow).toMatchObject({
        system: 'postgresql',
        statement: 'SELECT total FROM orders WHERE customer_id = %s',
        source: { executionCount: cell.executionCount, line: 5 },
      });
      expect(slow?.plan?.text).toContain('Seq Scan on orders');
      expect(slow?.plan?.scans).toEqual([
        {
          table: 'orders',
          columns: ['customer_id'],
          rows: 60_000,
          createIndex: 'CREATE INDEX orders_customer_id_idx ON orders (customer_id)',
        },
      ]);
      const bare = await run(
        'print(pg.execute("SELECT note FROM orders WHERE id = 1").fetchone()); pg.rollback()',
      );
      expect(bare).toBe("('n1',)\n");
    });

    it('leaves a failed transaction failed, autocommit without a transaction, and factories alone', async () => {
      const program = [
        'from psycopg.rows import dict_row',
        'def look():',
        '    seen = []',
        '    with psycopg.connect(dsn, autocommit=True, row_factory=dict_row) as a:',
        '        for i in range(30): rows = a.execute("SELECT id, note FROM orders WHERE note = %s", (f"n{i}",)).fetchall()',
        '        seen += [a.info.transaction_status.name, rows[-1:], type(a.cursor()).__name__, a.cursor_factory.__name__]',
        '    with psycopg.connect(dsn) as b:',
        '        b.read_only = True',
        '        for i in range(30): b.execute("SELECT id FROM orders WHERE total BETWEEN %s AND %s", (i, i + 1)).fetchall()',
        '        seen += [b.info.transaction_status.name]',
        '        try: b.execute("SELECT 1 / 0")',
        '        except psycopg.Error as e: seen += [type(e).__name__, str(e), b.info.transaction_status.name]',
        '        try: b.execute("SELECT 1")',
        '        except psycopg.Error as e: seen += [type(e).__name__]',
        '        b.rollback()',
        '        with b.transaction():',
        '            for i in range(30): b.execute("SELECT id FROM orders WHERE total > %s LIMIT 1", (59990,)).fetchall()',
        '        seen += [b.info.transaction_status.name]',
        '        cursor = b.cursor(name="server"); cursor.execute("SELECT id FROM orders ORDER BY id"); seen += [len(cursor.fetchmany(5))]',
        '    return seen',
        'print(look())',
      ];
      const bare = await run(...program);
      const { cell, stdout } = await profiled('%%pyperf', ...program);
      expect(stdout).toBe(bare);
      expect(bare).toContain("'INERROR'");
      const columns = cell.queries.flatMap(
        query => query.plan?.scans.map(scan => scan.columns) ?? [],
      );
      expect(columns).toContainEqual(['note']);
      expect(columns).toContainEqual(['total']);
    });

    it('sees psycopg2, and modules that the cell itself imports', async () => {
      const program = [
        'import psycopg2, psycopg2.extras',
        'two = psycopg2.connect(dsn)',
        'with two.cursor(cursor_factory=psycopg2.extras.DictCursor) as c:',
        '    for i in range(30):',
        '        c.execute("SELECT id, note FROM orders WHERE note = %s", (f"n{i}",)); row = c.fetchone()',
        'print(row["note"], type(two).__name__, two.status, two.notices)',
        'two.commit(); two.close()',
      ];
      const { cell, stdout } = await profiled('%%pyperf', ...program);
      expect(stdout).toBe('n29 connection 2 []\n');
      expect(cell.queries[0]).toMatchObject({
        count: 30,
        source: { line: 6 },
        plan: { scans: [{ table: 'orders', columns: ['note'], rows: 60_000 }] },
      });
      expect(await run('print(type(psycopg2.extensions.cursor.execute).__name__)')).toBe(
        'method_descriptor\n',
      );
      expect(await run(...program)).toBe('n29 connection 2 []\n');
    });

    it('times asynchronous statements and those of pools', async () => {
      const { cell, stdout } = await profiled(
        '%%pyperf',
        'from psycopg_pool import ConnectionPool',
        'async def ask():',
        '    async with await psycopg.AsyncConnection.connect(dsn) as a:',
        '        cursor = await a.execute("SELECT pg_sleep(0.2)")',
        '        return await cursor.fetchone()',
        'print(await ask())',
        'with ConnectionPool(dsn, min_size=1, max_size=2) as pool, pool.connection() as c:',
        '    c.execute("SELECT pg_sleep(0.1)")',
      );
      expect(stdout).toBe("('',)\n");
      const slept = cell.queries.filter(query => query.statement.includes('pg_sleep'));
      expect(slept.map(query => query.source)).toEqual([
        { executionCount: cell.executionCount, line: 5 },
        { executionCount: cell.executionCount, line: 9 },
      ]);
      expect(Math.abs((slept[0]?.totalMs ?? 0) - 200)).toBeLessThan(30);
      expect(Math.abs((slept[1]?.totalMs ?? 0) - 100)).toBeLessThan(30);
    });

    it('sees a driver that it knows only through OpenTelemetry’s instrumentation', async () => {
      const program = [
        'import asyncpg, asyncio, re',
        'host = re.search(r"host=(\\S+)", dsn)[1]',
        'async def ask(i):',
        '    c = await asyncpg.connect(host=host, user="pyperf", database="postgres")',
        '    try: return await c.fetchval("SELECT count(*) FROM orders WHERE customer_id = $1", i)',
        '    finally: await c.close()',
        'print(await asyncio.gather(*(ask(i) for i in range(1, 4))))',
      ];
      const { cell, stdout } = await profiled('%%pyperf', ...program);
      expect(stdout).toBe('[60, 60, 60]\n');
      expect(cell.queries).toMatchObject([
        {
          system: 'postgresql',
          statement: 'SELECT count(*) FROM orders WHERE customer_id = $1',
          count: 3,
          source: { executionCount: cell.executionCount, line: 6 },
        },
      ]);
      expect(await run('print(hasattr(asyncpg.Connection.fetchval, "__wrapped__"))')).toBe(
        'False\n',
      );
    });

    it('asks nothing where a parameter would run code of the notebook’s', async () => {
      const { cell, stdout } = await profiled(
        '%%pyperf',
        'class Name(str):',
        '    asked = 0',
        '    def __str__(self): Name.asked += 1; return str.__str__(self)',
        'for i in range(30): pg.execute("SELECT id FROM orders WHERE note = %s", (Name(f"n{i}"),)).fetchall()',
        'pg.rollback()',
      );
      expect(stdout).toBe('');
      expect(cell.queries[0]?.plan).toBeUndefined();
      expect(cell.tracingNote).toContain('its parameters are of classes of their own');
    });
  },
);

/** Statements of a real SQLite: what is told of them, and that the notebook does not notice. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWrappedKernel, type StartedKernel } from '../../support/kernels.ts';
import { cellsOf } from './cells.ts';

let kernel: StartedKernel;
let folder: string;

const { run, profiled } = cellsOf(() => kernel);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyperf-evidence-'));
  kernel = await startWrappedKernel({ cwd: folder });
  // The connection lives before any cell is profiled.
  await run(
    'import sqlite3',
    'db = sqlite3.connect("shop.db")',
    '_ = db.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, total REAL, note TEXT)")',
    '_ = db.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)")',
    '_ = db.executemany("INSERT INTO customers VALUES (?, ?)", [(i, f"c{i}") for i in range(500)])',
    '_ = db.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", [(i, i % 500, i / 7, "x" * 40) for i in range(40_000)])',
    'db.commit()',
  );
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

describe('statements of SQLite', () => {
  it('finds the table that is scanned for a statement of several columns', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'for _ in range(20): db.execute("SELECT id, total, note FROM orders WHERE customer_id = ? ORDER BY total, id LIMIT 5", (3,)).fetchall()',
    );
    expect(cell.queries[0]?.plan?.scans).toMatchObject([
      { table: 'orders', columns: ['customer_id'] },
    ]);
  });

  it('finds an N+1 on its line, in a connection from an earlier cell, with the index that is missing', async () => {
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'total = 0',
      'for (customer,) in db.execute("SELECT id FROM customers LIMIT 60").fetchall():',
      '    cursor = db.cursor()',
      '    rows = cursor.execute("SELECT total FROM orders o WHERE o.customer_id = ?", (customer,)).fetchall()',
      '    total += len(rows)',
      'print(total)',
    );
    expect(stdout).toBe('4800\n');
    const [slow, first] = cell.queries;
    expect(slow).toMatchObject({
      system: 'sqlite',
      statement: 'SELECT total FROM orders o WHERE o.customer_id = ?',
      count: 60,
      source: { executionCount: cell.executionCount, line: 5 },
    });
    expect(slow?.plan?.scans).toEqual([
      {
        table: 'orders',
        columns: ['customer_id'],
        rows: 40_000,
        createIndex: 'CREATE INDEX orders_customer_id_idx ON orders (customer_id)',
      },
    ]);
    expect(first).toMatchObject({ count: 1, source: { line: 3 } });
    // A table of 40,000 rows is read 60 times: that is most of the cell.
    expect(slow?.totalMs).toBeGreaterThan(cell.wallTimeMs / 2);
    expect(slow?.totalMs).toBeLessThanOrEqual(cell.wallTimeMs);
    expect(slow?.maxMs).toBeLessThanOrEqual(slow?.totalMs ?? 0);
  });

  it('takes literals for one shape, and sees every way to execute', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'from sqlite3 import connect',
      'other = connect(":memory:")',
      'other.executescript("CREATE TABLE t2 (a, b); CREATE TABLE t3 (a)")',
      'for i in range(7):',
      `    other.execute(f"INSERT INTO t2 VALUES ({i}, 'it''s {i}')")`,
      'other.executemany("INSERT INTO t3 VALUES (?)", [(i,) for i in range(9)])',
      'other.commit()',
      'other.execute("SELECT * FROM t2 WHERE a IN (1, 2, 3)").fetchone()',
    );
    const shapes = cell.queries.map(({ statement, count, source }) => [
      statement,
      count,
      source && 'line' in source && source.line,
    ]);
    expect(shapes).toContainEqual(['INSERT INTO t2 VALUES (?, …)', 7, 6]);
    expect(shapes).toContainEqual(['INSERT INTO t3 VALUES (?)', 1, 7]);
    expect(shapes).toContainEqual(['COMMIT', 1, 8]);
    expect(shapes).toContainEqual(['SELECT * FROM t2 WHERE a IN (?, …)', 1, 9]);
    expect(shapes).toHaveLength(5);
    expect(cell.tracingNote).toContain('statements were timed from inside');
  });

  it('leaves results, types, transactions and names as they are', async () => {
    const program = [
      'import sqlite3 as s, gc',
      'class Mine(s.Connection):',
      '    def execute(self, *a): return super().execute(*a)',
      'def look(path):',
      '    seen = []',
      '    c = s.connect(path, factory=Mine); d = s.connect(":memory:")',
      '    c.row_factory = s.Row',
      '    seen.append([type(c).__name__, type(d) is s.Connection, d.in_transaction])',
      '    c.execute("BEGIN"); c.execute("UPDATE orders SET note = ? WHERE id < 50", ("y",))',
      '    for i in range(40): rows = c.execute("SELECT * FROM orders WHERE customer_id = ? AND note LIKE ?", (i, "y")).fetchall()',
      '    seen.append([c.in_transaction, c.total_changes, type(rows[0]).__name__, rows[0]["note"], len(rows), c.row_factory is s.Row])',
      '    half = c.execute("SELECT id FROM orders WHERE note = ?", ("y",)); next(half)',
      '    for i in range(40): c.execute("SELECT count(*) FROM orders WHERE total > ?", (i,)).fetchall()',
      '    seen.append([len(half.fetchall()), c.in_transaction]); c.rollback(); seen.append(c.in_transaction)',
      '    c.backup(d); seen.append(d.execute("SELECT count(*) FROM orders").fetchone()[0])',
      '    try: d.execute("SELECT nothing FROM orders")',
      '    except s.OperationalError as e: seen.append([str(e), type(e).__name__])',
      '    return seen',
      'print(look("shop.db"))',
    ];
    const bare = await run(...program);
    const names = await run('print(sorted(globals()))');
    const { cell, stdout } = await profiled('%%pyperf', ...program);
    expect(stdout).toBe(bare);
    // A transaction was open, and the plan was still asked for.
    expect(cell.queries.some(query => query.plan !== undefined)).toBe(true);
    expect(await run('print(sorted(n for n in globals() if n not in {"_i1"} ))')).not.toContain(
      'pyperf',
    );
    expect(names).not.toContain('pyperf');
    expect(
      await run(
        'print(type(s.Cursor.execute).__name__, type(s.Connection.commit).__name__, "showtraceback" in vars(get_ipython()), [f for f in __import__("sys").meta_path if "pyperf" in repr(f).lower() or "ImportWatch" in repr(f)])',
      ),
    ).toBe('method_descriptor method_descriptor False []\n');
  });

  it('shows the traceback that bare IPython shows', async () => {
    const failing = 'db.execute("SELECT * FROM no_such_table")';
    const tracebackOf = async (code: string): Promise<string> => {
      const { published } = await kernel.client.execute(code);
      const error = published.find(message => message.header.msg_type === 'error');
      return (error?.content['traceback'] as string[]).join('\n');
    };
    const plain = (text: string): string =>
      text
        // eslint-disable-next-line no-control-regex
        .replace(/\x1b\[[0-9;]*m/g, '')
        .replace(/In\[\d+\]|Cell In\s*\[\d+\]|line \d+/g, '…');
    const bare = plain(await tracebackOf(`# a comment\n${failing}`));
    const seen = plain(await tracebackOf(`%%pyperf\n${failing}`));
    expect(seen.replace('#%%pyperf', '# a comment')).toBe(bare);
  });

  it('does not ask where the connection calls back into the notebook, and says so', async () => {
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'heard = []',
      'db.set_trace_callback(heard.append)',
      'for i in range(40): db.execute("SELECT total FROM orders WHERE note = ?", (str(i),)).fetchall()',
      'db.set_trace_callback(None)',
      'print(len(heard), any("EXPLAIN" in text for text in heard))',
    );
    expect(stdout).toBe('40 False\n');
    expect(cell.queries[0]?.plan).toBeUndefined();
    expect(cell.tracingNote).toContain('the connection calls back into the notebook');
  });

  it('explains nothing but a SELECT', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'for i in range(30): db.execute("UPDATE orders SET note = ? WHERE customer_id = ?", ("z", -1))',
      'db.rollback()',
    );
    expect(cell.queries[0]).toMatchObject({ count: 30 });
    expect(cell.queries[0]?.plan).toBeUndefined();
  });

  it('counts what SQLAlchemy sends once, on the line of the notebook’s that made it', async () => {
    await run(
      'from sqlalchemy import create_engine, text, Column, Integer, Float, ForeignKey, String',
      'from sqlalchemy.orm import DeclarativeBase, Session, relationship',
      'class Base(DeclarativeBase): pass',
      'class Customer(Base):',
      '    __tablename__ = "customers"; id = Column(Integer, primary_key=True); name = Column(String)',
      '    orders = relationship("Order")',
      'class Order(Base):',
      '    __tablename__ = "orders"; id = Column(Integer, primary_key=True); total = Column(Float)',
      '    customer_id = Column(Integer, ForeignKey("customers.id"))',
      'engine = create_engine("sqlite:///shop.db")',
    );
    const { cell, stdout } = await profiled(
      '%%pyperf',
      'with Session(engine) as session:',
      '    customers = session.query(Customer).limit(20).all()',
      '    print(sum(',
      '        len(customer.orders)',
      '        for customer in customers))',
    );
    expect(stdout).toBe('1600\n');
    const lazy = cell.queries.find(query => query.count === 20);
    expect(lazy?.statement).toMatch(/^SELECT orders\.id, .* WHERE \? = orders\.customer_id$/);
    expect(lazy?.source).toMatchObject({ line: 5 });
    // Rows are found while they are fetched.
    expect((lazy?.maxMs ?? 0) * 20).toBeGreaterThanOrEqual(lazy?.totalMs ?? 0);
    expect(cell.tracingNote).not.toContain('not seen');
    expect(lazy?.plan?.scans).toMatchObject([{ table: 'orders', columns: ['customer_id'] }]);
    const customers = cell.queries.filter(query => query.statement.includes('FROM customers'));
    expect(customers.map(query => query.count)).toEqual([1]);
  });

  it('says what noting a statement takes, and nothing stays of it', async () => {
    const program = [
      'import time',
      'memory = sqlite3.connect(":memory:"); memory.execute("CREATE TABLE one (a)"); memory.execute("INSERT INTO one VALUES (1)")',
      'def each_us(times=4000):',
      '    began = time.perf_counter()',
      '    for i in range(times): memory.execute("SELECT a FROM one WHERE a = ?", (i,))',
      '    return (time.perf_counter() - began) / times * 1e6',
      'taken = [each_us() for _ in range(8)]',
      'print(min(taken), sum(taken) / 8)',
    ];
    const told = (stdout: string) => stdout.split(' ').map(Number) as [number, number];
    const [bareUs] = told(await run(...program));
    const { cell, stdout } = await profiled('%%pyperf --no-lines', ...program);
    const [quickestUs, meanUs] = told(stdout);
    const notingUs = Number(/took (\d+) µs each/.exec(cell.tracingNote ?? '')?.[1]);
    // Noting is tried a moment after the cell, on a core that other programs share and that changes its speed.
    expect(notingUs).toBeGreaterThan((quickestUs - bareUs) / 3);
    expect(notingUs).toBeLessThan((meanUs - bareUs) * 3);
    const [afterUs] = told(await run(...program));
    expect(afterUs).toBeLessThan((bareUs + quickestUs) / 2);
  });

  it('keeps shapes within bounds', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'for i in range(600): db.execute(f"SELECT {i} AS a{i}x").fetchall()',
    );
    const others = cell.queries.find(query => query.statement === '(other statements)');
    expect(others?.count).toBe(200);
    expect(cell.tracingNote).toContain('200 executions of rarer statements are told as one');
  });
});

describe('files that a cell opens', () => {
  it('tells each by its lines, how often and how large', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'import csv, pathlib',
      'with open("prices.csv", "w") as f: f.write("a,b\\n" * 1000)',
      'def load():',
      '    with open("prices.csv") as f:',
      '        return list(csv.reader(f))',
      'for _ in range(3): load()',
      'pathlib.Path("prices.csv").read_text()',
    );
    const { executionCount } = cell;
    expect(cell.io.files.find(({ path }) => path.endsWith('/prices.csv'))).toMatchObject({
      opens: 5,
      writeOpens: 1,
      sizeBytes: 4000,
      sources: [
        { executionCount, line: 5 },
        { executionCount, line: 3 },
        { executionCount, line: 8 },
      ],
    });
    // Those that samples saw a thread wait for are told as well.
    const opened = cell.io.files.filter(({ opens }) => opens !== undefined);
    expect(opened.map(({ path }) => path)).toEqual([join(realpathSync(folder), 'prices.csv')]);
  });

  it('counts a reading once, however often the library opens the file for it', async () => {
    const { cell } = await profiled(
      '%%pyperf',
      'import pandas as pd',
      'with open("wide.csv", "w") as f: f.write("a,b,c,d\\n" + "1.25,2.5,3.125,4.0625\\n" * 400_000)',
      'for _ in range(3): pd.read_csv("wide.csv")',
    );
    const file = cell.io.files.find(({ path }) => path.endsWith('/wide.csv'));
    expect(file).toMatchObject({ opens: 4, writeOpens: 1 });
  });

  it('leaves out what is imported or printed in a traceback, and what IPython writes meanwhile', async () => {
    await run('open("helper.py", "w").write("def broken():\\n    raise ValueError(1)\\n")');
    const { cell } = await profiled(
      '%%pyperf',
      'import importlib, traceback, helper',
      'importlib.invalidate_caches()',
      'import wave',
      'try: helper.broken()',
      'except ValueError: print(len(traceback.format_exc()) > 0)',
    );
    // An import that waits for a slow disk is told with its time, but nothing was opened by the user's code.
    const waitedFor = cell.io.files.filter(({ opens }) => opens === undefined);
    expect(cell.io.files).toEqual(waitedFor);
    expect(waitedFor.filter(({ path }) => !path.endsWith('.pyc'))).toEqual([]);
  });
});

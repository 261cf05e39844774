"""SQLite in memory: rows in, an index, aggregates and joins out, with a Python function inside a query."""

import sqlite3


def bucket(amount):
    return int(amount) // 25


def unit():
    base = sqlite3.connect(":memory:")
    base.create_function("bucket", 1, bucket, deterministic=True)
    base.execute("create table entry (id integer primary key, account text, day integer, amount real)")
    base.executemany(
        "insert into entry (account, day, amount) values (?, ?, ?)",
        ((f"acc{n % 60}", n % 365, n * 7919 % 10_000 / 100) for n in range(1500)),
    )
    base.execute("create index by_account on entry (account, day)")
    sums = base.execute("select account, sum(amount), count(*) from entry group by account").fetchall()
    spread = base.execute("select bucket(amount), count(*) from entry group by 1 order by 2 desc").fetchall()
    for account, _, _ in sums:
        base.execute("select max(amount) from entry where account = ? and day > 180", (account,)).fetchone()
    base.close()
    return len(sums), spread[0]

"""Makes the desk's data: hourly quotes as CSV files and as Parquet, and the positions' history in SQLite. Seeded."""

import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "data"
SYMBOLS = 120
DAYS = 500
HOURS = 8
MONTHS = 10
POSITIONS = 6500
SNAPSHOTS = 420


def ensure():
    """Does nothing when the data is there."""
    if (DATA / "positions.db").exists():
        return DATA
    (DATA / "quotes").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(23)
    write_quotes(rng)
    write_positions(rng)
    return DATA


def write_quotes(rng):
    """A file for each month, as the market data vendor sends them."""
    symbols = [f"SYM{number:03d}" for number in range(SYMBOLS)]
    days = pd.bdate_range("2024-01-01", periods=DAYS).strftime("%Y-%m-%d")
    times = DAYS * HOURS
    close = 100 * np.exp(np.cumsum(rng.normal(0.0, 0.005, (times, SYMBOLS)), axis=0))
    quotes = pd.DataFrame(
        {
            "date": np.repeat(days, HOURS * SYMBOLS),
            "hour": np.tile(np.repeat(np.arange(10, 10 + HOURS), SYMBOLS), DAYS),
            "symbol": np.tile(symbols, times),
            "high": (close * 1.01).ravel().round(4),
            "low": (close * 0.99).ravel().round(4),
            "close": close.ravel().round(4),
            "volume": rng.integers(1_000, 900_000, times * SYMBOLS),
            "venue": rng.choice(["XNYS", "XNAS", "XLON", "XETR"], times * SYMBOLS),
        }
    )
    for number, rows in enumerate(np.array_split(np.arange(len(quotes)), MONTHS)):
        quotes.iloc[rows].to_csv(DATA / "quotes" / f"quotes-{number:02d}.csv", index=False)
    quotes.to_parquet(DATA / "quotes.parquet", index=False)


def write_positions(rng):
    """The value of each position over time; and the same with a row for each position, as reports read it."""
    path = DATA / "positions.part"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE position (id INTEGER PRIMARY KEY, symbol TEXT, quantity INTEGER)")
    connection.execute("CREATE TABLE valuation (position_id INTEGER, day INTEGER, value REAL)")
    connection.executemany(
        "INSERT INTO position VALUES (?, ?, ?)",
        ((i, f"SYM{i % SYMBOLS:03d}", int(q)) for i, q in enumerate(rng.integers(1, 500, POSITIONS))),
    )
    values = rng.gamma(2.0, 5_000.0, (POSITIONS, SNAPSHOTS)).round(2)
    connection.executemany(
        "INSERT INTO valuation VALUES (?, ?, ?)",
        ((i, day, float(values[i, day])) for i in range(POSITIONS) for day in range(SNAPSHOTS)),
    )
    connection.execute("CREATE INDEX valuation_position ON valuation (position_id, day)")
    connection.execute("CREATE TABLE position_history (position_id INTEGER PRIMARY KEY, history BLOB)")
    connection.executemany(
        "INSERT INTO position_history VALUES (?, ?)", ((i, values[i].tobytes()) for i in range(POSITIONS))
    )
    connection.commit()
    connection.close()
    path.rename(DATA / "positions.db")

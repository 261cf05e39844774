"""The history of positions, from the desk's database."""

import sqlite3

import pandas as pd
from stopwatch import timed

BATCH = 500


def connect(path):
    return sqlite3.connect(path)


def position_ids(connection):
    """The ids of all positions."""
    return [row[0] for row in connection.execute("SELECT id FROM position ORDER BY id")]


def time_series(connection, ids):
    """The values of each position over time, some hundred positions a statement."""
    series = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        marks = ",".join("?" * len(batch))
        with timed("queries"):
            rows = connection.execute(
                f"SELECT position_id, value FROM valuation WHERE position_id IN ({marks}) ORDER BY position_id, day",
                batch,
            ).fetchall()
        frame = pd.DataFrame(rows, columns=["position_id", "value"])
        series.update({key: values.to_numpy() for key, values in frame.groupby("position_id")["value"]})
    return series

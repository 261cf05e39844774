"""The history of positions, from the desk's database."""

import sqlite3

import numpy as np
from stopwatch import timed


def connect(path):
    return sqlite3.connect(path)


def position_ids(connection):
    """The ids of all positions."""
    return [row[0] for row in connection.execute("SELECT id FROM position ORDER BY id")]


def time_series(connection, ids):
    """The values of each position over time."""
    series = {}
    query = "SELECT day, value FROM valuation WHERE position_id = ? ORDER BY day"
    for position_id in ids:
        with timed("queries"):
            rows = connection.execute(query, (position_id,)).fetchall()
        series[position_id] = np.array([value for _, value in rows])
    return series

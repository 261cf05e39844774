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
    """The values of each position over time, from the table that has a row for each position."""
    with timed("queries"):
        rows = connection.execute("SELECT position_id, history FROM position_history ORDER BY position_id").fetchall()
    histories = {position_id: np.frombuffer(history) for position_id, history in rows}
    return {position_id: histories[position_id] for position_id in ids}

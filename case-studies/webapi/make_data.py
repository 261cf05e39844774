"""Makes the platform's database: users, projects with their tasks, and what users did. Seeded, made once.

Two copies, since the improved notebook adds an index to its own.
"""

import shutil
import sqlite3
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"
USERS = 2_000
PROJECTS = 300
TASKS = 60_000
EVENTS = 300_000

SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, owner_id INTEGER);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, project_id INTEGER, title TEXT, done INTEGER, hours REAL);
CREATE INDEX tasks_project ON tasks (project_id);
CREATE TABLE events (id INTEGER PRIMARY KEY, user_id INTEGER, kind TEXT, created_at INTEGER);
CREATE TABLE settings (user_id INTEGER, name TEXT, value TEXT);
CREATE INDEX settings_user ON settings (user_id);
"""


def ensure():
    """Does nothing when the data is there."""
    if (DATA / "improved.db").exists():
        return DATA
    DATA.mkdir(exist_ok=True)
    (DATA / "slow.db").unlink(missing_ok=True)
    connection = sqlite3.connect(DATA / "slow.db")
    connection.executescript(SCHEMA)
    fill(connection, np.random.default_rng(37))
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    shutil.copy(DATA / "slow.db", DATA / "improved.part")
    (DATA / "improved.part").rename(DATA / "improved.db")
    return DATA


def fill(connection, rng):
    """All tables' rows."""
    users = [(i, f"user {i}", f"user{i}@example.org") for i in range(USERS)]
    connection.executemany("INSERT INTO users VALUES (?, ?, ?)", users)
    projects = [(i, f"project {i}", int(owner)) for i, owner in enumerate(rng.integers(0, USERS, PROJECTS))]
    connection.executemany("INSERT INTO projects VALUES (?, ?, ?)", projects)
    owners, done = rng.integers(0, PROJECTS, TASKS).tolist(), rng.integers(0, 2, TASKS).tolist()
    hours = rng.gamma(2.0, 3.0, TASKS).round(2).tolist()
    tasks = [(i, owners[i], f"task {i}", done[i], hours[i]) for i in range(TASKS)]
    connection.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?)", tasks)
    actors = rng.integers(0, USERS, EVENTS).tolist()
    kinds = rng.choice(["login", "edit", "comment", "export"], EVENTS).tolist()
    events = [(i, actors[i], kinds[i], 1_700_000_000 + 7 * i) for i in range(EVENTS)]
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", events)
    settings = [(i, name, "on") for i in range(USERS) for name in ("mail", "theme", "beta", "digest")]
    connection.executemany("INSERT INTO settings VALUES (?, ?, ?)", settings)

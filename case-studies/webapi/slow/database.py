"""The connection to the database, and what the endpoints ask of it."""

import os

from sqlalchemy import create_engine, text

URL = os.environ.get("DATABASE_URL", "sqlite:///data/slow.db")
engine = create_engine(URL, pool_size=2, max_overflow=0, pool_timeout=60)

# Which connections were given to whom, for the log of slow requests.
connection_log = []


def connect(purpose):
    """A connection from the pool."""
    connection = engine.connect()
    connection_log.append((purpose, connection))
    return connection


def project_summaries(db, count):
    """Each project with its open and done tasks."""
    projects = db.execute(text("SELECT id, name FROM projects ORDER BY id LIMIT :count"), {"count": count}).all()
    summaries = []
    for project in projects:
        tasks = db.execute(
            text("SELECT sum(done), count(*), sum(hours) FROM tasks WHERE project_id = :id"), {"id": project.id}
        ).one()
        summaries.append({"name": project.name, "done": tasks[0], "tasks": tasks[1], "hours": tasks[2]})
    return summaries


def user_activity(db, user_id):
    """What a user did last."""
    query = text("SELECT kind, created_at FROM events WHERE user_id = :id ORDER BY created_at DESC LIMIT 50")
    return db.execute(query, {"id": user_id}).all()


def all_tasks(db, limit):
    """Tasks with their projects."""
    query = text("SELECT * FROM tasks JOIN projects ON projects.id = tasks.project_id LIMIT :limit")
    return db.execute(query, {"limit": limit}).mappings().all()


def user_settings(db, user_id):
    """A user's settings by name."""
    rows = db.execute(text("SELECT name, value FROM settings WHERE user_id = :id"), {"id": user_id}).all()
    return dict(tuple(row) for row in rows)

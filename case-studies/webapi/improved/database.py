"""The connection to the database, and what the endpoints ask of it."""

import os

from sqlalchemy import create_engine, text

URL = os.environ.get("DATABASE_URL", "sqlite:///data/improved.db")
engine = create_engine(URL, pool_size=10, max_overflow=10)


def migrate():
    """The index that the activity of a user needs."""
    with engine.begin() as db:
        db.execute(text("CREATE INDEX IF NOT EXISTS events_user ON events (user_id, created_at)"))


def connect():
    """A connection from the pool."""
    return engine.connect()


def project_summaries(db, count):
    """Each project with its open and done tasks, in one statement."""
    query = text(
        "SELECT projects.name, sum(done) AS done, count(*) AS tasks, sum(hours) AS hours "
        "FROM (SELECT id, name FROM projects ORDER BY id LIMIT :count) AS projects "
        "JOIN tasks ON tasks.project_id = projects.id GROUP BY projects.id, projects.name"
    )
    return [dict(row) for row in db.execute(query, {"count": count}).mappings()]


def user_activity(db, user_id):
    """What a user did last."""
    query = text("SELECT kind, created_at FROM events WHERE user_id = :id ORDER BY created_at DESC LIMIT 50")
    return db.execute(query, {"id": user_id}).all()


def all_tasks(db, limit):
    """What the report shows of tasks, with their projects."""
    query = text(
        "SELECT tasks.id, title, done, hours, name FROM tasks JOIN projects ON projects.id = tasks.project_id LIMIT :limit"
    )
    return db.execute(query, {"limit": limit}).all()


def user_settings(db, user_id):
    """A user's settings by name."""
    rows = db.execute(text("SELECT name, value FROM settings WHERE user_id = :id"), {"id": user_id}).all()
    return dict(tuple(row) for row in rows)

"""The drivers whose statements are timed on their own classes: sqlite3, psycopg and psycopg2.

OpenTelemetry's instrumentations of these wrap `connect`, so they see no connection that lives already, and none of
`sqlite3.Connection.execute`. Every other driver goes through its instrumentation (`telemetry.py`).
"""
import sys as _sys
from time import perf_counter as _perf_counter

_MAX_CURSORS = 2_000


def _text_of(statement, connection):
    """A statement as text; None for what cannot be read without the user's code."""
    kind = type(statement)
    if kind is str:
        return statement
    if kind is bytes:
        return statement.decode("utf-8", "replace")
    if _text(_type_module(kind)) in ("psycopg.sql", "psycopg2.sql"):
        return statement.as_string(connection)
    return str.__str__(statement) if isinstance(statement, str) else None


def _timed(evidence, system, connection_of, fixed=None, explain=None, result_of=None):
    """A maker of methods that send a statement.

    @param connection_of the connection of what the method is called on
    @param fixed the statement, for methods that take none
    @param explain gives the database's plan: `(connection, text, parameters) -> plan`
    @param result_of what the rows are fetched from: `(self, result) -> cursor`
    """

    def make(original):
        def execute(self, *args, **kwargs):
            local = evidence.local
            if not evidence.active or local.busy:
                return original(self, *args, **kwargs)
            local.busy = True
            began = _perf_counter()
            result = failed = None
            try:
                result = original(self, *args, **kwargs)
            except BaseException:
                failed = True
                raise
            finally:
                seconds = _perf_counter() - began
                try:
                    statement = fixed or (args[0] if args else kwargs.get("query", kwargs.get("sql")))
                    entry = _note_statement(evidence, system, statement, connection_of(self), seconds, 2)
                    if result_of is not None and not failed and entry is not None:
                        _remember_cursor(evidence, result_of(self, result), entry, seconds)
                    if explain is not None and not failed and entry is not None:
                        parameters = args[1] if len(args) > 1 else kwargs.get("params", kwargs.get("vars"))
                        evidence.explainer.consider(entry, explain, connection_of(self), statement, parameters)
                except Exception as error:
                    evidence.note(f"Some statements of {system} are missing ({type(error).__name__}: {error}).")
                finally:
                    local.busy = False
            return result

        return execute

    return make


def _timed_awaitable(evidence, system, connection_of):
    def make(original):
        async def execute(self, *args, **kwargs):
            if not evidence.active:
                return await original(self, *args, **kwargs)
            place = evidence.places.line(_sys._getframe(1))
            began = _perf_counter()
            try:
                return await original(self, *args, **kwargs)
            finally:
                seconds = _perf_counter() - began
                try:
                    text = _text_of(args[0] if args else kwargs.get("query"), connection_of(self))
                    if text is not None:
                        _add_statement(evidence, system, text, place, seconds)
                except Exception as error:
                    evidence.note(f"Some statements of {system} are missing ({type(error).__name__}: {error}).")

        return execute

    return make


def _note_statement(evidence, system, statement, connection, seconds, depth):
    text = _text_of(statement, connection)
    frame = _sys._getframe(depth)
    place = evidence.places.line(frame)
    if text is None or (place is None and evidence.places.is_history(frame)):
        return None
    return _add_statement(evidence, system, text, place, seconds)


def _add_statement(evidence, system, text, place, seconds):
    local = evidence.local
    local.sent += 1
    served = _request_served.get()
    if served is not None:
        served.queries += 1
        served.query_s += seconds
    return evidence.statements.add(system, text, place, served.route() if served is not None else None, seconds)


def _remember_cursor(evidence, cursor, entry, seconds):
    cursors = evidence.local.cursors
    if cursors is None:
        cursors = evidence.local.cursors = {}
    if len(cursors) >= _MAX_CURSORS:
        cursors.clear()
    cursors[id(cursor)] = [entry, seconds]


def _timed_fetch(evidence):
    """SQLite finds a statement's rows while they are fetched: that time is the statement's."""

    def make(original):
        def fetch(self, *args, **kwargs):
            if not evidence.active:
                return original(self, *args, **kwargs)
            cursors = evidence.local.cursors
            execution = cursors.get(id(self)) if cursors is not None else None
            if execution is None:
                return original(self, *args, **kwargs)
            began = _perf_counter()
            try:
                return original(self, *args, **kwargs)
            finally:
                seconds = _perf_counter() - began
                evidence.statements.add_time(execution, seconds)
                served = _request_served.get()
                if served is not None:
                    served.query_s += seconds

        return fetch

    return make


def _watch_sqlite3(evidence):
    driver = _loaded_module("sqlite3")
    cursor, connection = driver["Cursor"], driver["Connection"]
    replace = evidence.patches.replace
    explain = _explain_sqlite
    own = _native(cursor, "connection")
    for name in ("execute", "executemany", "executescript"):
        plan = explain if name == "execute" else None
        replace(cursor, name, _timed(evidence, "sqlite", own, None, plan, lambda self, result: self))
        replace(
            connection, name, _timed(evidence, "sqlite", lambda self: self, None, plan, lambda self, result: result)
        )
    replace(connection, "commit", _timed(evidence, "sqlite", lambda self: self, "COMMIT"))
    for name in ("fetchone", "fetchmany", "fetchall"):
        replace(cursor, name, _timed_fetch(evidence))


def _watch_psycopg(evidence):
    driver = _loaded_module("psycopg")
    replace = evidence.patches.replace
    connection_of = _native(driver["Cursor"], "connection")
    timed = _timed(evidence, "postgresql", connection_of, None, _explain_psycopg)
    for cls in (driver["Cursor"], driver["ServerCursor"]):
        replace(cls, "execute", timed if cls is driver["Cursor"] else _timed(evidence, "postgresql", connection_of))
        replace(cls, "executemany", _timed(evidence, "postgresql", connection_of))
    for cls in (driver["AsyncCursor"], driver["AsyncServerCursor"]):
        for name in ("execute", "executemany"):
            replace(cls, name, _timed_awaitable(evidence, "postgresql", _native(cls, "connection")))
    replace(driver["Connection"], "commit", _timed(evidence, "postgresql", lambda self: self, "COMMIT"))


def _watch_psycopg2(evidence):
    driver = _loaded_module("psycopg2.extensions")
    cursor, connection = driver["cursor"], driver["connection"]
    replace = evidence.patches.replace
    own = _native(cursor, "connection")
    replace(cursor, "execute", _timed(evidence, "postgresql", own, None, _explain_psycopg2))
    for name in ("executemany", "callproc"):
        replace(cursor, name, _timed(evidence, "postgresql", own))
    replace(connection, "commit", _timed(evidence, "postgresql", lambda self: self, "COMMIT"))


_DRIVERS = {"sqlite3": _watch_sqlite3, "psycopg": _watch_psycopg, "psycopg2": _watch_psycopg2}

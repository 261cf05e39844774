"""What the database itself says of slow `SELECT`s: tables read from end to end, and the index that would save it.

Asked on the user's connection right after the statement, in its thread, with a cursor of our own; never for anything
but a single `SELECT`, and only where nothing of the user's would notice. What is not safe is skipped, and said.
"""
import datetime as _datetime
import decimal as _decimal
import re as _re
import sys as _sys
import uuid as _uuid
from time import perf_counter as _perf_counter

_MAX_PLANS = 20
_LEAST_S = 0.02
_LEAST_SHARE = 0.03
_MAX_PLAN_TEXT = 4_000
_PLAIN = frozenset((int, float, str, bytes, bool, type(None), _datetime.datetime, _datetime.date, _datetime.time,
                    _decimal.Decimal, _uuid.UUID))  # fmt: skip


class _NotSafe(Exception):
    """Why a statement is not explained."""


class _Explainer:
    def __init__(self, evidence):
        self._evidence = evidence
        self._plans = {}
        self._skipped = {}
        self._spent = 0.0
        self._asked = 0

    def consider(self, entry, explain, connection, statement, parameters):
        if entry.tried or entry.total < _LEAST_S or entry.shape[:6].upper() != "SELECT":
            return
        if entry.total < _LEAST_SHARE * (_perf_counter() - self._evidence.began):
            return
        entry.tried = True
        known = self._plans.get((entry.system, entry.shape))
        if known is not None:
            entry.plan = known
            return
        if self._asked >= _MAX_PLANS:
            self._skipped["there were many others"] = self._skipped.get("there were many others", 0) + 1
            return
        self._asked += 1
        began = _perf_counter()
        try:
            text = _text_of(statement, connection)
            if text is None or ";" in text.strip().rstrip(";"):
                raise _NotSafe("it is not a single statement")
            entry.plan = self._plans[entry.system, entry.shape] = explain(connection, text.strip().rstrip(";"), parameters)
        except _NotSafe as reason:
            self._skip(str(reason))
        except Exception as error:
            self._skip(f"{type(error).__name__}: {error}")
        finally:
            self._spent += _perf_counter() - began

    def _skip(self, reason):
        reason = reason.strip().split("\n")[0][:200]
        self._skipped[reason] = self._skipped.get(reason, 0) + 1

    def notes(self):
        notes = []
        if self._plans:
            ms = self._spent * 1000
            notes.append(f"The database was asked for {len(self._plans)} plan{'s' if len(self._plans) > 1 else ''} (EXPLAIN, {ms:.0f} ms of the cell).")
        for reason, count in self._skipped.items():
            notes.append(f"{count} slow statement{'s were' if count > 1 else ' was'} not explained: {reason}.")
        return notes


def _plan(lines, scans):
    return {"text": "\n".join(lines)[:_MAX_PLAN_TEXT], "scans": scans}


def _create_index(table, columns):
    plain = [name if _re.fullmatch(r"[a-z_][a-z0-9_]*", name) else '"' + name.replace('"', '""') + '"' for name in [table.split(".")[-1], *columns]]
    named = "_".join(_re.sub(r"\W", "", name) for name in [table.split(".")[-1], *columns]) + "_idx"
    return f"CREATE INDEX {named} ON {plain[0]} ({', '.join(plain[1:])})"


def _looked_for(condition, columns, aliases):
    """Columns of a table that a condition compares with `=`, `IN`, `<`, `>` or `BETWEEN`, equality first.

    @param aliases names that qualify the table's columns, in lower case
    """
    equal, ranged = [], []
    pattern = r'(?:\b("?\w+"?)\s*\.\s*)?("?\b\w+\b"?)\s*(?:\)?::[\w ]+)?\)?\s*(=|==|<=|>=|<|>|\bIN\b|\bIS\b(?! NOT)|\bBETWEEN\b)(?!=)'
    known = {name.lower(): name for name in columns}
    text = _re.sub(r"'(?:[^']|'')*'", "?", condition)
    for match in _re.finditer(pattern, text, _re.I):
        _add_column(match.group(1), match.group(2), match.group(3), known, aliases, equal, ranged)
    # `? = o.customer_id`, `c.id = o.customer_id`
    for match in _re.finditer(r'(=|<=|>=|<|>)\s*\(?(?:("?\w+"?)\s*\.\s*)?("?\b\w+\b"?)(?!\s*[.(])', text):
        _add_column(match.group(2), match.group(3), match.group(1), known, aliases, equal, ranged)
    # An index serves its columns up to the first that is not compared for equality.
    return equal + [name for name in ranged if name not in equal][:1]


def _add_column(qualifier, name, operator, known, aliases, equal, ranged):
    if qualifier is not None and qualifier.strip('"').lower() not in aliases:
        return
    column = known.get(name.strip('"').lower())
    if column is None:
        return
    found = equal if operator.upper() in ("=", "==", "IN", "IS") else ranged
    if column not in found:
        found.append(column)


def _condition_of(text):
    """What stands behind the first `WHERE` or `ON`, up to ordering and limits."""
    match = _re.search(r"\b(?:WHERE|ON|USING)\b(.*)", text, _re.I | _re.S)
    if match is None:
        return ""
    return _re.split(r"\b(?:GROUP\s+BY|ORDER\s+BY|LIMIT)\b", match.group(1), maxsplit=1, flags=_re.I)[0]


def _plain_parameters(parameters):
    """@throws _NotSafe where binding them would run code of the user's"""
    if parameters is None:
        return None
    if type(parameters) in (tuple, list):
        values = list(parameters)
    elif type(parameters) is dict:
        values = list(parameters.values())
    else:
        raise _NotSafe("its parameters are of a class of their own")
    if any(type(value) not in _PLAIN for value in values):
        raise _NotSafe("its parameters are of classes of their own")
    return parameters

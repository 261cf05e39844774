"""Statements sent to databases, by shape and by the user's line; bounded in memory."""
import re as _re
from _thread import RLock as _RLock

_MAX_STATEMENTS = 400
_MAX_SHAPES = 5_000
_MAX_TEXT = 4_000
_OTHERS = "(other statements)"
# A name may hold digits, and so may a placeholder: `t2`, `$1`, `:p1`.
_LITERAL = _re.compile(r"'(?:[^']|'')*'|(?<![\w$:@?.\"%])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w\"])")
_LISTED = _re.compile(r"\(\s*(\?|%s|\$\d+)(?:\s*,\s*(?:\?|%s|\$\d+))+\s*\)")
_ROWS = _re.compile(r"(\((?:\?|%s|\$\d+), …\))(?:\s*,\s*\((?:\?|%s|\$\d+), …\))+")
_SPACE = _re.compile(r"\s+")


def _shape_of(text):
    """The statement with its literals replaced, so that those that differ in nothing else are one."""
    shape = _SPACE.sub(" ", _LITERAL.sub("?", text[:_MAX_TEXT])).strip()
    shape = _LISTED.sub(r"(\1, …)", shape)
    return _ROWS.sub(r"\1, …", shape)


class _Statement:
    """Executions of one shape from one line while one route was served."""

    __slots__ = ("system", "shape", "place", "route", "count", "total", "longest", "plan", "tried")

    def __init__(self, system, shape, place, route):
        self.system, self.shape, self.place, self.route = system, shape, place, route
        self.count, self.total, self.longest = 0, 0.0, 0.0
        self.plan, self.tried = None, False

    def told(self):
        entry = {
            "system": self.system,
            "statement": self.shape,
            "count": self.count,
            "totalMs": self.total * 1000,
            "maxMs": self.longest * 1000,
        }
        if self.place is not None:
            entry["place"] = list(self.place)
        if self.route:
            entry["route"] = self.route
        if self.plan is not None:
            entry["plan"] = self.plan
        return entry


class _Statements:
    def __init__(self):
        # A finaliser may send a statement while we note one: the same thread must not wait for itself.
        self.lock = _RLock()
        self._shapes = {}
        self._found = {}
        self.left_out = 0
        self.count = 0

    def shape(self, text):
        shape = self._shapes.get(text)
        if shape is None:
            if len(self._shapes) >= _MAX_SHAPES:
                self._shapes = {}
            shape = self._shapes[text] = _shape_of(text)
        return shape

    def add(self, system, text, place, route, seconds):
        """@returns the entry that it was added to"""
        shape = self.shape(text)
        key = (system, shape, place, route)
        with self.lock:
            self.count += 1
            entry = self._found.get(key)
            if entry is None:
                if len(self._found) >= _MAX_STATEMENTS:
                    self.left_out += 1
                    key = (system, _OTHERS, None, None)
                    entry = self._found.get(key)
                if entry is None:
                    entry = self._found[key] = _Statement(key[0], key[1], key[2], key[3])
            entry.count += 1
            entry.total += seconds
            if seconds > entry.longest:
                entry.longest = seconds
        return entry

    def add_time(self, execution, seconds):
        """Time that a statement took after it had been sent: its rows being fetched.

        @param execution its entry, and how long it has taken so far
        """
        entry = execution[0]
        with self.lock:
            execution[1] += seconds
            entry.total += seconds
            entry.longest = max(entry.longest, execution[1])

    def told(self):
        with self.lock:
            found = sorted(self._found.values(), key=lambda entry: -entry.total)
            return [entry.told() for entry in found]

"""HTTP requests, served or sent, by method and route; bounded in memory."""
import random as _random
import re as _re
from _thread import RLock as _RLock

_MAX_ROUTES = 200
_MAX_DURATIONS = 2_000
_MAX_CALLERS = 64
_OTHER_ROUTES = "(other routes)"
_NUMBERED = _re.compile(r"(?<=/)(?:\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27,}|[0-9a-fA-F]{24,})(?=/|$)")


def _numbers_replaced(path):
    return _NUMBERED.sub("{n}", path)


class _Served:
    """A request that is being served: what is sent to databases meanwhile counts for it."""

    __slots__ = ("method", "callers", "queries", "query_s", "route", "handler", "status", "ended")

    def __init__(self, method, route):
        self.method, self.route = method, route
        self.callers, self.queries, self.query_s = 1, 0, 0.0
        self.handler = self.status = self.ended = None


class _Route:
    __slots__ = ("role", "method", "route", "place", "count", "errors", "total", "longest", "queries", "query_s", "durations", "callers")

    def __init__(self, role, method, route, place):
        self.role, self.method, self.route, self.place = role, method, route, place
        self.count = self.errors = self.queries = 0
        self.total = self.longest = self.query_s = 0.0
        self.durations = []
        self.callers = {}

    def told(self):
        durations = sorted(self.durations)
        entry = {
            "role": self.role,
            "method": self.method,
            "route": self.route,
            "count": self.count,
            "errors": self.errors,
            "totalMs": self.total * 1000,
            # The nearest rank: one of the durations that were measured.
            "p95Ms": durations[max(0, -(-len(durations) * 95 // 100) - 1)] * 1000,
            "maxMs": self.longest * 1000,
        }
        if self.role == "server":
            entry["queries"], entry["queryMs"] = self.queries, self.query_s * 1000
            entry["byCallers"] = [
                {"callers": callers, "count": count, "meanMs": total / count * 1000}
                for callers, (count, total) in sorted(self.callers.items())
            ]
        if self.place is not None:
            entry["place"] = list(self.place)
        return entry


class _Requests:
    def __init__(self):
        self.lock = _RLock()
        self.under_way = 0
        self._found = {}
        # Not the notebook's own generator: its numbers must stay what they are.
        self._random = _random.Random(0)

    def begin(self, served):
        with self.lock:
            self.under_way += 1
            served.callers = min(self.under_way, _MAX_CALLERS)

    def served(self, served, seconds, place):
        with self.lock:
            self.under_way -= 1
            failed = served.status is None or served.status >= 500
            route = self._add("server", served.method, served.route() or "(no route)", place, seconds, failed)
            route.queries += served.queries
            route.query_s += served.query_s
            count, total = route.callers.get(served.callers, (0, 0.0))
            route.callers[served.callers] = (count + 1, total + seconds)

    def sent(self, method, route, place, seconds, failed):
        with self.lock:
            self._add("client", method, route, place, seconds, failed)

    def _add(self, role, method, name, place, seconds, failed):
        key = (role, method, name, place)
        route = self._found.get(key)
        if route is None:
            if len(self._found) >= _MAX_ROUTES:
                key = (role, method, _OTHER_ROUTES, None)
            route = self._found.setdefault(key, _Route(*key))
        route.count += 1
        route.errors += 1 if failed else 0
        route.total += seconds
        route.longest = max(route.longest, seconds)
        if len(route.durations) < _MAX_DURATIONS:
            route.durations.append(seconds)
        else:
            # Each duration stays with the same chance (Vitter's algorithm R).
            at = self._random.randrange(route.count)
            if at < _MAX_DURATIONS:
                route.durations[at] = seconds
        return route

    def told(self):
        with self.lock:
            found = sorted(self._found.values(), key=lambda route: -route.total)
            return [route.told() for route in found]

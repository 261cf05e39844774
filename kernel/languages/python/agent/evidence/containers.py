"""Containers that grew: reachable from the user's names through instances, classes and modules of the user's own.

As with sizes, no code of the user's runs: no property, no `__len__`, no attribute hook (`introspection.py`).
"""
import collections as _collections
import types as _types
from itertools import islice as _islice

_MAX_VISITED = 20_000
_MAX_CONTAINERS = 4_000
_MAX_LEVELS = 5
# Longer ones hold data; what is to be found in shorter ones are the objects that hold it.
_MAX_DESCENDED = 64
_LEAST_ITEMS, _LEAST_BYTES = 100, 1_000_000
_MAX_TOLD = 30
_SAMPLED_ITEMS = 24
_GROWING = (dict, list, set, _collections.deque)
_CONTAINERS_BUDGET_S = 0.012


class _Containers:
    def __init__(self, shell, hidden_names, places):
        self._names = shell.user_ns
        self._hidden = hidden_names
        self._places = places
        self._before = None
        self._modules = {}

    def forget(self):
        self._before = None

    def remember(self):
        """What is there now; the end of the cell just before has told it, if it was profiled."""
        if self._before is None:
            self._before = self._without_values(self._look())

    def told(self):
        """@returns the containers that grew since the look before, the largest growth first"""
        now, before = self._look(), self._before or {}
        self._before = self._without_values(now)
        known = dict(before.values())
        end = _work_clock() + _CONTAINERS_BUDGET_S
        grown = []
        for path, (identity, length, _) in now.items():
            earlier = before[path][1] if path in before else known.get(identity)
            growth = length - (earlier or 0)
            if growth > 0:
                grown.append((growth, path, earlier is None))
        grown.sort(reverse=True)
        told = []
        for growth, path, created in grown[:200]:
            value = now[path][2]
            size = self._bytes_of(value, growth, end)
            if growth >= _LEAST_ITEMS or size >= _LEAST_BYTES:
                length = _CONTAINER_LENGTHS[_container_base(type(value))](value)
                entry = {"path": path, "type": _type_name(type(value)), "items": length}
                entry.update(itemsGrowth=growth, growthBytes=size, **({"created": True} if created else {}))
                told.append(entry)
        return sorted(told, key=lambda entry: -entry["growthBytes"])[:_MAX_TOLD]

    def _without_values(self, found):
        """Nothing of the user's is kept alive."""
        return {path: entry[:2] for path, entry in found.items()}

    def _look(self):
        """`{path: (id, length, container)}`, shortest paths first."""
        end = _work_clock() + _CONTAINERS_BUDGET_S
        found, seen = {}, {id(self._names)}
        pending = _collections.deque()
        for name, value in list(dict.items(self._names)):
            if type(name) is str and name not in self._hidden and not _HISTORY_NAME.fullmatch(name):
                pending.append((name, value, 0))
        # A module of the user's may hold one though only another module imports it.
        for name, module in list(_sys.modules.items()):
            if type(name) is str and name != "__main__" and self._is_users_module(name):
                pending.append((name, module, 0))
        while pending and len(seen) < _MAX_VISITED and len(found) < _MAX_CONTAINERS and _work_clock() < end:
            path, value, depth = pending.popleft()
            if type(value) in _ATOMS or id(value) in seen:
                continue
            seen.add(id(value))
            try:
                self._visit(path, value, depth, found, pending)
            except RuntimeError:
                pass  # another thread changed it
        return found

    def _visit(self, path, value, depth, found, pending):
        cls = type(value)
        bases = _type_mro(cls)
        if type in bases:
            if self._is_users(value):
                self._attributes(path, _type_dict(value), depth, pending)
            return
        if _types.ModuleType in bases:
            file = dict.get(_module_dict(value), "__file__")
            if type(file) is str and self._places.is_users(file):
                self._attributes(path, _module_dict(value), depth, pending)
            return
        base = next((known for known in (*_GROWING, tuple) if known in bases), None)
        if base is not None:
            length = _CONTAINER_LENGTHS[base](value)
            if base is not tuple:
                found[path] = (id(value), length, value)
            if length <= _MAX_DESCENDED and depth < _MAX_LEVELS:
                self._elements(path, value, base, depth, pending)
        if self._is_users(cls) and depth < _MAX_LEVELS:
            self._attributes(path, _instance_dict(value), depth, pending)
            for owner in bases:
                if self._is_users(owner):
                    pending.append((_text(_type_qualname(owner)), owner, depth + 1))
                    self._slots(path, value, owner, depth, pending)

    def _attributes(self, path, names, depth, pending):
        for name, value in list(names.items()):
            if type(name) is str and not (name.startswith("__") and name.endswith("__")):
                pending.append((f"{path}.{name}", value, depth + 1))

    def _slots(self, path, value, owner, depth, pending):
        for name, slot in list(_type_dict(owner).items()):
            if type(slot) is _types.MemberDescriptorType:
                try:
                    pending.append((f"{path}.{name}", slot.__get__(value), depth + 1))
                except AttributeError:
                    pass  # not set

    def _elements(self, path, value, base, depth, pending):
        if base is dict:
            for key, element in list(dict.items(value)):
                if type(key) in (str, int):
                    pending.append((f"{path}[{key!r}]"[:200], element, depth + 1))
        elif base is list or base is tuple:
            for place in range(_CONTAINER_LENGTHS[base](value)):
                pending.append((f"{path}[{place}]", base.__getitem__(value, place), depth + 1))

    def _is_users(self, cls):
        """Whether the class is defined in a cell or in a file of the user's."""
        return self._is_users_module(_text(_type_module(cls)))

    def _is_users_module(self, name):
        known = self._modules.get(name)
        if known is None:
            file = dict.get(_loaded_module(name), "__file__")
            known = name == "__main__" or (type(file) is str and self._places.is_users(file))
            self._modules[name] = known
        return known

    def _bytes_of(self, value, growth, end):
        """What the last items take, times how many there are of them; what they share with others counts once."""
        base = _container_base(type(value))
        items = self._newest(value, base, min(growth, _SAMPLED_ITEMS))
        if not items:
            return 0
        walk = _Walk(end)
        for shared in (value, self._names, _sys.modules):
            walk.ignore(shared)
        # The first ones bring what all of them refer to.
        first = len(items) // 3
        size = measured = 0
        for index, item in enumerate(items):
            now = _work_clock()
            if now > end and measured:
                break
            share = sum(walk.measure(part, 0, now + max(0.0005, (end - now) / 4))[0] for part in item)
            if index >= first:
                size += share
                measured += 1
        own = _shallow_bytes(value, type(value)) / max(1, _CONTAINER_LENGTHS[base](value))
        return round(growth * (size / max(1, measured) + own))

    def _newest(self, value, base, count):
        try:
            if base is list:
                return [(list.__getitem__(value, -1 - place),) for place in range(count)]
            if base is dict:
                return list(_islice(reversed(dict.items(value)), count))
            return [(item,) for item in _islice(_CONTAINER_ITERATORS[base](value), count)]
        except (RuntimeError, IndexError):
            return []

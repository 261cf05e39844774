"""How many bytes an object keeps alive: an exact walk where time allows, a sampled lower bound where it does not.

The walk goes by `gc.get_referents`, the collector's own C view of an object, so that attributes cost no lookup and no
instance dict comes into being. Known libraries are asked for their buffers (`libraries.py`).
"""
import collections as _collections
import gc as _gc
import math as _math
import sys as _sys
import types as _types
from bisect import bisect_right as _bisect_right
from itertools import islice as _islice
from time import perf_counter as _perf_counter
from time import thread_time as _thread_time

# Ids held at once: about 10 MB at most, whatever the user's objects.
_MAX_SEEN = 100_000
# Beyond this a sample says as much.
_MAX_WALKED = 50_000
_MIN_ROOM = 50
# Containers up to this length are always walked element by element.
_ALWAYS_WALKED = 1_000
_SAMPLED_ELEMENTS = 2_000
_MIN_SAMPLED = 50
_NODES_PER_SAMPLE = 300
_CHILDREN_PER_NODE = 64
_TIME_FOR_SAMPLING = 0.3
# What one element of a walk costs at least, for the choice between walking and sampling.
_SECONDS_PER_ELEMENT = 4e-7
_SECONDS_PER_SAMPLE = 1e-5
_SECONDS_PER_STEP = 4e-8
# Objects of these packages lead to the kernel itself: only their own bytes count.
_OPAQUE_PACKAGES = frozenset({"IPython", "ipykernel", "zmq", "tornado", "jupyter_client", "comm", "logging", "traitlets"})
_ATOMS = frozenset({int, float, complex, bool, type(None), str, bytes, range, slice, type(Ellipsis), type(NotImplemented)})
# Shared by the whole process, or code rather than data.
_NOT_DATA = (
    type, _types.ModuleType, _types.FunctionType, _types.BuiltinFunctionType, _types.MethodType, _types.CodeType,
    _types.FrameType, _types.GeneratorType, _types.CoroutineType, _types.AsyncGeneratorType, property, staticmethod,
    classmethod, _types.TracebackType,
)  # fmt: skip
_C_SIZEOF = frozenset(type(vars(t).get("__sizeof__")) for t in (object, list, type(_sys.flags)) ) | {type(None)}
_POINTER_BYTES = 8
# CPython 3.11 and later allocate the whole struct for a small int; `getsizeof` leaves its padding out.
_INT_PADDING = 4 if _sys.version_info >= (3, 11) else 0

# The budget is of the thread's own work, so that a busy machine does not change what is found. Windows' thread clock
# is too coarse.
_work_clock = _perf_counter if _sys.platform == "win32" else _thread_time
_references_to = getattr(_sys, "getrefcount", None)
_pypy_size = getattr(_gc, "get_rpy_memory_usage", None)


def _holders(value):
    """How many places hold the object, for a caller that loops over a list of its own; 1 where nothing tells."""
    return 1 if _references_to is None else max(1, _references_to(value) - _REFERENCE_OVERHEAD)


def _reference_overhead():
    """What `getrefcount` counts beyond an object's own holders, in a loop such as the sampler's."""
    held = [object()]
    copies = list(held)
    counts = [_holders(value) for value in copies]
    return counts[0] - 1


_REFERENCE_OVERHEAD = 0
_REFERENCE_OVERHEAD = _reference_overhead()


def _shallow_bytes(value, cls):
    """`sys.getsizeof` without the user's `__sizeof__`."""
    if _pypy_size is not None:
        return _pypy_bytes(value, cls)
    if cls is int:
        return _sys.getsizeof(value) + _INT_PADDING
    if cls in _ATOMS or type(_class_attribute(cls, "__sizeof__")) in _C_SIZEOF:
        return _sys.getsizeof(value)
    for base in _type_mro(cls):
        own = _type_dict(base).get("__sizeof__")
        if own is not None and type(own) in _C_SIZEOF:
            return own(value) + 16
    return 64


def _pypy_bytes(value, cls):
    """PyPy tells an object's own struct only; what a container or text points to inside is added by its length."""
    size = max(0, _pypy_size(value))
    for base in _type_mro(cls):
        if base in _CONTAINER_LENGTHS:
            return size + (24 if base is dict else 8) * _CONTAINER_LENGTHS[base](value)
        if base in (str, bytes, bytearray):
            return size + base.__len__(value)
    return size


class _Kinds:
    """What to do with an object, by its class: decided once per class and measurement."""

    def __init__(self):
        self._known = {
            list: "container", tuple: "container", dict: "container", set: "container", frozenset: "container",
            _collections.deque: "container", bytearray: "flat", memoryview: "view",
        }  # fmt: skip
        self._handlers = _library_handlers()
        self._decided = {cls: "atom" for cls in _ATOMS}

    def of(self, cls):
        kind = self._decided.get(cls)
        if kind is None:
            kind = self._decided[cls] = self._decide(cls)
        return kind

    def _decide(self, cls):
        bases = _type_mro(cls)
        for base in bases:
            if base in _NOT_DATA:
                return "skip"
        for base in bases:
            if base in self._handlers:
                return self._handlers[base]
        for base in bases:
            if base in self._known:
                return self._known[base]
        if any(base in _ATOMS for base in bases):
            return "flat"
        if _text(_type_module(cls)).split(".")[0] in _OPAQUE_PACKAGES:
            return "flat"
        return "object"


_CONTAINER_LENGTHS = {cls: cls.__len__ for cls in (list, tuple, dict, set, frozenset, _collections.deque)}
_CONTAINER_ITERATORS = {cls: cls.__iter__ for cls in (list, tuple, set, frozenset, _collections.deque)}


def _container_base(cls):
    """The built-in class whose methods to use: a user's subclass may have others."""
    if cls in _CONTAINER_LENGTHS:
        return cls
    return next((base for base in _type_mro(cls) if base in _CONTAINER_LENGTHS), tuple)


def _count_elements(value, base):
    return _CONTAINER_LENGTHS[base](value) * (2 if base is dict else 1)


def _elements(value, base):
    """An iterator over a known container's elements; a mapping's keys and values in turn are each an element."""
    if base is dict:
        return (part for pair in dict.items(value) for part in pair)
    return _CONTAINER_ITERATORS[base](value)


class _Walk:
    """One measurement: what was counted already, and for which name."""

    def __init__(self, deadline):
        self.deadline = deadline
        self.kinds = _Kinds()
        self.owner = 0
        self._seen = {}
        self._spaces = {}
        self._reset()

    def _reset(self):
        self.bytes = 0
        self.partial = False
        self.shared = {}
        self.pending = []
        self._later = []

    def ignore(self, value):
        self._seen[id(value)] = -1

    def measure(self, value, owner, deadline):
        """@returns (bytes counted for this name, partial, {owner index: bytes that were counted there})"""
        self._reset()
        self.owner = owner
        self.deadline = deadline
        root = id(value)
        counted_for = self._seen.get(root)
        if counted_for is not None and type(value) not in _ATOMS:
            return 0, False, ({counted_for: _math.inf} if counted_for >= 0 else {})
        self._room = len(self._seen) + max(_MIN_ROOM, (_MAX_SEEN - len(self._seen)) // 2)
        self.pending.append(value)
        self._walk_until(deadline - (deadline - _work_clock()) * _TIME_FOR_SAMPLING)
        while self._later:
            self._many(*self._later.pop())
            self._walk_until(deadline)
        rest, self.pending = self.pending, []
        if rest:
            self.partial = True
            self.bytes += self._sampled(len(rest), rest.__iter__, rest.__getitem__, own_holders=1)
        return self.bytes, self.partial or _pypy_size is not None, self.shared

    def _walk_until(self, deadline):
        visited = 0
        pending = self.pending
        while pending and len(self._seen) < self._room:
            visited += 1
            if visited % 8 == 0 and _work_clock() > deadline:
                return
            self._visit(pending.pop())

    def late(self):
        self.partial = self.partial or _work_clock() > self.deadline
        return self.partial

    def first_time(self, value):
        """Marks an object as counted by a handler. @returns False when it was already."""
        if id(value) in self._seen:
            return False
        self._seen[id(value)] = self.owner
        return True

    def _visit(self, value):
        cls = type(value)
        kind = self.kinds.of(cls)
        if kind == "skip":
            return
        identity = id(value)
        counted_for = self._seen.get(identity)
        if counted_for is not None:
            if counted_for >= 0 and counted_for != self.owner and kind != "atom":
                self._share(counted_for, _shallow_bytes(value, cls))
            return
        self._seen[identity] = self.owner
        if kind == "atom" or kind == "flat":
            self.bytes += _shallow_bytes(value, cls)
        elif kind == "container":
            self._container(value, cls)
        elif kind == "view":
            self.bytes += _shallow_bytes(value, cls)
            self.pending.append(value.obj)
        elif kind == "object":
            self._object(value, cls)
        else:
            try:
                kind(self, value, cls)
            except Exception:
                self.partial = True  # a library whose inside has changed: the rest counts

    def _object(self, value, cls):
        self.bytes += _shallow_bytes(value, cls)
        referents = _gc.get_referents(value)
        self.bytes += _inline_values_bytes(cls, referents)
        self.pending.extend(referents)

    def extras(self, value):
        """What an instance of a user's subclass holds beside its built-in part."""
        self.pending.extend(_gc.get_referents(value))

    def _container(self, value, cls):
        self.bytes += _shallow_bytes(value, cls)
        base = _container_base(cls)
        if base is dict:
            units, get = (lambda: dict.items(value)), None
        else:
            units = lambda: _CONTAINER_ITERATORS[base](value)
            get = (lambda place: base.__getitem__(value, place)) if base is list or base is tuple else None
        length = _CONTAINER_LENGTHS[base](value)
        self.add_many(length, units, get, base is dict)
        if cls is not base and length <= _ALWAYS_WALKED:
            self.extras(value)

    def add_many(self, length, units, get=None, pairs=False):
        """Counts a known number of elements, all of them where time and room allow, else a sample.

        @param units makes an iterator over them
        @param get one element by its place, where that takes no walk
        @param pairs an element is a mapping's key and value
        """
        if length > _ALWAYS_WALKED:
            self._later.append((length, units, get, pairs))
        else:
            self._add_all(length, units(), pairs)

    def _many(self, length, units, get, pairs):
        room = min(_MAX_WALKED, self._room - len(self._seen))
        time_for = (self.deadline - _work_clock()) * 0.7 / _SECONDS_PER_ELEMENT
        if length * (2 if pairs else 1) > min(room, time_for):
            self.bytes += self._sampled(length, units, get, pairs)
            self.partial = True
        else:
            self._add_all(length, units(), pairs)

    def _add_all(self, length, units, pairs):
        """Counts plain values at once and leaves others for later; what time does not allow is sampled."""
        units = iter(units)
        elements = (part for pair in units for part in pair) if pairs else units
        seen, owner, pending, size_of = self._seen, self.owner, self.pending, _shallow_bytes
        total = 0
        count = 0
        try:
            for element in elements:
                cls = type(element)
                if cls in _ATOMS:
                    identity = id(element)
                    if identity not in seen:
                        seen[identity] = owner
                        total += size_of(element, cls)
                    elif (cls is bytes or cls is str) and 0 <= seen[identity] != owner:
                        self._share(seen[identity], size_of(element, cls))
                else:
                    pending.append(element)
                count += 1
                if count % 2048 == 0 and (_work_clock() > self.deadline or len(seen) > self._room):
                    self.partial = True
                    left = length - count // (2 if pairs else 1)
                    total += self._sampled(left, lambda: units, None, pairs)
                    break
        except RuntimeError:  # another thread changed the container
            self.partial = True
        self.bytes += total

    def _share(self, counted_for, size):
        self.shared[counted_for] = self.shared.get(counted_for, 0) + size

    def buffer(self, address, size, space=""):
        """Counts memory outside the interpreter once, however many objects point into it."""
        if size <= 0:
            return
        starts, ends, owners = self._spaces.setdefault(space, ([], [], []))
        at, end = address, address + size
        index = _bisect_right(starts, at) - 1
        if index < 0 or ends[index] <= at:
            index += 1
        while at < end:
            if index < len(starts) and starts[index] <= at:
                until = min(end, ends[index])
                if owners[index] != self.owner:
                    self._share(owners[index], until - at)
                at, index = until, index + 1
                continue
            until = min(end, starts[index]) if index < len(starts) else end
            starts.insert(index, at)
            ends.insert(index, until)
            owners.insert(index, self.owner)
            self.bytes += until - at
            at, index = until, index + 1

    # -- sampling

    def _sampled(self, length, units, get=None, pairs=False, own_holders=0):
        """A lower bound for elements that are too many to walk.

        Each sampled place counts its object's bytes divided by the number of references to that object, so that an
        object in many places is counted once in all (Horvitz and Thompson's estimator, 1952). Two standard errors
        are taken off.
        """
        if length <= 0:
            return 0
        time_left = self.deadline - _work_clock()
        count = min(length, max(_MIN_SAMPLED, min(_SAMPLED_ELEMENTS, int(time_left / _SECONDS_PER_SAMPLE))))
        picked = []
        try:
            if get is not None:
                for place in _spread_places(length, count):
                    picked.append((get(place),))
            else:
                reach = max(count, min(length, int(time_left / 2 / _SECONDS_PER_STEP)))
                chosen = _islice(units(), 0, reach, max(1, reach // count))
                picked.extend(chosen if pairs else zip(chosen))
        except (IndexError, RuntimeError):
            pass  # another thread changed the container
        found = []
        for unit in picked:
            size = 0.0
            for part in unit:
                # Not within the call below: its arguments hold the object, too.
                weight = 1.0 / max(1, _holders(part) - own_holders)
                size += self._estimate(part, weight, count >= length)
            found.append(size)
            if len(found) % 16 == 0 and _work_clock() > self.deadline and len(found) >= _MIN_SAMPLED:
                break
        if not found:
            return 0
        mean = sum(found) / len(found)
        variance = sum((size - mean) ** 2 for size in found) / max(1, len(found) - 1)
        # Nothing is uncertain about a sample of everything.
        variance *= max(0.0, 1 - len(found) / length)
        low = mean - 2 * _math.sqrt(variance / len(found))
        return int(max(sum(found), low * length))

    def _estimate(self, value, weight, whole):
        """Bytes below one sampled object, each child's share by the number of its holders.

        @param whole nothing stands for others: what a library's object adds counts in full
        """
        total = 0.0
        pending = [(value, weight)]
        inside = set()
        for _ in range(_NODES_PER_SAMPLE):
            if not pending:
                break
            value, weight = pending.pop()
            cls = type(value)
            kind = self.kinds.of(cls)
            identity = id(value)
            if kind == "skip" or identity in inside or identity in self._seen:
                continue
            inside.add(identity)
            if callable(kind):
                own, children, scale = self._library_part(kind, value, cls)
                total += own if whole else weight * own
            else:
                total += weight * _shallow_bytes(value, cls)
                if kind == "container":
                    base = _container_base(cls)
                    children = list(_islice(_elements(value, base), _CHILDREN_PER_NODE))
                    scale = max(1.0, _count_elements(value, base) / _CHILDREN_PER_NODE)
                elif kind == "object":
                    children, scale = _gc.get_referents(value), 1.0
                    total += weight * _inline_values_bytes(cls, children)
                    if _sys.version_info < (3, 11):
                        # Instances' dicts share their keys, which each key's count of references does not tell.
                        total += weight * sum(_shallow_bytes(part, dict) for part in children if type(part) is dict)
                        children = [
                            part
                            for child in children
                            for part in (list(child.values()) if type(child) is dict else [child])
                        ]
                else:
                    continue
            for child in children:
                part = weight * scale / _holders(child)
                pending.append((child, part))
        return total

    def _library_part(self, measure, value, cls):
        """@returns (bytes not counted before, objects to go on with, 1)"""
        bytes_before, pending_before = self.bytes, self.pending
        self.pending = []
        try:
            measure(self, value, cls)
            return self.bytes - bytes_before, self.pending, 1.0
        except Exception:
            return 0, [], 1.0
        finally:
            self.bytes, self.pending = bytes_before, pending_before


def _spread_places(length, count):
    """`count` places, one in each of as many equal parts, at an offset that no period of the data can match."""
    state = length
    part = length / count
    for index in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        yield int(index * part + part * state / 0x80000000)


def _inline_values_bytes(cls, referents):
    """CPython 3.11 and later keep an instance's attributes in an array without a dict, which `getsizeof` leaves out."""
    if _sys.version_info < (3, 11) or _pypy_size is not None:
        return 0
    if not _type_flags(cls) & _MANAGED_DICT or any(type(value) is dict for value in referents):
        return 0
    return _POINTER_BYTES * max(0, len(referents) - 1) + (24 if _sys.version_info >= (3, 13) else 16)


_type_flags = type.__dict__["__flags__"].__get__
_MANAGED_DICT = 1 << 4

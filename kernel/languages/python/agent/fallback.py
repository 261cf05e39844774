"""A sampler inside the kernel, for where its memory cannot be read from outside.

A thread of its own looks at all threads' frames. It needs the interpreter's lock for that, which sets its limits; the
notes name them. It starts without `threading`, so that the user's code does not see it among its threads.
"""
import os as _os
import sys as _sys
import types as _types
from _thread import allocate_lock as _allocate_lock
from _thread import get_ident as _get_ident
from _thread import start_new_thread as _start_new_thread
from time import perf_counter as _perf_counter
from time import thread_time as _thread_time

_FIRST_INTERVAL_S = 0.001
_USUAL_INTERVAL_S = 0.01
_LONGEST_INTERVAL_S = 0.05
# The kernel may wait for the lock while a sample is taken: that much of its time, at most.
_SHARE_FOR_SAMPLING = 0.015
_MAX_NODES = 20_000
_MAX_PLACES = 50_000
_MAX_GROUPS = 64
_MAX_DEPTH = 5_000
_KEPT_AT_EACH_END = 128
# With the usual 5 ms, a thread that runs for 1 ms and then waits is only ever seen waiting.
_SWITCH_INTERVAL_S = 0.0005
_MAX_OWED = 30
# Threads that these started are Jupyter's own.
_KERNEL_PACKAGES = frozenset(("ipykernel", "IPython", "zmq", "tornado", "debugpy", "_pydevd_bundle", "pydevd"))
_LOOP_FILES = ("selectors.py", "/asyncio/base_events.py", "/asyncio/events.py", "/asyncio/runners.py", "/tornado/platform/asyncio.py", "/zmq/_future.py")


class _StackTree:
    """All stacks of one thread. A node: `[parent, place, {state: seconds}, samples, {place: child}]`."""

    __slots__ = ("kind", "name", "nodes", "clock", "native_id", "cause", "_leaf", "_ran", "_owed")

    def __init__(self, kind, name, native_id):
        self.kind = kind
        self.name = name
        self.nodes = [[-1, -1, {}, 0, {}]]
        self.native_id = native_id
        self.clock = _ThreadClock(native_id)
        self.cause = "other"
        self._leaf = None
        self._ran = False
        self._owed = []

    def add(self, places, cause, ran_s, waited_s, room):
        """Adds what the thread did since the sample before.

        Who needs the interpreter's lock to look finds a thread at the places where it lets go of it, more often than
        it is there. So time that it ran before it was found waiting goes to where it was found running just before,
        or is owed to where it next is; what is not asked for soon stays where it was found.

        @param places from the outermost to the innermost
        @param cause what it waits for, `cpu` when it runs
        @returns how many nodes are new
        """
        leaf, new = self._reach(places, room)
        leaf[3] += 1
        before, ran_before = self._leaf, self._ran
        self._leaf, self._ran = leaf, cause == "cpu"
        if self._ran:
            _spend(leaf, "cpu", ran_s + sum(seconds for seconds, _ in self._owed))
            self._owed.clear()
            _spend(leaf if before is None or ran_before else before, self.cause, waited_s)
        else:
            self.cause = cause
            _spend(leaf, cause, waited_s)
            if before is not None and ran_before:
                _spend(before, "cpu", ran_s)
            elif ran_s > 0:
                self._owed.append((ran_s, leaf))
            if len(self._owed) > _MAX_OWED:
                seconds, found = self._owed.pop(0)
                _spend(found, "cpu", seconds)
        return new

    def _reach(self, places, room):
        nodes = self.nodes
        at, new = 0, 0
        for place in places:
            children = nodes[at][4]
            child = children.get(place)
            if child is None:
                if new >= room:
                    break
                new += 1
                child = len(nodes)
                nodes.append([at, place, {}, 0, {}])
                children[place] = child
            at = child
        return nodes[at], new

    def close(self, rest_s):
        """@param rest_s seconds since the last sample, which go where that was"""
        for seconds, found in self._owed:
            _spend(found, "cpu", seconds)
        self._owed.clear()
        if self._leaf is not None and rest_s > 0:
            states = self._leaf[2]
            _spend(self._leaf, max(states, key=states.get) if states else "cpu", rest_s)


def _spend(node, state, seconds):
    if seconds > 0:
        node[2][state] = node[2].get(state, 0.0) + seconds


class _FallbackSampler:
    """Samples from `start()` to `stop()`.

    @param thread_ident the thread that runs the cell
    @param rate_hz samples a second; None: adapts to the cell's length and to what a sample costs
    """

    def __init__(self, thread_ident, rate_hz=None):
        self._cell_thread = thread_ident
        self._rate_hz = rate_hz
        self._task = None
        self._own_thread = None
        self._running = False
        self._wake = _allocate_lock()
        self._ended = _allocate_lock()
        # By id of the code object, which the entry keeps alive, so that the id stays its own.
        self._codes = {}
        self._place_of = {}
        self._places = []
        self._frame_of = {}
        self._kernel_roots = {}
        self._trees = {}
        self._nodes = 0
        self._samples = 0
        self._dropped = 0
        self._cost_s = 0.0
        self._own_cpu_s = 0.0
        self._unknown_states = False
        self._failure = None
        self._random = 1
        self._began = self._last = self._until = 0.0
        self._switch_before = None

    def set_task(self, task):
        """The asyncio task that runs the cell: while it waits, its innermost `await` gets the time."""
        self._task = task

    def start(self):
        self._wake.acquire()
        self._ended.acquire()
        self._running = True
        self._began = self._last = _perf_counter()
        self._tree(self._cell_thread)
        self._switch_faster()
        _start_new_thread(self._run, ())

    def stop(self):
        """@returns what `result` returns. Call it in the thread that runs the cell."""
        if self._running:
            self._running = False
            now = _perf_counter()
            self._wake.release()
            self._ended.acquire(True, 1.0)
            self._close_last_interval(now)
            self._until = now
            self._switch_back()
            self._task = None
        return self.result()

    # -- the lock's switch interval

    def _switch_faster(self):
        if _sys.implementation.name != "cpython" or not getattr(_sys, "_is_gil_enabled", lambda: True)():
            return
        # Threads that compete for the lock would switch more often: theirs stays as it is.
        if len(self._user_threads(_sys._current_frames())) > 1:
            return
        self._switch_before = _sys.getswitchinterval()
        if self._switch_before > _SWITCH_INTERVAL_S:
            _sys.setswitchinterval(_SWITCH_INTERVAL_S)
        else:
            self._switch_before = None

    def _switch_back(self):
        before, self._switch_before = self._switch_before, None
        # Not if the user's code has set one of its own.
        if before is not None and abs(_sys.getswitchinterval() - _SWITCH_INTERVAL_S) < 1e-5:
            _sys.setswitchinterval(before)

    # -- the thread

    def _run(self):
        self._own_thread = _get_ident()
        try:
            spent = _thread_time()
            while self._running:
                wait = self._next_wait()
                due = _perf_counter() + wait
                if self._wake.acquire(True, wait) or not self._running:
                    break
                now = _perf_counter()
                self._sample(now, now - due)
                # With all that comes with a sample: waking up, the interpreter's lock.
                before, spent = spent, _thread_time()
                self._cost_s += (spent - before - self._cost_s) / min(self._samples + 1, 20)
        except Exception as error:
            self._failure = "%s: %s" % (type(error).__name__, error)
        finally:
            self._own_cpu_s = _thread_time()
            try:
                self._ended.release()
            except RuntimeError:
                pass

    def _next_wait(self):
        if self._rate_hz:
            return 1.0 / self._rate_hz
        elapsed = _perf_counter() - self._began
        wait = min(_USUAL_INTERVAL_S, max(_FIRST_INTERVAL_S, elapsed * 0.005))
        if elapsed > 60:
            wait = min(_LONGEST_INTERVAL_S, elapsed / 6_000)
        wait = max(wait, self._cost_s / _SHARE_FOR_SAMPLING)
        # Not in step with a loop of the user's.
        self._random = (self._random * 1103515245 + 12345) & 0x7FFFFFFF
        return wait * (0.75 + 0.5 * self._random / 0x7FFFFFFF)

    def _sample(self, now, late_s):
        seconds, self._last = now - self._last, now
        frames = _sys._current_frames()
        if self._cell_thread not in frames:
            self._dropped += 1
            return
        self._samples += 1
        threads = self._user_threads(frames)
        if len(threads) > 1:
            self._switch_back()
        for ident in threads:
            tree = self._tree(ident)
            places = self._stack(frames[ident])
            cause, ran_s = self._activity(tree, seconds, late_s)
            if ident == self._cell_thread and self._task is not None and self._in_loop(frames[ident]):
                awaiting = self._awaiting_stack()
                if awaiting:
                    places = awaiting
                    cause = self._awaited_cause(awaiting[-1], cause)
            self._nodes += tree.add(places, cause, ran_s, seconds - ran_s, _MAX_NODES - self._nodes)

    def _user_threads(self, frames):
        own = self._own_thread
        return [
            ident
            for ident, frame in frames.items()
            if ident == self._cell_thread or (ident != own and not self._is_kernels(frame))
        ]

    def _is_kernels(self, frame):
        """Whether the thread was started by Jupyter's own code."""
        root = frame
        above = None
        depth = 0
        while frame is not None and depth < _MAX_DEPTH:
            if not frame.f_code.co_filename.endswith("threading.py"):
                above = frame
            root, frame = frame, frame.f_back
            depth += 1
        code = (above or root).f_code
        known = self._kernel_roots.get(id(code))
        if known is None:
            module = (above or root).f_globals.get("__name__")
            package = module.split(".")[0] if type(module) is str else ""
            known = self._kernel_roots[id(code)] = (code, package in _KERNEL_PACKAGES or package == "pyperf_agent")
        return known[1]

    def _tree(self, ident):
        tree = self._trees.get(ident)
        if tree is None:
            if len(self._trees) >= _MAX_GROUPS:
                return self._trees.setdefault(None, _StackTree("thread", "further threads", 0))
            name, native_id = _thread_name(ident)
            kind = "main" if ident == self._cell_thread else "thread"
            tree = self._trees[ident] = _StackTree(kind, name, native_id)
        return tree

    def _activity(self, tree, seconds, late_s):
        """@returns (what the thread waits for or `cpu`, how many of these seconds it ran)"""
        ran_s = tree.clock.since_last(seconds)
        if ran_s == seconds:
            return "cpu", ran_s
        cause = _waiting_cause(tree.native_id) if tree.native_id else None
        if cause == "cpu":
            # It may have let go of the interpreter's lock on its way into a call that waits.
            cause = _waiting_cause(tree.native_id)
        if cause == "lock" and late_s >= _SWITCH_INTERVAL_S and ran_s and ran_s > seconds / 10:
            cause = "cpu"  # it waits for the interpreter's lock, which it had to hand to this thread
        if cause is None or ran_s is None:
            self._unknown_states = True
            if ran_s is None:
                ran_s = seconds if cause in (None, "cpu") else 0.0
            if cause is None:
                cause = "cpu" if ran_s >= seconds / 2 else "other"
        return cause, ran_s

    # -- stacks as places

    def _stack(self, frame):
        """Places from the outermost to the innermost frame."""
        places = []
        while frame is not None and len(places) < _MAX_DEPTH:
            places.append(self._place(frame))
            frame = frame.f_back
        places.reverse()
        if len(places) > 2 * _KEPT_AT_EACH_END:
            places = places[:_KEPT_AT_EACH_END] + places[-_KEPT_AT_EACH_END:]
        return places

    def _place(self, frame):
        """A number for (code, line); the line is worked out once for each instruction seen."""
        code = frame.f_code
        key = (id(code), frame.f_lasti)
        place = self._place_of.get(key)
        if place is None:
            self._codes.setdefault(id(code), code)
            line = frame.f_lineno or code.co_firstlineno
            at = (id(code), line)
            place = self._frame_of.get(at)
            if place is None:
                place = self._frame_of[at] = len(self._places)
                self._places.append((code, line))
            if len(self._place_of) < _MAX_PLACES:
                self._place_of[key] = place
        return place

    # -- asyncio

    def _in_loop(self, frame):
        return frame.f_code.co_filename.endswith(_LOOP_FILES)

    def _awaited_cause(self, place, cause):
        """The loop waits in one call for everything; `asyncio.sleep` waits for nothing but time."""
        code = self._places[place][0]
        sleeps = code.co_name == "sleep" and code.co_filename.endswith("/asyncio/tasks.py")
        return "sleep" if sleeps and cause == "wait" else cause

    def _awaiting_stack(self):
        """Places of the cell's coroutines while they wait, empty when they do not."""
        places = []
        try:
            waiting = self._task.get_coro()
        except Exception:
            return places
        while waiting is not None and len(places) < _MAX_DEPTH:
            kind = type(waiting)
            if kind is _types.CoroutineType:
                frame, running, inner = waiting.cr_frame, waiting.cr_running, waiting.cr_await
            elif kind is _types.GeneratorType:
                frame, running, inner = waiting.gi_frame, waiting.gi_running, waiting.gi_yieldfrom
            elif kind is _types.AsyncGeneratorType:
                frame, running, inner = waiting.ag_frame, waiting.ag_running, waiting.ag_await
            else:
                break
            if frame is None or (running and kind is not _types.AsyncGeneratorType):
                return []
            places.append(self._place(frame))
            waiting = inner
        return places

    # -- the end

    def _close_last_interval(self, now):
        """The time since the last sample goes where that sample was."""
        rest = now - self._last
        usual = max(self._cost_s / _SHARE_FOR_SAMPLING, 1 / self._rate_hz if self._rate_hz else _USUAL_INTERVAL_S)
        for tree in self._trees.values():
            tree.close(rest if tree.kind == "main" and rest < 4 * usual else 0.0)

    def result(self):
        """@returns dict with the fields of `StackResult`, states without time left out"""
        elapsed = (self._until or _perf_counter()) - self._began
        groups = sorted(self._trees.values(), key=lambda tree: tree.kind != "main")
        return {
            "frames": [_frame_of_code(code, line) for code, line in self._places],
            "groups": [
                {
                    "kind": tree.kind,
                    "name": tree.name,
                    "pid": _os.getpid(),
                    "nodes": [
                        {
                            "parent": parent,
                            "frame": place,
                            "selfMs": {state: seconds * 1000 for state, seconds in states.items()},
                            "samples": samples,
                        }
                        for parent, place, states, samples, _ in tree.nodes
                    ],
                }
                for tree in groups
            ],
            "samples": self._samples,
            "dropped": self._dropped,
            "intervalMs": elapsed * 1000 / self._samples if self._samples else 0,
            "notes": self._notes(),
        }

    def _notes(self):
        notes = [
            "Sampled by a thread inside the kernel, which sees the code only when the interpreter's lock is free: "
            "time in a C call that keeps the lock is given to the line that made the call, and a line of pure "
            "arithmetic inside a loop may show at the loop's last line. A thread that waits often is found waiting more "
            "often than it does."
        ]
        if self._own_cpu_s:
            notes.append("The sampler's thread itself took %.0f ms of CPU time." % (self._own_cpu_s * 1000))
        if self._unknown_states:
            notes.append("This system does not tell what threads wait for: some waiting is counted as other or as CPU time.")
        if self._nodes >= _MAX_NODES:
            notes.append("The tree of stacks reached its limit of %d nodes: later, deeper stacks are cut." % _MAX_NODES)
        if self._failure is not None:
            notes.append("The sampler stopped early: %s." % self._failure)
        return notes


def _thread_name(ident):
    """@returns (name, the system's id of the thread or 0), read without the user's `Thread` subclass taking part"""
    threading = _sys.modules.get("threading")
    thread = getattr(threading, "_active", {}).get(ident)
    names = _instance_dict(thread) if thread is not None else {}
    return _text(names.get("_name")) or "thread %d" % ident, names.get("_native_id") or 0


def _frame_of_code(code, line):
    return {
        "function": getattr(code, "co_qualname", code.co_name),
        "file": code.co_filename,
        "line": line,
        "firstLine": code.co_firstlineno,
    }

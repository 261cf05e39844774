"""What a profiled cell did outside of Python: statements, requests, files. On while profiled cells run.

One session at a time, for the whole process: the methods that it replaces are everybody's.
"""
import contextvars as _contextvars
import os as _os
import sys as _sys
import threading as _threading
from time import perf_counter as _perf_counter

_request_served = _contextvars.ContextVar("pyperf_request", default=None)


class _OfThread(_threading.local):
    """What a thread does right now; the values here are those of a thread that has done nothing yet."""

    # A statement is being sent: what it calls is not another.
    busy = False
    # Statements noted.
    sent = 0
    # What a cursor's rows belong to: `{id(cursor): [entry, seconds so far]}`.
    cursors = None


class _Evidence:
    def __init__(self, shell, hidden_names, places):
        self.places = places
        self.active = False
        self.notes = []
        self.statements = _Statements()
        self.opens = _Opens(self)
        self.explainer = _Explainer(self)
        self.containers = _Containers(shell, hidden_names, places)
        self.patches = _Patches()
        self.requests = _Requests()
        self.telemetry = _Telemetry(self)
        self.local = _OfThread()
        self.began = 0.0
        self._cost_us = None
        self._shell = shell
        self._imports = _ImportWatch(self._loaded)
        self._watched = set()
        register = getattr(_os, "register_at_fork", None)
        if register is not None:
            register(after_in_child=self._forked)

    def _forked(self):
        # What a child process does is not this cell's thread's, and a lock may have been taken when it was made.
        self.active = False
        self.statements.lock = _RLock()
        self.requests.lock = _RLock()

    def begin(self, follows):
        """@param follows whether the cell before was profiled, too: its end has told what is there now"""
        if not follows:
            self.containers.forget()
        self.containers.remember()
        self.notes = []
        self.statements = _Statements()
        self.requests = _Requests()
        self.explainer = _Explainer(self)
        self.opens.clear()
        self.local = _OfThread()
        self.began = _perf_counter()
        # Listing what is installed opens files, which are not the cell's.
        wanted = [*_DRIVERS, *_SERVERS, *self._telemetry_modules()]
        self.active = True
        self._shell.showtraceback = self._clean_showtraceback(self._shell.showtraceback)
        for module in wanted:
            if _loaded_module(module):
                self._loaded(module)
        self._imports.start([module for module in wanted if module not in self._watched])

    def end(self):
        """@returns what the cell's message says of it"""
        self.active = False
        try:
            self._imports.stop()
            self.telemetry.stop()
            self.patches.undo()
        finally:
            self._watched.clear()
            vars(self._shell).pop("showtraceback", None)
        return {
            "statements": self.statements.told(),
            "requests": self.requests.told(),
            "opens": self.opens.told(),
            "containers": self.containers.told(),
            "notes": self._told_notes(),
        }

    def _telemetry_modules(self):
        try:
            return list(self.telemetry.modules())
        except Exception as error:
            self.note(f"OpenTelemetry's instrumentations could not be listed ({type(error).__name__}: {error}).")
            return []

    def _loaded(self, module):
        """A module that is watched is complete."""
        if not self.active or module in self._watched:
            return
        self._watched.add(module)
        try:
            watch = _DRIVERS.get(module) or _SERVERS.get(module)
            if watch is not None:
                watch(self)
            else:
                self.telemetry.loaded(module)
        except Exception as error:
            self.note(f"What {module} does is not seen ({type(error).__name__}: {error}).")

    def note(self, text):
        if text not in self.notes and len(self.notes) < 20:
            self.notes.append(text)

    def _told_notes(self):
        self.telemetry.hint(self._shell.user_ns)
        if self.statements.count:
            self.note(
                f"{self.statements.count:,} statements were timed from inside, which took {self._statement_cost_us():.0f} µs each; "
                "rows that a loop fetches one by one are not part of a statement's time."
            )
        if self.statements.left_out:
            self.note(f"{self.statements.left_out:,} executions of rarer statements are told as one.")
        return self.notes + self.explainer.notes()

    def _clean_showtraceback(self, original):
        def showtraceback(*args, **kwargs):
            try:
                _without_own_frames(_sys.exc_info()[1], self._is_own)
            except Exception:
                pass  # the traceback then shows us
            return original(*args, **kwargs)

        return showtraceback

    def _is_own(self, file):
        return file == _OWN_FILE or (self.telemetry.used and "/opentelemetry/instrumentation/" in file)

    def _statement_cost_us(self):
        """What noting a statement takes on this machine: tried with statements that do nothing, on a copy."""
        if self._cost_us is None:
            scratch = object.__new__(_Evidence)
            scratch.places, scratch.statements, scratch.local, scratch.active = self.places, _Statements(), _OfThread(), True
            scratch.explainer = _Explainer(scratch)
            method = _timed(scratch, "sqlite", id, None, _explain_sqlite, lambda self, result: self)(lambda self, text: None)
            names = {}
            exec(compile(_TRIAL, "<ipython-input-pyperf>", "exec"), names)  # as a cell's line does it
            self._cost_us = min(names["trial"](method, _perf_counter, _TRIALS) for _ in range(3)) / _TRIALS * 1e6
        return self._cost_us


_TRIALS = 100
_TRIAL = """
def trial(method, clock, times):
    began = clock()
    for _ in range(times): method(None, "SELECT 1")
    return clock() - began
"""

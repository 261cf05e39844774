"""What every program here shares: it tells the sampler where to look, waits, and tells the truth about itself.

A program's lines are named by a comment `#@name` at their end. `clock.add("name", seconds)` collects the true time of a
line, measured around it in the program itself; `finish` prints all as JSON.
"""

import ctypes
import json
import os
import platform
import struct
import sys
import sysconfig
import threading
import types
from time import perf_counter


def details(extra=None):
    api = ctypes.pythonapi
    api.PyThreadState_Get.restype = ctypes.c_void_p
    return {
        "implementation": sys.implementation.name,
        "version": list(sys.version_info[:3]),
        "machine": platform.machine(),
        "pointerBytes": struct.calcsize("P"),
        "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "debugBuild": hasattr(sys, "gettotalrefcount"),
        "runtime": ctypes.addressof(ctypes.c_char.in_dll(api, "_PyRuntime")),
        "mainThreadState": api.PyThreadState_Get(),
        "nativeThreadId": threading.get_native_id(),
        "codeType": id(types.CodeType),
        "code": {"cellPrefixes": [], "libraryPrefixes": sorted({sys.prefix, sys.base_prefix})},
        **(extra or {}),
    }


def hello(extra=None):
    print(json.dumps({"pid": os.getpid(), "details": details(extra)}), flush=True)
    sys.stdin.readline()


class Clock:
    def __init__(self):
        self.seconds = {}

    def add(self, name, seconds):
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def finish(self, **more):
        print(json.dumps({"truth": self.seconds, **more}), flush=True)
        # Stay until the sampler has stopped: its last look must still find a process.
        sys.stdin.readline()


clock = Clock()
now = perf_counter

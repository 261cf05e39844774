"""Prints one peer's profile of a script as JSON: `{"by": "line" | "call" | "function", "times": {key: time}}`.

argv: kind, the profile's path, the script's path. Keys are line numbers, or names of functions. `line` is the time of a
line alone, `call` with what it called, and of `main` only; `function` with what it called. Units differ: shares matter.
"""

import collections
import json
import os
import pickle
import pstats
import re
import sys


def py_spy(path, script):
    times = collections.Counter()
    for stack in open(path):
        frames, count = stack.rsplit(" ", 1)
        leaf = re.search(r"\(([^()]*):(\d+)\)$", frames.split(";")[-1])
        # A helper of the library counts as the script's line that called it, as every other tool here does.
        ours = [
            found[2]
            for found in re.finditer(r"\(([^():]*):(\d+)\)", frames)
            if os.path.basename(found[1]) == os.path.basename(script)
        ]
        if leaf and ours:
            times[ours[-1]] += int(count)
    return "line", times


def scalene(path, script):
    files = json.load(open(path))["files"]
    lines = next(found["lines"] for name, found in files.items() if name.endswith(os.path.basename(script)))
    kinds = ("n_cpu_percent_python", "n_cpu_percent_c", "n_sys_percent")
    return "line", {line["lineno"]: sum(line[kind] for kind in kinds) for line in lines}


def pyinstrument(path, script):
    times = collections.Counter()

    def walk(frame, above):
        name = frame["function"]
        if frame["file_path"] == script and name not in above:
            times[name] += frame["time"]
        for child in frame["children"]:
            walk(child, above | {name})

    walk(json.load(open(path))["root_frame"], frozenset())
    return "function", times


def c_profile(path, script):
    stats = pstats.Stats(path).stats
    return "function", {name: stat[3] for (file, _, name), stat in stats.items() if file == script}


def line_profiler(path, script):
    with open(path, "rb") as file:
        timings = pickle.load(file).timings
    return "call", {
        line: time
        for (name, _, function), lines in timings.items()
        if name == script and function == "main"
        for line, _, time in lines
    }


READERS = {reader.__name__: reader for reader in (py_spy, scalene, pyinstrument, c_profile, line_profiler)}
kind, profile, program = sys.argv[1:]
by, found = READERS[kind](profile, program)
print(json.dumps({"by": by, "times": found}))

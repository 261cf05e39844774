"""Times named parts of a notebook by the notebook's own clock.

The studies' figures are checked against it: what a profiler tells of a part must agree with what the part took.
"""

import json
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

started = perf_counter()
seconds = {}


@contextmanager
def timed(part):
    """Adds the time of the block to that of the part."""
    began = perf_counter()
    try:
        yield
    finally:
        seconds[part] = seconds.get(part, 0.0) + perf_counter() - began


def save(path):
    """Writes the total since this module was imported, and each part's time."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    report = {"totalSeconds": perf_counter() - started, "parts": seconds}
    Path(path).write_text(json.dumps(report, indent=2))

"""Exact Python allocations by line, for cells that ask for `--memory trace`."""
import sys as _sys
from time import perf_counter as _perf_counter

_MAX_TRACED_LINES = 500
# Reading the traces copies them, into several times the memory that tracemalloc itself takes for them.
_MAX_TRACE_BYTES = 300_000_000


class _TraceMemory:
    """tracemalloc around one cell. `start()` and `stop()` never raise."""

    def __init__(self):
        self._tracer = None
        self._theirs = False
        self._before = None
        self._size_before = 0
        self._failure = None

    def start(self):
        try:
            import tracemalloc
        except ImportError:  # PyPy
            self._failure = "This interpreter has no tracemalloc: Python's allocations cannot be traced."
            return
        self._tracer = tracemalloc
        self._theirs = tracemalloc.is_tracing()
        if self._theirs:
            # What the user's own tracing has seen so far is not this cell's.
            self._before = self._by_line()
        else:
            tracemalloc.start(1)
        self._size_before = tracemalloc.get_traced_memory()[0]
        if not self._theirs:
            tracemalloc.reset_peak()

    def stop(self, file_names=None, limit=_MAX_TRACED_LINES):
        """Ends the tracing, unless it is the user's.

        @param file_names only lines of these files, absent: of all
        @returns {lines: [{file, line, bytes, blocks}] the largest first, peakBytes, note}
        """
        tracer, self._tracer = self._tracer, None
        if tracer is None or not tracer.is_tracing():
            note = self._failure or "The cell stopped tracemalloc itself: what it allocated is not known."
            return {"lines": [], "peakBytes": 0, "note": note}
        if tracer.get_tracemalloc_memory() > _MAX_TRACE_BYTES:
            if not self._theirs:
                tracer.stop()
            note = "So many blocks were alive at the cell's end that reading them would have taken too much memory."
            return {"lines": [], "peakBytes": 0, "note": note}
        began = _perf_counter()
        peak = tracer.get_traced_memory()[1]
        by_line = self._by_line()
        if not self._theirs:
            tracer.stop()
        blocks = sum(count for _, count in by_line.values())
        before, self._before = self._before or {}, None
        lines = []
        for (file, line), (size, count) in by_line.items():
            size_before, count_before = before.get((file, line), (0, 0))
            wanted = file_names is None or file in file_names
            if wanted and size != size_before and file != "<pyperf agent>":
                lines.append({"file": file, "line": line, "bytes": size - size_before, "blocks": count - count_before})
        lines.sort(key=lambda entry: -abs(entry["bytes"]))
        return {
            "lines": lines[:limit],
            "peakBytes": max(0, peak - self._size_before),
            "note": self._note(blocks, len(lines) - limit, _perf_counter() - began),
        }

    def _by_line(self):
        """`{(file, line): (bytes, blocks)}` of what is alive; summed here, without tracemalloc's own grouping, which
        makes an object for each block."""
        totals = {}
        for trace in self._traces():
            size, frames = trace[1], trace[2]
            where = frames[0]
            total = totals.get(where)
            if total is None:
                totals[where] = [size, 1]
            else:
                total[0] += size
                total[1] += 1
        return {where: (size, count) for where, (size, count) in totals.items()}

    def _traces(self):
        # `_get_traces` is what `take_snapshot` wraps: (domain, size, frames, ...), frames as (file, line).
        return _sys.modules["_tracemalloc"]._get_traces()

    def _note(self, blocks, left_out, seconds):
        note = (
            "tracemalloc slowed every allocation of Python's during the cell (code that only allocates takes about three "
            "to four times as long), so its times are longer than without; "
            "{:,} blocks were alive at its end, read in {:.0f} ms.".format(blocks, seconds * 1000)
        )
        if self._theirs:
            note += " The notebook's own tracing went on; its peak covers more than this cell."
        if left_out > 0:
            note += " {:,} further lines are left out.".format(left_out)
        return note

"""`--memory trace`: what lines allocated and kept, against what is known, and what it costs."""
import json
import sys
import time
import tracemalloc

from agent_parts import load

agent = load()
SOURCE = """
kept = []
def leak():
    kept.append(bytearray(1_000_000))
for _ in range(50):
    leak()
numbers = [float(n) for n in range(200_000)]
gone = bytearray(30_000_000)
del gone
"""


def work():
    return [[number] for number in range(300_000)]


def plain():
    names = {}
    trace = agent["_TraceMemory"]()
    trace.start()
    exec(compile(SOURCE, "/tmp/cell_1.py", "exec"), names)
    result = trace.stop()
    return {"result": result, "stillTracing": tracemalloc.is_tracing()}


def users_own():
    tracemalloc.start(5)
    before = [bytearray(10_000_000)]
    names = {}
    trace = agent["_TraceMemory"]()
    trace.start()
    exec(compile(SOURCE, "/tmp/cell_1.py", "exec"), names)
    result = trace.stop({"/tmp/cell_1.py"})
    return {"result": result, "stillTracing": tracemalloc.is_tracing(), "before": len(before)}


def stopped():
    trace = agent["_TraceMemory"]()
    trace.start()
    tracemalloc.stop()
    return {"result": trace.stop(), "stillTracing": tracemalloc.is_tracing()}


def cost():
    times = {False: [], True: []}
    for turn in range(4):
        trace = agent["_TraceMemory"]() if turn % 2 else None
        if trace is not None:
            trace.start()
        began = time.process_time()
        kept = work()
        times[trace is not None].append(time.process_time() - began)
        if trace is not None:
            trace.stop()
        del kept
    return {"ratio": min(times[True]) / min(times[False])}


print(json.dumps(globals()[sys.argv[1]]()))

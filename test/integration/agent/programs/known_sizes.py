"""Builds objects under tracemalloc, which tells their exact size, and measures them."""
import collections
import gc
import json
import time
import tracemalloc

from agent_parts import load

agent = load()


class Plain:
    def __init__(self, number):
        self.x = float(number) + 0.5
        self.y = [number]
        self.z = None


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, number):
        self.x = float(number) + 0.5
        self.y = [number]


class Holder:
    def __init__(self):
        self.name = "history"
        self.history = [bytes(1_000) for _ in range(5_000)]


def chain(length):
    node = None
    for _ in range(length):
        node = [node]
    return node


BUILDERS = {
    "floats": lambda: [float(number) for number in range(300_000)],
    "one text many times": lambda: ["abc" * 100] * 300_000,
    "records": lambda: [{"id": number, "name": "n%d" % number, "v": number * 0.5} for number in range(60_000)],
    "plain objects": lambda: [Plain(number + 1_000) for number in range(50_000)],
    "few objects": lambda: [Plain(number + 1_000) for number in range(2_000)],
    "slotted objects": lambda: [Slotted(number + 1_000) for number in range(50_000)],
    "dict": lambda: {number: str(number) for number in range(100_000)},
    "set": lambda: {str(number) for number in range(100_000)},
    "deque": lambda: collections.deque([str(number) for number in range(50_000)]),
    "bytes": lambda: [bytes(number) for number in range(3_000)],
    "lists in lists": lambda: [[float(inner) for inner in range(1_000)] for _ in range(500)],
    "holder": Holder,
    "chain": lambda: chain(5_000),
}

results = {}
for name, build in BUILDERS.items():
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    value = build()
    gc.collect()
    true = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    results[name] = {"trueBytes": true}
    for budget in (0.05, 1):
        started = time.thread_time()
        measured, _ = agent["_measure_variables"]({"value": value}, frozenset(), budget_s=budget)
        results[name]["brief" if budget < 1 else "long"] = {
            "sizeBytes": measured[0]["sizeBytes"],
            "partial": measured[0].get("partial", False),
            "tookMs": (time.thread_time() - started) * 1000,
        }
    del value
print(json.dumps(results))

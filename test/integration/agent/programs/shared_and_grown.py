"""Names that share objects, and what grows from one measurement to the next."""
import gc
import json
import sys
import weakref

from agent_parts import load

agent = load()


class Cache:
    def __init__(self):
        self.history = []


names = {
    "__name__": "__main__",
    "_": 1,
    "_12": [1] * 100_000,
    "_i3": "x" * 100_000,
    "hidden": [1] * 100_000,
    "json": json,
    "function": gc.collect,
    "Cache": Cache,
    "first": [bytes(1_000) for _ in range(1_000)],
    "cache": Cache(),
    "steady": bytearray(500_000),
    "_private": bytearray(1_000),
}
names["second"] = names["first"]
names["slice_"] = names["first"][:]
names["_oh"] = {7: bytearray(300_000)}
first, state = agent["_measure_variables"](names, {"hidden"}, budget_s=2)
names["cache"].history.extend(bytes(1_000) for _ in range(1_000))
names["first"].extend(bytes(1_000) for _ in range(100))
names["steady"] = bytearray(400_000)
names["fresh"] = bytearray(200_000)
names["a_second_name"] = names["cache"]
second, state = agent["_measure_variables"](names, {"hidden"}, budget_s=2, previous=state)
del names["first"]
third, state = agent["_measure_variables"](names, {"hidden"}, budget_s=2, previous=state)
reference = weakref.ref(names["cache"])
del names["cache"], names["a_second_name"]
gc.collect()
print(json.dumps({"first": first, "second": second, "third": third, "kept": reference() is not None}))

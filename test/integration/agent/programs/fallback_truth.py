"""A program that times its own lines, under the fallback sampler."""
import json
import sys
import threading
import time

from agent_parts import load

agent = load()
FILE = __file__
spent = {}


def timed(name, work):
    began = time.perf_counter()
    work()
    spent[name] = spent.get(name, 0.0) + time.perf_counter() - began


def loop():
    until = time.perf_counter() + 0.8
    number = 0
    while time.perf_counter() < until:
        number += 1


def inner_loop():
    for _ in range(3):
        total = 0
        for number in range(3_000_000):
            total += number


def sleep():
    time.sleep(0.8)


def locked():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=0.8)


def holds_the_lock():
    sum(range(25_000_000))


def recursion(depth=150):
    if depth:
        return recursion(depth - 1)
    loop()


def array():
    import numpy

    for _ in range(2):
        numpy.sort(values)


scenario = sys.argv[1]
rate_hz = float(sys.argv[2]) if len(sys.argv) > 2 else None
if scenario == "numpy":
    import numpy

    values = numpy.random.default_rng(1).random(6_000_000)
    work = {"array": array, "loop": loop, "sleep": sleep}
elif scenario == "recursion":
    work = {"recursion": recursion, "sleep": sleep}
else:
    work = {"loop": loop, "inner_loop": inner_loop, "sleep": sleep, "locked": locked, "holds_the_lock": holds_the_lock}

sampler = agent["_FallbackSampler"](threading.get_ident(), rate_hz)
switch_before = sys.getswitchinterval()
began = time.perf_counter()
sampler.start()
for name, one in work.items():
    timed(name, one)
elapsed = time.perf_counter() - began
result = sampler.stop()

# Time of each function of this program, wherever on the stack.
main = result["groups"][0]
names = []
function_ms, state_ms = {}, {}
for node in main["nodes"]:
    frame = result["frames"][node["frame"]] if node["frame"] >= 0 else None
    above = names[node["parent"]] if node["parent"] >= 0 else frozenset()
    mine = frame["function"] if frame is not None and frame["file"] == FILE else None
    names.append(above | {mine})
    for state, ms in node["selfMs"].items():
        for name in names[-1]:
            if name is not None:
                function_ms[name] = function_ms.get(name, 0) + ms
                if name in spent:
                    state_ms.setdefault(name, {}).setdefault(state, 0)
                    state_ms[name][state] += ms
print(
    json.dumps(
        {
            "elapsedMs": elapsed * 1000,
            "spentMs": {name: seconds * 1000 for name, seconds in spent.items()},
            "functionMs": function_ms,
            "stateMs": state_ms,
            "threadsSeen": [group["name"] for group in result["groups"]],
            "enumerated": len(threading.enumerate()),
            "switchKept": sys.getswitchinterval() == switch_before,
            "stacks": result,
        }
    )
)

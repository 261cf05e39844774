"""The fallback sampler with threads, asyncio, deep recursion, objects in frames, and at what cost."""
import asyncio
import gc
import json
import sys
import threading
import time
import types
import weakref

from agent_parts import load

agent = load()


def sampler():
    return agent["_FallbackSampler"](threading.get_ident())


def self_ms(result, kind="main"):
    """`{function:line of it: {state: ms}}` of this file's frames, innermost first of each stack."""
    found = {}
    for group in result["groups"]:
        if group["kind"] != kind:
            continue
        for node in group["nodes"]:
            at = node
            while at["frame"] >= 0 and result["frames"][at["frame"]]["file"] != __file__:
                at = group["nodes"][at["parent"]]
            if at["frame"] < 0:
                continue
            frame = result["frames"][at["frame"]]
            key = "%s:%d" % (frame["function"].split(".")[-1], frame["line"] - frame["firstLine"])
            states = found.setdefault(key, {})
            for state, ms in node["selfMs"].items():
                states[state] = states.get(state, 0) + ms
    return found


def threads():
    def busy():
        until = time.perf_counter() + 0.5
        while time.perf_counter() < until:
            pass

    def idle():
        done.wait()

    done = threading.Event()
    # Stands for a thread of the kernel's: started by a function of one of its packages.
    package = types.ModuleType("ipykernel.iostream")
    exec("import time\ndef _thread_main():\n    time.sleep(0.6)\n", package.__dict__)
    started = [
        threading.Thread(target=busy, name="busy one"),
        threading.Thread(target=idle, name="idle one"),
        threading.Thread(target=package._thread_main, name="IOPub"),
    ]
    one = sampler()
    for thread in started:
        thread.start()
    one.start()
    alive = sorted(thread.name for thread in threading.enumerate())
    started[0].join()
    result = one.stop()
    done.set()
    for thread in started:
        thread.join()
    return {
        "names": [group["name"] for group in result["groups"]],
        "alive": alive,
        "main": self_ms(result),
        "others": self_ms(result, "thread"),
    }


def awaiting():
    async def inner():
        await asyncio.sleep(0.5)

    async def cell(one):
        one.set_task(asyncio.current_task())
        one.start()
        await inner()
        until = time.perf_counter() + 0.3
        while time.perf_counter() < until:
            pass
        await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0.2)
        return one.stop()

    return self_ms(asyncio.run(cell(sampler())))


def deep():
    sys.setrecursionlimit(20_000)

    def down(depth):
        if depth:
            return down(depth - 1)
        until = time.perf_counter() + 0.3
        while time.perf_counter() < until:
            pass

    one = sampler()
    one.start()
    down(3_000)
    result = one.stop()
    return {
        "deepest": max(len_of(result["groups"][0]["nodes"], index) for index in range(len(result["groups"][0]["nodes"]))),
        "samples": result["samples"],
        "ms": sum(sum(node["selfMs"].values()) for node in result["groups"][0]["nodes"]),
    }


def len_of(nodes, index):
    length = 0
    while index > 0:
        index = nodes[index]["parent"]
        length += 1
    return length


def many_functions():
    """More places than the tree has room for."""
    one = sampler()
    agent["_MAX_NODES"] = 20
    names = {}
    exec("\n".join("def f%d(go):\n    go()" % number for number in range(300)), names)
    until = 0.002

    def go():
        end = time.perf_counter() + until
        while time.perf_counter() < end:
            pass

    one.start()
    for number in range(300):
        names["f%d" % number](go)
    result = one.stop()
    agent["_MAX_NODES"] = 20_000
    return {
        "nodes": sum(len(group["nodes"]) for group in result["groups"]),
        "ms": sum(sum(node["selfMs"].values()) for node in result["groups"][0]["nodes"]),
        "noted": any("limit" in note for note in result["notes"]),
    }


class Held:
    pass


def keeps_nothing():
    def hold():
        held = Held()
        references.append(weakref.ref(held))
        time.sleep(0.15)

    references = []
    one = sampler()
    one.start()
    hold()
    gone = references[0]() is None
    gc_free = one.stop() is not None
    return {"gone": gone or (gc.collect(), references[0]() is None)[1], "stopped": gc_free}


def work():
    total = 0
    for number in range(300_000):
        total += number * number


def cost():
    """The sampler's own share of a core, while the kernel is busy and in short cells."""
    long, short = sampler(), sampler()
    began = time.perf_counter()
    long.start()
    while time.perf_counter() - began < 3:
        work()
    long.stop()
    long_s = time.perf_counter() - began
    began = time.perf_counter()
    short.start()
    while time.perf_counter() - began < 0.2:
        pass
    short.stop()
    return {
        "long": long._own_cpu_s / long_s,
        "short": short._own_cpu_s / (time.perf_counter() - began),
        "shortSamples": short.result()["samples"],
    }


def other_interval():
    """The user sets an interval of their own while the sampler runs."""
    before = sys.getswitchinterval()
    one = sampler()
    one.start()
    sys.setswitchinterval(0.002)
    one.stop()
    kept = abs(sys.getswitchinterval() - 0.002) < 1e-6
    sys.setswitchinterval(before)
    return {"kept": kept}


print(json.dumps(globals()[sys.argv[1]]()))

# Runs a workload's `unit` for a while and prints what one took: start and end of the tools around it do not count.
# The first is not counted either: it imports, fills caches, and lets the interpreter specialise its code.
import json
from time import perf_counter


def pyperf_bench_drive(seconds):
    unit()
    count = 0
    began = perf_counter()
    while (elapsed := perf_counter() - began) < seconds:
        unit()
        count += 1
    pyperf_bench_tell(count, elapsed)


async def pyperf_bench_drive_async(seconds):
    await unit()
    count = 0
    began = perf_counter()
    while (elapsed := perf_counter() - began) < seconds:
        await unit()
        count += 1
    pyperf_bench_tell(count, elapsed)


def pyperf_bench_tell(count, elapsed):
    print("PYPERF-BENCH " + json.dumps({"units": count, "seconds": elapsed}), flush=True)

# Runs a workload's `unit` for a while and prints what one took: start and end of the tools around it do not count.
# The first is not counted: it imports, fills caches, and lets the interpreter specialise its code. Where a tool makes it
# last longer than all should, that hardly matters, and it is the measurement.
# Beside the time goes the CPU time of this thread, which other programs on the machine change less, and the time of the
# quickest unit, which they hardly change at all: what a tool costs evenly, it costs that one as well.
import json
from time import perf_counter, thread_time


def pyperf_bench_drive(seconds):
    units = []
    clocks = perf_counter(), thread_time()
    unit()
    if perf_counter() - clocks[0] < seconds:
        clocks = perf_counter(), thread_time()
        while perf_counter() - clocks[0] < seconds:
            start = perf_counter()
            unit()
            units.append(perf_counter() - start)
    pyperf_bench_tell(units, clocks)


async def pyperf_bench_drive_async(seconds):
    units = []
    clocks = perf_counter(), thread_time()
    await unit()
    if perf_counter() - clocks[0] < seconds:
        clocks = perf_counter(), thread_time()
        while perf_counter() - clocks[0] < seconds:
            start = perf_counter()
            await unit()
            units.append(perf_counter() - start)
    pyperf_bench_tell(units, clocks)


def pyperf_bench_tell(units, clocks):
    count = max(len(units), 1)
    wall, cpu = (perf_counter() - clocks[0]) / count, (thread_time() - clocks[1]) / count
    told = {"wallSeconds": wall, "cpuSeconds": cpu, "quickestSeconds": min(units, default=wall)}
    print("PYPERF-BENCH " + json.dumps(told), flush=True)

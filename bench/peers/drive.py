# Runs a workload's `unit` for a while and prints what one took: start and end of the tools around it do not count.
# The first is not counted: it imports, fills caches, and lets the interpreter specialise its code. Where a tool makes it
# last longer than all should, that hardly matters, and it is the measurement.
# Beside the time goes the CPU time of this thread, which other programs on the machine change less.
import json
from time import perf_counter, thread_time


def pyperf_bench_drive(seconds):
    count = 0
    clocks = perf_counter(), thread_time()
    unit()
    if perf_counter() - clocks[0] < seconds:
        clocks = perf_counter(), thread_time()
        while perf_counter() - clocks[0] < seconds:
            unit()
            count += 1
    pyperf_bench_tell(max(count, 1), clocks)


async def pyperf_bench_drive_async(seconds):
    count = 0
    clocks = perf_counter(), thread_time()
    await unit()
    if perf_counter() - clocks[0] < seconds:
        clocks = perf_counter(), thread_time()
        while perf_counter() - clocks[0] < seconds:
            await unit()
            count += 1
    pyperf_bench_tell(max(count, 1), clocks)


def pyperf_bench_tell(count, clocks):
    wall, cpu = (perf_counter() - clocks[0]) / count, (thread_time() - clocks[1]) / count
    print("PYPERF-BENCH " + json.dumps({"wallSeconds": wall, "cpuSeconds": cpu}), flush=True)

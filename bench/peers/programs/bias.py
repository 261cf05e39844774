"""One and the same loop, behind calls and inlined: which share of the time does a tool give to the calls?

argv: seconds, share of the calls among all turns. Calls are short, as a helper's are, so that what a tool does at each
call or line shows.
"""

import json
import sys
from time import perf_counter

TURNS = 4000
CALLS = round(TURNS * float(sys.argv[2]))


def called():
    total = 0  #@called
    for i in (1, 2, 3, 4, 5, 6, 7, 8):  #@called
        total += i * i  #@called
    return total  #@called


def main(seconds):
    truth = {"called": 0.0, "inlined": 0.0}
    end = perf_counter() + seconds
    while perf_counter() < end:
        t = perf_counter()
        for _ in range(CALLS):  #@called
            called()  #@called
        truth["called"] += perf_counter() - t
        t = perf_counter()
        for _ in range(TURNS - CALLS):  #@inlined
            total = 0  #@inlined
            for i in (1, 2, 3, 4, 5, 6, 7, 8):  #@inlined
                total += i * i  #@inlined
        truth["inlined"] += perf_counter() - t
    print("PYPERF-BENCH " + json.dumps({"truth": truth}), flush=True)


main(float(sys.argv[1]))

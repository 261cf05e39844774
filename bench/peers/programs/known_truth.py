"""Parts of different kinds, each a function of its own, in turn; the program times them itself.

`#@name` at the end of a line says whose part it is. A part starts in `main`, so a tool that counts what a line called
finds it there, one that counts lines alone by their names, and one that counts functions by the function `name`.
"""

import json
import re
import sys
from time import perf_counter

DATA = list(range(30_000))
TEXT = "alpha 12 beta 345 gamma 6 " * 2500
WORD = re.compile(r"([a-z]+) (\d+)")


def loop(n):
    total = 0  #@loop
    for i in range(n):  #@loop
        total += i * i % 7  #@loop
    return total  #@loop


def order(values):
    return sorted(values, key=lambda x: -x)  #@order


def add(values):
    return sum(map(abs, values))  #@add


def scan(text):
    return WORD.findall(text)  #@scan


def small(n):
    return n + 1  #@calls


def calls(n):
    while n:  #@calls
        n = small(n) - 2  #@calls


def main(seconds):
    truth = {"loop": 0.0, "order": 0.0, "add": 0.0, "scan": 0.0, "calls": 0.0}
    end = perf_counter() + seconds
    while perf_counter() < end:
        t = perf_counter()
        loop(60_000)  #@loop
        truth["loop"] += perf_counter() - t
        t = perf_counter()
        order(DATA)  #@order
        truth["order"] += perf_counter() - t
        t = perf_counter()
        add(DATA)  #@add
        truth["add"] += perf_counter() - t
        t = perf_counter()
        scan(TEXT)  #@scan
        truth["scan"] += perf_counter() - t
        t = perf_counter()
        calls(30_000)  #@calls
        truth["calls"] += perf_counter() - t
    print("PYPERF-BENCH " + json.dumps({"truth": truth}), flush=True)


main(float(sys.argv[1]))

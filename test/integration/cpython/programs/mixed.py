"""Python, C and sleeping lines in turn. What a call returns is freed on the line of the call: both have the name."""

import sys
import threading
import time

from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])


def loop(n):
    total = 0
    for i in range(n):  #@loop
        total += i * i  #@loop
    return total


def sort(values):
    return sorted(values, key=lambda x: -x)  #@sort


def call(values):
    return sum(map(abs, values))  #@csum


hello()
data = list(range(30000))
end = now() + DURATION
while now() < end:
    t = now()
    loop(40000)  #@loop
    clock.add("loop", now() - t)
    t = now()
    sort(data)  #@sort
    clock.add("sort", now() - t)
    t = now()
    call(data)  #@csum
    call(data)  #@csum
    call(data)  #@csum
    clock.add("csum", now() - t)
    t = now()
    time.sleep(0.002)  #@sleep
    clock.add("sleep", now() - t)
clock.finish()

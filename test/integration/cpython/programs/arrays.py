"""numpy: calls that take long in C, some of them without the interpreter's lock."""

import sys

import numpy as np
from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])


def python_loop(values):
    total = 0.0
    for value in values:  #@loop
        total += value * 0.5  #@loop
    return total


random = np.random.default_rng(1)
data = random.random(300_000)
left = random.random((300, 300))
few = data[:60_000].tolist()

hello()
end = now() + DURATION
while now() < end:
    t = now()
    np.sort(data)  #@sort
    clock.add("sort", now() - t)
    t = now()
    left @ left @ left @ left  #@matmul
    clock.add("matmul", now() - t)
    t = now()
    python_loop(few)  #@loop
    clock.add("loop", now() - t)
    t = now()
    np.unique(data[:80_000].round(3))  #@unique
    clock.add("unique", now() - t)
clock.finish()

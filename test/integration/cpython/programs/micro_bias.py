"""As `turns.py`, but with turns too short to time where they run: each is timed alone, in the same process, before.

This truth is uncertain, and no test asserts it. On a busy machine equal loops of 7 us, timed alone, came out at 46 to
60 % for the call, on every version; timed where they run (`turns.py`), sampler and program agree within a point or two.
"""

import sys

from pyperf_target import clock, hello, now

DURATION, CALLED, INLINED = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


def work(n):
    total = 0  #@call
    while n:  #@call
        n -= 1  #@call
        total += n  #@call
    return total  #@call


def both(rounds):
    for _ in range(rounds):  #@turn
        work(CALLED)  #@call
        n = INLINED  #@inline
        total = 0  #@inline
        while n:  #@inline
            n -= 1  #@inline
            total += n  #@inline


def call_alone(rounds):
    for _ in range(rounds):
        work(CALLED)


def inline_alone(rounds):
    for _ in range(rounds):
        n = INLINED
        total = 0
        while n:
            n -= 1
            total += n


def best(function):
    times = []
    for _ in range(60):
        t = now()
        function(1000)
        times.append(now() - t)
    return min(times)


call_alone(1000), inline_alone(1000), both(1000)
clock.add("call", best(call_alone))
clock.add("inline", best(inline_alone))
hello()
end = now() + DURATION
while now() < end:
    both(1000)
clock.finish()

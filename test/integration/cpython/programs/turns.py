"""As `bias.py`, but call and inlined code take turns of some microseconds, each timed where it runs.

argv: seconds, rounds of the loop in a call, and inlined.
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
    call = inline = 0.0
    for _ in range(rounds):  #@clock
        start = now()  #@clock
        work(CALLED)  #@call
        between = now()  #@clock
        n = INLINED  #@inline
        total = 0  #@inline
        while n:  #@inline
            n -= 1  #@inline
            total += n  #@inline
        end = now()  #@clock
        call += between - start  #@clock
        inline += end - between  #@clock
    clock.add("call", call)
    clock.add("inline", inline)


both(1000)
clock.seconds.clear()
hello()
end = now() + DURATION
while now() < end:
    both(1000)
clock.finish()

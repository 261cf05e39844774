"""The same loop inlined and behind a call: a sampler must not prefer either. argv: seconds, share of the call."""

import sys

from pyperf_target import clock, hello, now

DURATION, SHARE = float(sys.argv[1]), float(sys.argv[2])
CALLED = int(100_000 * SHARE)
INLINED = 100_000 - CALLED


def work(n):
    total = 0  #@call
    for i in range(n):  #@call
        total += i  #@call
    return total  #@call


def main():
    end = now() + DURATION
    while now() < end:
        t = now()
        work(CALLED)  #@call
        clock.add("call", now() - t)
        t = now()
        total = 0  #@inline
        for i in range(INLINED):  #@inline
            total += i  #@inline
        clock.add("inline", now() - t)


hello()
main()
clock.finish()

"""Lines that grow the process."""

import sys

from pyperf_target import clock, hello, now

MEGABYTES = int(sys.argv[1])
kept = []


def spin(seconds):
    end = now() + seconds
    while now() < end:
        pass


def leak():
    kept.append(b"\x01" * (1 << 20))  #@leak
    return sum(kept[-1][:8000])


hello()
t = now()
spin(0.1)
array = bytearray(b"\x01") * (MEGABYTES << 20)  #@array
spin(0.1)
for _ in range(300):
    leak()
clock.finish(array=MEGABYTES << 20, leak=300 << 20)

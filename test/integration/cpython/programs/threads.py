"""Threads that work at the same time: each one's lines, and the wait for the interpreter's lock."""

import sys
import threading
import time

from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])


def count(end):
    total = 0
    while now() < end:  #@count
        total += 1  #@count


def doze(end):
    while now() < end:
        time.sleep(0.01)  #@doze


def idle(event):
    event.wait()


never = threading.Event()
threading.Thread(target=idle, args=(never,), daemon=True).start()
hello()
end = now() + DURATION
threads = [threading.Thread(target=target, args=(end,)) for target in (count, doze)]
for thread in threads:
    thread.start()
count(end)
for thread in threads:
    thread.join()
clock.finish()

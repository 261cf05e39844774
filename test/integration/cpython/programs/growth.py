"""Where memory grows, in each way that a loop can make it: which line does is known by how the loop is made."""

import copy
import hashlib
import sys
import threading

from pyperf_target import clock, hello

MEGABYTE = 1_000_000
kept = []


def busy(rounds):
    total = 0
    for i in range(rounds):  #@busy
        total += i * i  #@busy
    return total


def leak(size, rounds, calls):
    for _ in range(calls):
        call(size, rounds)


def call(size, rounds):
    block = bytearray(size)  #@grows
    kept.append(block)
    return busy(rounds)


def small_objects():
    for _ in range(300):
        kept.extend([str(i) + "x" * 40 for i in range(800)])  #@grows
        busy(12_000)


def appends():
    """Lines that take turns within a microsecond: no sample can tell them apart."""
    for i in range(600_000):
        kept.append(float(i))  #@grows
        a = i * i  #@busy
        b = a + i  #@busy
        c = b - a  #@busy


def swings():
    for _ in range(25):
        block = bytearray(48 * MEGABYTE)  #@grows
        busy(60_000)
        del block  #@shrinks
        busy(60_000)


def saw_tooth():
    """What is dropped when the line runs again is given back on the line itself."""
    for _ in range(25):
        block = bytearray(48 * MEGABYTE)  #@grows
        busy(60_000)
    kept.append(block)


def resizes():
    table = {}
    for i in range(1_000_000):
        table[i * 64] = i  #@grows
        a = i * i  #@busy
    kept.append(table)


def two_rates():
    """One leak after another, at rates far apart."""
    leak(MEGABYTE, 12_000, 100)
    for i in range(300):
        kept.append(bytes(1000) * 50)  #@slow
        busy(8_000)


def both():
    """Two lines of one loop that keep memory, one three times as much."""
    for _ in range(200):
        kept.append(bytearray(300_000))  #@grows
        busy(8_000)
        kept.append(bytearray(900_000))  #@more
        busy(8_000)


def in_thread(work):
    def leaks():
        for _ in range(150):
            kept.append(bytearray(MEGABYTE))  #@grows
            busy(12_000)

    thread = threading.Thread(target=leaks)
    thread.start()
    while thread.is_alive():
        work()
    thread.join()


data = bytes(4 * MEGABYTE)


def digest():
    """Runs beside other threads: it lets go of the interpreter's lock."""
    hashlib.sha256(data).digest()  #@digest


def in_library():
    document = {str(i): [i, str(i), {"a": 1}] for i in range(600)}
    for _ in range(80):
        kept.append(copy.deepcopy(document))  #@grows
        busy(30_000)


PATTERNS = {
    "leak": lambda: leak(MEGABYTE, 20_000, 200),
    "rare-leak": lambda: leak(MEGABYTE, 200_000, 60),
    "small-leak": lambda: leak(MEGABYTE // 10, 12_000, 600),
    "small-objects": small_objects,
    "appends": appends,
    "swings": swings,
    "saw-tooth": saw_tooth,
    "resizes": resizes,
    "two-rates": two_rates,
    "both": both,
    "thread": lambda: in_thread(lambda: busy(5_000)),
    "thread-beside": lambda: in_thread(digest),
    "library": in_library,
}

hello()
PATTERNS[sys.argv[1]]()
clock.finish()

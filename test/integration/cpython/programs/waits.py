"""Lines that wait: asleep, for a lock, for a peer, for storage, for readiness."""

import os
import select
import socket
import sys
import tempfile
import threading
import time

from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])
lock = threading.Lock()
ours, peers = socket.socketpair()
reader, writer = os.pipe()
asked = threading.Event()
going = True


def hold():
    while going:
        with lock:
            time.sleep(0.006)
        time.sleep(0.002)


def answer():
    while going:
        if peers.recv(1) == b"q":
            time.sleep(0.005)
            peers.send(b"a")


def write_pipe():
    while going:
        asked.wait()
        asked.clear()
        time.sleep(0.004)
        os.write(writer, b"x")


for target in (hold, answer, write_pipe):
    threading.Thread(target=target, daemon=True).start()
storage = tempfile.NamedTemporaryFile(dir=os.environ.get("PYPERF_TEST_DISK"))
block = os.urandom(1 << 20)

hello()
end = now() + DURATION
while now() < end:
    t = now()
    time.sleep(0.005)  #@sleep
    clock.add("sleep", now() - t)
    t = now()
    lock.acquire()  #@lock
    clock.add("lock", now() - t)
    lock.release()
    t = now()
    ours.send(b"q")  #@socket
    ours.recv(1)  #@socket
    clock.add("socket", now() - t)
    t = now()
    asked.set()  #@select
    select.select([reader], [], [])  #@select
    clock.add("select", now() - t)
    os.read(reader, 1)
    t = now()
    storage.seek(0)  #@disk
    storage.write(block)  #@disk
    storage.flush()  #@disk
    os.fsync(storage.fileno())  #@disk
    clock.add("disk", now() - t)
going = False
clock.finish(file=storage.name)

"""C calls that hold the interpreter's lock for seconds: a sampler inside the process would see nothing of them."""

import re
import sys

from pyperf_target import clock, hello, now

SCALE = float(sys.argv[1])
text = "a" * 31 + "b"
values = [(i * 7919) % 1_000_003 for i in range(int(450_000 * SCALE))]

hello()
t = now()
re.match(r"(a|aa)+$", text)  #@regex
clock.add("regex", now() - t)
t = now()
total = sum(range(int(14_000_000 * SCALE)))  #@sum
clock.add("sum", now() - t)
t = now()
ordered = sorted(values)  #@sort
ordered = sorted(values, reverse=True)  #@sort
clock.add("sort", now() - t)
clock.finish()

"""pandas: deep stacks of library code below one line of the user's."""

import io
import sys

import numpy as np
import pandas as pd
from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])
random = np.random.default_rng(1)
N = 40_000
left = pd.DataFrame({"key": random.integers(0, 2000, N), "a": random.random(N)})
right = pd.DataFrame({"key": np.arange(2000), "b": random.random(2000)})
text = left.head(8000).to_csv(index=False)
small = left.head(400)

hello()
end = now() + DURATION
while now() < end:
    t = now()
    merged = left.merge(right, on="key")  #@merge
    clock.add("merge", now() - t)
    t = now()
    grouped = merged.groupby("key").a.agg(["mean", "std", "max"])  #@groupby
    clock.add("groupby", now() - t)
    t = now()
    applied = small.apply(lambda row: row.a * 2 + row.key, axis=1)  #@apply
    clock.add("apply", now() - t)
    t = now()
    parsed = pd.read_csv(io.StringIO(text))  #@csv
    clock.add("csv", now() - t)
clock.finish()

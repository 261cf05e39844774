"""Objects of data libraries whose sizes are known."""
import json
import sys
import time

from agent_parts import load

library = sys.argv[1]
names = {}
if library == "numpy":
    import numpy as np

    names["huge"] = np.zeros(1_250_000_000)  # 10 GB that the system has not yet given
    names["view"] = names["huge"][::2]
    names["grid"] = np.ones((1_000, 1_000), dtype=np.float32)
    names["masked"] = np.ma.masked_array(np.zeros(100_000), mask=np.zeros(100_000, bool))
    names["many_views"] = [names["huge"][index:] for index in range(5_000)]
    names["arrays"] = [np.zeros(1_000) for _ in range(5_000)]
    names["only_view"] = np.zeros(1_000_000)[:10]
    names["objects"] = np.array([bytes(1_000) for _ in range(1_000)], dtype=object)
elif library == "pandas":
    import numpy as np
    import pandas as pd

    names["frame"] = pd.DataFrame({column: np.random.rand(100_000) for column in "abcd"})
    names["column"] = names["frame"]["a"]
    names["shallow"] = names["frame"].copy(deep=False)
    names["deep"] = names["frame"].copy()
    names["objects"] = pd.Series([bytes(100) for _ in range(10_000)], dtype=object)
    names["texts"] = pd.Series(["text %06d" % index for index in range(100_000)])
    names["kinds"] = pd.Series(["a", "b"] * 50_000).astype("category")
    names["times"] = pd.date_range("2020-01-01", periods=100_000, freq="s")
    names["pairs"] = pd.MultiIndex.from_product([range(100), range(1_000)])
elif library == "pyarrow":
    import pyarrow as pa

    names["table"] = pa.table({"number": pa.array(range(1_000_000), pa.int64())})
    names["part"] = names["table"].slice(0, 10)
    names["texts"] = pa.array(["text %06d" % index for index in range(100_000)])
    names["array"] = names["table"]["number"].chunk(0).to_numpy()
elif library == "polars":
    import polars as pl

    names["frame"] = pl.DataFrame({"number": range(1_000_000)})
    names["series"] = pl.Series("other", range(500_000))
    names["lazy"] = names["frame"].lazy()
elif library == "torch":
    import torch

    names["tensor"] = torch.zeros(1_000, 1_000)
    names["view"] = names["tensor"][:10]
    names["array"] = names["tensor"].numpy()
    names["layer"] = torch.nn.Linear(1_000, 1_000)
    names["weights"] = names["layer"].weight
    names["meta"] = torch.zeros(1_000, device="meta")
    called = []

    class Spy(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            called.append(str(function))
            return super().__torch_function__(function, types, args, kwargs or {})

    names["spy"] = torch.zeros(10).as_subclass(Spy)
    called.clear()
elif library == "scipy":
    import scipy.sparse

    names["matrix"] = scipy.sparse.random(1_000, 1_000, 0.01, format="csr")

agent = load()
modules_before = set(sys.modules)
agent["_measure_variables"](names, frozenset(), budget_s=0.05)
started = time.thread_time()
measured, _ = agent["_measure_variables"](names, frozenset(), budget_s=0.05)
took = time.thread_time() - started
print(
    json.dumps(
        {
            "variables": {entry["name"]: entry for entry in measured},
            "tookMs": took * 1000,
            "newModules": sorted(set(sys.modules) - modules_before),
            "called": called if library == "torch" else [],
        }
    )
)

"""pandas: grouping, joining, text columns and rolling windows."""

import numpy as np
import pandas as pd

COUNT = 3000
NUMBERS = np.arange(COUNT)
SALES = pd.DataFrame(
    {
        "shop": NUMBERS % 23,
        "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(NUMBERS % 366, unit="D"),
        "amount": (NUMBERS * 7919 % 1000) / 10,
        "sku": [f"part-{n % 97}" for n in range(COUNT)],
    }
)
SHOPS = pd.DataFrame({"shop": range(23), "region": [f"r{n % 4}" for n in range(23)]})


def unit():
    joined = SALES.merge(SHOPS, on="shop")
    joined["month"] = joined["day"].dt.month
    by_region = joined.groupby(["region", "month"])["amount"].agg(["sum", "mean", "max"])
    joined["kind"] = joined["sku"].str.replace("part-", "").astype(int) % 7
    wide = joined.pivot_table(index="kind", columns="region", values="amount", aggfunc="median")
    smooth = joined.sort_values("day")["amount"].rolling(30).mean()
    return float(by_region["sum"].sum() + wide.to_numpy().sum() + smooth.iloc[-1])

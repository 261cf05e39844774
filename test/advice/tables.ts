/** Advice about DataFrames and files. */
import type { Advice } from './advice.ts';

const ORDERS = `import numpy as np, pandas as pd
rng = np.random.default_rng(1)
df = pd.DataFrame({"price": rng.gamma(3, 12, 30_000), "quantity": rng.integers(1, 6, 30_000), "shop": rng.integers(0, 400, 30_000)})`;

export const tableAdvice: readonly Advice[] = [
  {
    rule: 'dataframe-iterrows',
    setup: ORDERS,
    slow: `slow = 0.0
for _, row in df.iterrows():
    slow += row["price"] * row["quantity"]`,
    advised: `advised = (df["price"] * df["quantity"]).sum()`,
    same: 'np.isclose(slow, advised)',
  },
  {
    rule: 'dataframe-apply-rows',
    setup: ORDERS,
    slow: `slow = df.apply(lambda row: row["price"] * row["quantity"], axis=1)
slow = df.apply(lambda row: row["price"] * row["quantity"], axis=1)
slow = df.apply(lambda row: row["price"] * row["quantity"], axis=1)`,
    advised: `advised = df["price"] * df["quantity"]`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'dataframe-loc-in-loop',
    setup: `${ORDERS}
small = df.head(6_000).copy()`,
    slow: `for i in range(len(small)):
    small.loc[i, "total"] = small.loc[i, "price"] * small.loc[i, "quantity"]
slow = small["total"].to_numpy()`,
    advised: `small["total"] = small["price"] * small["quantity"]
advised = small["total"].to_numpy()`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'concat-in-loop',
    setup: `${ORDERS}
large = pd.concat([df] * 10)`,
    slow: `slow = pd.DataFrame()
for start in range(0, 300_000, 300):
    slow = pd.concat([slow, large.iloc[start : start + 300]], ignore_index=True)`,
    advised: `pieces = []
for start in range(0, 300_000, 300):
    pieces.append(large.iloc[start : start + 300])
advised = pd.concat(pieces, ignore_index=True)`,
    same: 'slow.equals(advised)',
  },
  {
    rule: 'repeated-scan',
    setup: `${ORDERS}
df = pd.concat([df] * 8, ignore_index=True)`,
    slow: `slow = {}
for turn in range(5):
    for shop in range(400):
        rows = df[df["shop"] == shop]
        slow[shop] = slow.get(shop, 0) + len(rows)`,
    advised: `groups = dict(list(df.groupby("shop")))
advised = {}
for shop in range(400):
    advised[shop] = 5 * len(groups[shop])`,
    same: 'slow == advised',
  },
  {
    rule: 'csv-reads',
    setup: `${ORDERS}
large = pd.concat([df] * 80).assign(tax=lambda t: t["price"] / 7, weight=lambda t: t["price"] ** 0.5)
large.to_csv("orders.csv", index=False)
large.to_parquet("orders.parquet", index=False)`,
    slow: `slow = pd.read_csv("orders.csv", engine="c", low_memory=False)
slow = slow[["price", "shop"]]`,
    advised: `advised = pd.read_parquet("orders.parquet", columns=["price", "shop"])`,
    same: 'np.allclose(slow, advised)',
  },
  {
    rule: 'repeated-reads',
    setup: `${ORDERS}
pd.concat([df] * 150).to_csv("shops.csv", index=False)`,
    slow: `slow = [pd.read_csv("shops.csv")[name].sum() for name in ("price", "quantity", "shop")]`,
    advised: `shops = pd.read_csv("shops.csv")
advised = [shops[name].sum() for name in ("price", "quantity", "shop")]`,
    same: 'np.allclose(slow, advised)',
  },
];

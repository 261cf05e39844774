"""From the vendor's files to clean daily returns."""

import numpy as np
import pandas as pd
from stopwatch import timed

COLUMNS = ["date", "symbol", "close"]


def load_quotes(folder):
    """The columns that the risk run needs, from the columnar copy that the import job writes."""
    with timed("csv"):
        return pd.read_parquet(folder.parent / "quotes.parquet", columns=COLUMNS)


def daily_returns(quotes):
    """Returns by day and symbol; wild ones are cut."""
    quotes["date"] = pd.to_datetime(quotes["date"], format="%Y-%m-%d")
    last = quotes.drop_duplicates(["date", "symbol"], keep="last")
    close = last.pivot(index="date", columns="symbol", values="close")
    returns = close.pct_change().dropna()
    return returns.clip(-0.2, 0.2)


def normalised(returns):
    """Returns in units of their volatility."""
    return (returns - returns.mean()) / returns.std().replace(0.0, np.nan)

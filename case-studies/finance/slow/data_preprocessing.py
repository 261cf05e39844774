"""From the vendor's files to clean daily returns."""

from decimal import Decimal

import numpy as np
import pandas as pd
from stopwatch import timed


def load_quotes(folder):
    """All quotes of all months, with exact prices."""
    months = []
    for path in sorted(folder.glob("quotes-*.csv")):
        with timed("csv"):
            month = pd.read_csv(path, engine="python", sep=None, converters={"close": Decimal})
        months.append(month)
    return pd.concat(months, ignore_index=True)


def daily_returns(quotes):
    """Returns by day and symbol; wild ones are cut."""
    quotes["date"] = pd.to_datetime(quotes["date"])
    quotes["close"] = quotes["close"].astype(float)
    close = quotes.pivot_table(index="date", columns="symbol", values="close", aggfunc="last")
    returns = close.pct_change().dropna()
    return returns.clip(-0.2, 0.2)


def normalised(returns):
    """Returns in units of their volatility."""
    return (returns - returns.mean()) / returns.std().replace(0.0, np.nan)

"""Makes the shop's data: product vectors, and what users viewed, put into the cart and bought. Seeded, made once."""

from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "data"
PRODUCTS = 2200
DIMENSIONS = 512
USERS = 20_000
EVENTS = 600_000


def ensure():
    """Does nothing when the data is there."""
    if (DATA / "events.parquet").exists():
        return DATA
    DATA.mkdir(exist_ok=True)
    rng = np.random.default_rng(17)
    # Products of one category lie near each other, as real embeddings do.
    categories = rng.normal(size=(40, DIMENSIONS))
    vectors = categories[rng.integers(0, 40, PRODUCTS)] + 0.6 * rng.normal(size=(PRODUCTS, DIMENSIONS))
    np.save(DATA / "product_vectors.npy", vectors)
    events = pd.DataFrame(
        {
            "user_id": rng.integers(0, USERS, EVENTS),
            "product_id": np.minimum(rng.zipf(1.3, EVENTS), PRODUCTS) - 1,
            "kind": rng.choice(["view", "cart", "purchase"], EVENTS, p=[0.8, 0.15, 0.05]),
            "price": rng.gamma(3.0, 12.0, EVENTS).round(2),
        }
    )
    events.to_parquet(DATA / "events.parquet")
    return DATA

"""Makes the cohort: genotypes of samples at variant sites, with their ancestry and a trait. Seeded, made once."""

from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "data"
SAMPLES = 9000
VARIANTS = 150
POPULATIONS = 5


def ensure():
    """Does nothing when the data is there."""
    if (DATA / "variants.parquet").exists():
        return DATA
    DATA.mkdir(exist_ok=True)
    rng = np.random.default_rng(29)
    population = rng.integers(0, POPULATIONS, SAMPLES)
    frequencies = rng.beta(2, 3, (POPULATIONS, VARIANTS))
    genotypes = rng.binomial(2, frequencies[population])
    risk = genotypes[:, :8].sum(axis=1) + rng.normal(0.0, 2.0, SAMPLES)
    frame = pd.DataFrame(genotypes, columns=[f"rs{number:05d}" for number in range(VARIANTS)])
    quality = pd.DataFrame(
        rng.gamma(30.0, 1.0, (SAMPLES, VARIANTS)).round(3),
        columns=[f"quality_{number:05d}" for number in range(VARIANTS)],
    )
    depth = pd.DataFrame(
        rng.gamma(30.0, 1.0, (SAMPLES, 3 * VARIANTS)).round(4),
        columns=[f"depth_{number:05d}" for number in range(3 * VARIANTS)],
    )
    annotations = pd.DataFrame(
        {
            "sample": [f"S{number:06d}" for number in range(SAMPLES)],
            "population": population,
            "trait": (risk > np.median(risk)).astype(int),
        }
    )
    variants = pd.concat([annotations, frame, quality, depth], axis=1)
    variants.to_csv(DATA / "variants.csv", index=False)
    variants.to_parquet(DATA / "variants.parquet", index=False)
    return DATA

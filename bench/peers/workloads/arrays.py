"""numpy: products, sorting, masks and broadcasting between a little Python."""

import numpy as np

RANDOM = np.random.default_rng(5)
LEFT = RANDOM.random((120, 120))
VALUES = RANDOM.random(60_000)


def centred(matrix):
    return (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)


def unit():
    matrix = centred(LEFT)
    for _ in range(4):
        matrix = np.tanh(matrix @ LEFT * 0.01)
    order = np.argsort(VALUES)
    high = VALUES[order][VALUES[order] > 0.5]
    steps = np.diff(np.cumsum(high))
    return float(matrix.sum() + steps.mean() + sum(float(part.max()) for part in np.array_split(VALUES, 200)))

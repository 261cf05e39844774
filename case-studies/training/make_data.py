"""Makes the pictures: four shapes in noise, 24 by 24 pixels, a file each, as a labelling tool writes them. Seeded."""

from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"
IMAGES = 2600
SIZE = 24


def ensure():
    """Does nothing when the data is there."""
    if (DATA / "labels.npy").exists():
        return DATA
    (DATA / "images").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(41)
    labels = rng.integers(0, 4, IMAGES)
    images = np.stack([shape(label, rng) for label in labels])
    for number, image in enumerate(images):
        np.savez_compressed(DATA / "images" / f"{number:05d}.npz", image=image)
    np.save(DATA / "images.npy", images.astype(np.float32))
    np.save(DATA / "labels.npy", labels)
    return DATA


def shape(label, rng):
    """A disc, a square, a cross or a ring somewhere in the picture."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    y, x = rng.integers(8, SIZE - 8, 2)
    distance = np.hypot(rows - y, columns - x)
    across = np.maximum(abs(rows - y), abs(columns - x))
    along = np.minimum(abs(rows - y), abs(columns - x))
    drawn = [distance < 5, across < 5, (along < 2) & (across < 6), abs(distance - 5) < 1.2][label]
    return drawn + rng.normal(0.0, 0.35, (SIZE, SIZE))

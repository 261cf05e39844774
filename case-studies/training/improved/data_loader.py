"""Batches of pictures, each augmented anew in every epoch."""

import numpy as np
from stopwatch import timed


def load_images(folder):
    """All pictures, from one file that is mapped into memory."""
    with timed("loading"):
        return np.load(folder / "images.npy", mmap_mode="r")


def augment(images, rng):
    """Mirrored pictures with other contrasts, and with noise, a whole batch at once."""
    gain = rng.uniform(0.8, 1.2, (len(images), 1, 1)).astype(np.float32)
    noise = rng.standard_normal(images.shape, dtype=np.float32)
    return images[:, :, ::-1] * gain + 0.05 * noise


def batches(images, labels, numbers, size, rng):
    """Pictures and labels in random order."""
    order = rng.permutation(numbers)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with timed("augmentation"):
            augmented = augment(images[chosen], rng)
        yield augmented, labels[chosen]

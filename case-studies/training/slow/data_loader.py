"""Batches of pictures, each augmented anew in every epoch."""

import numpy as np
from stopwatch import timed


def load_image(folder, number):
    """One picture from its file."""
    with np.load(folder / "images" / f"{number:05d}.npz") as archive:
        return archive["image"]


def augment(image, rng):
    """A mirrored picture with another contrast, and with noise."""
    height, width = image.shape
    gain = rng.uniform(0.8, 1.2)
    augmented = np.zeros_like(image)
    for y in range(height):
        for x in range(width):
            augmented[y, x] = image[y, width - 1 - x] * gain + rng.normal(0.0, 0.05)
    return augmented


def batches(folder, labels, numbers, size, rng):
    """Pictures and labels in random order."""
    order = rng.permutation(numbers)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with timed("loading"):
            images = [load_image(folder, number) for number in chosen]
        with timed("augmentation"):
            images = [augment(image, rng) for image in images]
        yield np.stack(images), labels[chosen]

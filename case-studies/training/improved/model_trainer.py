"""Trains the classifier, epoch by epoch."""

import joblib
import numpy as np
from sklearn.neural_network import MLPClassifier
from stopwatch import timed

from .data_loader import batches, load_images
from .evaluation import accuracy
from .feature_extraction import extract

BATCH = 32


def train(folder, labels, training, validation, epochs):
    """The trained model, and its accuracy after each epoch."""
    rng = np.random.default_rng(3)
    images = load_images(folder)
    unchanging = extract(images[validation])
    model = MLPClassifier(hidden_layer_sizes=(64,), learning_rate_init=0.004, random_state=0)
    history = []
    for _ in range(epochs):
        for augmented, wanted in batches(images, labels, training, BATCH, rng):
            features = extract(augmented)
            with timed("training"):
                model.partial_fit(features, wanted, classes=np.arange(4))
        history.append(accuracy(model, unchanging, labels[validation]))
    with timed("checkpoints"):
        joblib.dump(model, folder / "model.joblib")
    return model, history

"""Trains the classifier, epoch by epoch."""

import joblib
import numpy as np
from sklearn.neural_network import MLPClassifier
from stopwatch import timed

from .data_loader import batches
from .evaluation import accuracy
from .feature_extraction import extract

BATCH = 4


def train(folder, labels, training, validation, epochs):
    """The trained model, and its accuracy after each epoch."""
    rng = np.random.default_rng(3)
    model = MLPClassifier(hidden_layer_sizes=(64,), random_state=0)
    history = []
    for epoch in range(epochs):
        for step, (images, wanted) in enumerate(batches(folder, labels, training, BATCH, rng)):
            features = extract(images, epoch, step)
            with timed("training"):
                model.partial_fit(features, wanted, classes=np.arange(4))
            if step % 100 == 0:
                with timed("checkpoints"):
                    joblib.dump(model, folder / f"checkpoint-{epoch}-{step}.joblib", compress=9)
        history.append(accuracy(model, folder, labels, validation))
    return model, history

"""How good the model is on pictures that it has not seen."""


def accuracy(model, features, labels):
    """The share of pictures that the model tells right."""
    return float((model.predict(features) == labels).mean())

"""Keras on TensorFlow, whose `fit` takes many steps in one call (`steps_per_execution`)."""

from __future__ import annotations

from peers import tensorflow

version = tensorflow.version

# Of 1,875 and 469 steps an epoch; several and all at once were slower.
STEPS = {"mlp": 125, "convnet": 67}


def train(network: str, threads: int, epochs: int) -> dict[str, object]:
    """Train; give the time of `fit` and the accuracy on the test set."""
    return tensorflow.train(network, threads, epochs, steps=STEPS[network])

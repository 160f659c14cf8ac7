"""Keras on TensorFlow, by `Model.predict`."""

from __future__ import annotations

from peers import tensorflow
from peers.measure import Predict

version = tensorflow.version


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    tensorflow.use_threads(threads)
    model = tensorflow.load(network)
    return lambda images: model.predict(images, batch_size=len(images), verbose=0)

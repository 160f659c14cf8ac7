"""Lamina through Python; $LAMINA_LIBRARY chooses the edition."""

from __future__ import annotations

import ctypes
import os

import numpy as np

import lamina
from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the version."""
    library = ctypes.CDLL(os.environ["LAMINA_LIBRARY"])
    library.lamina_version.restype = ctypes.c_char_p
    return f"Lamina {library.lamina_version().decode()}"


def input_shape(_: str) -> tuple[int, ...]:
    """Give the shape of a sample, as Lamina saved the network."""
    return (28, 28)


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs, which are written to memory of the caller's."""
    model = lamina.Model.load(files.model(network, ".safetensors"), threads=threads)
    outputs: dict[int, np.ndarray] = {}

    def predict(images: np.ndarray) -> np.ndarray:
        rows = len(images)
        if rows not in outputs:
            outputs[rows] = np.empty((rows, 10), np.float32)
        return model.predict(images, out=outputs[rows])

    return predict

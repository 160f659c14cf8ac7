"""LiteRT (TensorFlow Lite) with its XNNPACK kernels."""

from __future__ import annotations

from importlib.metadata import version as version_of

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the version."""
    return f"LiteRT {version_of('ai-edge-litert')}"


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    interpreter = Interpreter(files.model(network, ".tflite"), num_threads=threads)
    source = interpreter.get_input_details()[0]["index"]
    target = interpreter.get_output_details()[0]["index"]
    rows = 0

    def predict(images: np.ndarray) -> np.ndarray:
        nonlocal rows
        if len(images) != rows:
            rows = len(images)
            interpreter.resize_tensor_input(source, images.shape)
            interpreter.allocate_tensors()
        interpreter.set_tensor(source, images)
        interpreter.invoke()
        return interpreter.get_tensor(target)

    return predict

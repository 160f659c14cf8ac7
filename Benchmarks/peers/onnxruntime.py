"""ONNX Runtime through Python.

One image goes through memory that is bound to the session, which is quicker than `run`; a batch
would have to be copied there.
"""

from __future__ import annotations

import numpy as np
import onnxruntime

from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the version."""
    return f"ONNX Runtime {onnxruntime.__version__}"


def input_shape(network: str) -> tuple[int, ...]:
    """Give the shape of a sample, channels first."""
    return (1, 28, 28) if network.startswith("convnet") else (files.PIXELS,)


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        files.model(network, ".onnx"), options, providers=["CPUExecutionProvider"]
    )
    names = ["output"]
    image = np.zeros((1, *input_shape(network)), np.float32)
    output = np.zeros((1, 10), np.float32)
    binding = session.io_binding()
    binding.bind_input("input", "cpu", 0, np.float32, image.shape, image.ctypes.data)
    binding.bind_output("output", "cpu", 0, np.float32, output.shape, output.ctypes.data)

    def predict(images: np.ndarray) -> np.ndarray:
        if len(images) > 1:
            return session.run(names, {"input": images})[0]
        image[...] = images
        session.run_with_iobinding(binding)
        return output

    return predict

"""ncnn: a batch is the rows of one matrix for Dense layers, and image by image for convolutions."""

from __future__ import annotations

import ncnn
import numpy as np

from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the version."""
    return f"ncnn {ncnn.__version__}"


def input_shape(network: str) -> tuple[int, ...]:
    """Give the shape of a sample, channels first."""
    return (1, 28, 28) if network.startswith("convnet") else (files.PIXELS,)


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    net = ncnn.Net()
    net.opt.num_threads = threads
    # Float32, as everybody else.
    net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = False
    net.opt.use_bf16_storage = False
    if net.load_param(files.model(network, ".param")) or net.load_model(
        files.model(network, ".bin")
    ):
        raise ValueError("ncnn refuses the network")

    def run(input_: np.ndarray) -> np.ndarray:
        extractor = net.create_extractor()
        extractor.input("input", ncnn.Mat(input_))
        return np.array(extractor.extract("output")[1])

    def predict(images: np.ndarray) -> np.ndarray:
        if network == "mlp":
            return run(images)
        return np.stack([run(image) for image in images])

    return predict

"""The data and the networks' weights that every peer reads."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

FOLDER = Path(os.environ["LAMINA_BENCHMARK"])
DATA = Path(os.environ["LAMINA_MNIST"])
PIXELS = 784


def read_idx(name: str) -> np.ndarray:
    """Read one of MNIST's files."""
    content = (DATA / name).read_bytes()
    axes = content[3]
    shape = np.frombuffer(content, ">i4", axes, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def train_set() -> tuple[np.ndarray, np.ndarray]:
    """Give 60,000 images, float32 from 0 to 1, [60000, 28, 28], and their labels, int32."""
    images = read_idx("train-images-idx3-ubyte").astype(np.float32) / 255
    return images, read_idx("train-labels-idx1-ubyte").astype(np.int32)


def test_images() -> np.ndarray:
    """Give the 10,000 images of the test set, float32 from 0 to 1, [10000, 784]."""
    return np.fromfile(FOLDER / "test-images.float32", np.float32).reshape(-1, PIXELS)


def test_labels() -> np.ndarray:
    """Give the test set's labels."""
    return read_idx("t10k-labels-idx1-ubyte").astype(np.int32)


def input_shape(network: str) -> tuple[int, ...]:
    """Give the shape of a sample."""
    return (28, 28, 1) if network.startswith("convnet") else (PIXELS,)


def weights(network: str) -> list[np.ndarray]:
    """Give kernels and biases in the order of the layers, in Keras's layout."""
    with np.load(FOLDER / f"{network}.npz") as tensors:
        return [tensors[str(index)] for index in range(len(tensors.files))]


def expected_outputs(network: str) -> np.ndarray:
    """Give what the network gives for the first test images, computed in float64."""
    name = network.split("-", maxsplit=1)[0]
    return np.load(FOLDER / f"{name}-expected.npy")


def model(network: str, ending: str) -> str:
    """Give the path of a network's file for one peer."""
    path = FOLDER / f"{network}{ending}"
    if not path.exists():
        raise FileNotFoundError(f"there is no {path.name}; what makes it has failed")
    return str(path)

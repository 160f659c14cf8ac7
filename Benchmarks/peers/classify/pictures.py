"""Reads 28x28 PNG files as the rows of an array, in as few steps as Pillow allows."""

from __future__ import annotations

import os

import numpy as np
from PIL.PngImagePlugin import PngImageFile


def read(path: str) -> np.ndarray:
    """Give a file's picture, or those of all files in a folder by name, float32 from 0 to 1."""
    paths = [path]
    if os.path.isdir(path):  # noqa: PTH112
        paths = [f"{path}/{name}" for name in sorted(os.listdir(path))]  # noqa: PTH208
    pixels = bytearray()
    for name in paths:
        pixels += PngImageFile(name).tobytes()
    return np.frombuffer(pixels, np.uint8).reshape(-1, 784) / np.float32(255)


def show(outputs: np.ndarray) -> None:
    """Print a label for each row."""
    print("\n".join(map(str, outputs.argmax(1))), flush=True)

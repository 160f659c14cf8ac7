"""Lamina: neural networks from weights files, with NumPy in and out.

>>> import lamina
>>> with lamina.Model.load("mnist.safetensors") as model:  # doctest: +SKIP
...     model.classify_png("seven.png")
[Prediction(label='7', probability=0.9998, class_index=7)]
"""

from __future__ import annotations

from .errors import (
    BufferTooSmallError,
    BusyError,
    FileError,
    ImageError,
    InvalidArgumentError,
    LaminaError,
    ModelFormatError,
    NoDigitError,
    OutOfMemoryError,
    UnsupportedError,
)
from .model import Model, Prediction

__version__ = "0.1.0"

__all__ = [
    "BufferTooSmallError",
    "BusyError",
    "FileError",
    "ImageError",
    "InvalidArgumentError",
    "LaminaError",
    "Model",
    "ModelFormatError",
    "NoDigitError",
    "OutOfMemoryError",
    "Prediction",
    "UnsupportedError",
    "__version__",
]

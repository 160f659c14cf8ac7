"""Lamina: neural networks from weights files, with NumPy in and out.

>>> import lamina
>>> with lamina.Model.digits() as model:  # doctest: +SKIP
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
from .reading import Box, ReadDigit, Reading

__version__ = "0.1.0"

__all__ = [
    "Box",
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
    "ReadDigit",
    "Reading",
    "UnsupportedError",
    "__version__",
]

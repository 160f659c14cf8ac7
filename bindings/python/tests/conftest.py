"""What several tests share: a tiny model, as NumPy sees it and as Lamina loads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import lamina
from model_file import Floats, TinyModel


@pytest.fixture(scope="session")
def tiny() -> TinyModel:
    """Give the tiny model's weights and expectations."""
    return TinyModel()


@pytest.fixture
def model(tiny: TinyModel) -> Iterator[lamina.Model]:
    """Load the tiny model from memory."""
    with lamina.Model.load(tiny.content) as loaded:
        yield loaded


@pytest.fixture
def model_path(tiny: TinyModel, tmp_path: Path) -> Path:
    """Write the tiny model to a file."""
    path = tmp_path / "tiny.safetensors"
    path.write_bytes(tiny.content)
    return path


@pytest.fixture
def batch() -> Floats:
    """Give seven random pictures, [7, 28, 28]."""
    return np.random.default_rng(2).random((7, 28, 28), np.float32)

"""What the tests of png-classify share."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from program import ROOT, run

# Where png_writer is.
sys.path.append(str(ROOT / "Tests/Fixtures/png"))

# A shell's background jobs ignore Ctrl-C, and so would the programs that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train a network for two epochs."""
    path = tmp_path_factory.mktemp("model") / "mnist.safetensors"
    result = run("train", "--data", "mnist", "--epochs", "2", "--seed", "1", "--output", path)
    assert result.status == 0, result.err
    return path

"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
BUILD = ROOT / "build/bench"
ENVIRONMENTS = BUILD / "venv"
HOSTS = BUILD / "hosts"
MODELS = BUILD / "models"
DIGITS = MODELS / "digits"
RESULTS = BUILD / "results"
# The environment in which Lamina itself runs: NumPy is all that it needs.
LAMINA = "lamina"


def data_home() -> Path:
    """Give the folder whose `mnist` holds the digits, where `make data` put it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("LAMINA_DATA_HOME") or cache / "lamina")


def python(environment: str) -> Path:
    """Give the interpreter of a virtual environment; Lamina's is the repository's own."""
    if environment == LAMINA:
        return ROOT / "build/venv/bin/python"
    return ENVIRONMENTS / environment / "bin/python"

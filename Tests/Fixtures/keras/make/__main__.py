"""Writes what Keras 3.15.1 on its JAX backend computes, for the tests to compare with.

The tests read the outputs only. To write them anew, in the folder above this one:

    python3 -m venv /tmp/keras && /tmp/keras/bin/pip install -r make/requirements.txt
    /tmp/keras/bin/python -m make [layers|layers/<class>|activations|...]

The same numbers come from the same processor; others may round differently in the last place.
"""

import importlib
import sys

import jax
import keras

from .layer_cases import CASES

TOPICS = (
    "layers",
    "activations",
    "models",
    "summaries",
    "losses",
    "optimizers",
    "metrics",
    "initializers",
    "regularizers",
    "schedules",
    "callbacks",
    "data",
)
# What takes long, or needs data, is made only when it is named.
LONG_TOPICS = ("fashion_mnist",)

if __name__ == "__main__":
    assert keras.__version__ == "3.15.1"
    assert keras.backend.backend() == "jax"
    assert jax.__version__ == "0.10.2"
    names = sys.argv[1:] or TOPICS
    known = TOPICS + LONG_TOPICS
    known += tuple(f"layers/{name}" for name in CASES)
    assert set(names) <= set(known), f"known are {', '.join(known)}"
    for name in names:
        topic, *classes = name.split("/")
        importlib.import_module(f"{__package__}.{topic}").make(*classes)

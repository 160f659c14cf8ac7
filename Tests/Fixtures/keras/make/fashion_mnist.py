"""How well the quickstart's network does on Fashion-MNIST in Keras.

`fashion_mnist.json`: {"keras", "epochs", "batch_size", "runs": [{"seed", "accuracy", "loss"}]};
accuracy and loss are those of the test set. The data must be where `make data` puts them; ten
trainings take a while, so that this runs only when it is named.
"""

import json
import os
from pathlib import Path

import keras
import numpy as np

from . import networks
from .fixture import FOLDER

SEEDS = range(1, 11)
EPOCHS = 5
BATCH_SIZE = 32


def data_folder():
    """Say where `make data` puts Fashion-MNIST."""
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    return base.expanduser() / "fashion-mnist"


def samples(prefix):
    """Read pictures, as numbers from 0 to 1, and labels: two IDX files of bytes."""
    images = np.fromfile(data_folder() / f"{prefix}-images-idx3-ubyte", np.uint8, offset=16)
    labels = np.fromfile(data_folder() / f"{prefix}-labels-idx1-ubyte", np.uint8, offset=8)
    return images.reshape(-1, 28, 28).astype(np.float32) / 255, labels


def run(seed):
    """Train with a seed, and measure."""
    keras.utils.set_random_seed(seed)
    model = networks.quickstart()
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(*samples("train"), batch_size=BATCH_SIZE, epochs=EPOCHS, verbose=0)
    loss, accuracy = model.evaluate(*samples("t10k"), verbose=0)
    return {"seed": seed, "accuracy": accuracy, "loss": loss}


def make():
    """Write `fashion_mnist.json`."""
    fields = {
        "keras": keras.__version__,
        "epochs": EPOCHS,
        "batch_size": BATCH_SIZE,
        "runs": [run(seed) for seed in SEEDS],
    }
    path = FOLDER / "fashion_mnist.json"
    path.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    print(f"{path.relative_to(FOLDER)}: {[one['accuracy'] for one in fields['runs']]}")

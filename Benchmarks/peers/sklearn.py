"""scikit-learn: `MLPClassifier`, which has no dropout."""

from __future__ import annotations

import warnings
from time import perf_counter

import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from peers import files


def version() -> str:
    """Give the version."""
    return f"scikit-learn {sklearn.__version__}"


def train(network: str, threads: int, epochs: int) -> dict[str, object]:
    """Train a network of the same size; give the time of `fit` and the accuracy."""
    if network != "mlp":
        raise ValueError("scikit-learn has no convolutions")
    images, labels = files.train_set()
    classifier = MLPClassifier(
        (128,), alpha=0, batch_size=32, max_iter=epochs, n_iter_no_change=epochs, random_state=1
    )
    warnings.simplefilter("ignore", ConvergenceWarning)
    flat = images.reshape(-1, files.PIXELS)
    with threadpool_limits(threads):
        start = perf_counter()
        classifier.fit(flat, labels)
        seconds = perf_counter() - start
    accuracy = classifier.score(files.test_images(), files.test_labels())
    return {"fit_seconds": seconds, "accuracy": float(accuracy)}

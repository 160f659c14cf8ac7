"""What a report must say, computed apart from Lamina: MNIST, a dense network, its figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from program import data_folder
from safetensors.numpy import load_file


def mnist_test() -> tuple[np.ndarray, np.ndarray]:
    """Read the test pictures of MNIST and their labels."""
    folder = data_folder("mnist")
    images = np.fromfile(folder / "t10k-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 28, 28)
    return images, np.fromfile(folder / "t10k-labels-idx1-ubyte", np.uint8)[8:]


@dataclass
class Figures:
    """How good probabilities are."""

    probabilities: np.ndarray
    labels: np.ndarray

    @property
    def answers(self) -> np.ndarray:
        """The best class of each picture."""
        return self.probabilities.argmax(axis=1)

    @property
    def accuracy(self) -> float:
        """The fraction that is right."""
        return float((self.answers == self.labels).mean())

    @property
    def confusion(self) -> np.ndarray:
        """How often each class, a row, was taken for each, a column."""
        matrix = np.zeros((10, 10), int)
        np.add.at(matrix, (self.labels, self.answers), 1)
        return matrix

    @property
    def calibration_error(self) -> float:
        """The expected calibration error in 15 bins."""
        confidence = self.probabilities.max(axis=1)
        right = self.answers == self.labels
        bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
        error = 0.0
        for number in range(15):
            chosen = bins == number
            if chosen.any():
                gap = abs(right[chosen].mean() - confidence[chosen].mean())
                error += chosen.mean() * gap
        return float(error)

    @property
    def mistakes(self) -> list[int]:
        """The pictures that were taken for something else, the worst first."""
        wrong = np.flatnonzero(self.answers != self.labels)
        of_truth = self.probabilities[wrong, self.labels[wrong]]
        return [int(index) for index in wrong[np.argsort(of_truth, kind="stable")]]


def dense_figures(model: Path) -> Figures:
    """Compute what a network of `png-classify train` makes of MNIST's test pictures."""
    weights = load_file(model)
    images, labels = mnist_test()
    values = images.reshape(len(images), -1).astype(np.float32) / 255
    hidden = np.maximum(values @ weights["dense/kernel"] + weights["dense/bias"], 0)
    logits = hidden @ weights["dense_1/kernel"] + weights["dense_1/bias"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return Figures(powers / powers.sum(axis=1, keepdims=True), labels)

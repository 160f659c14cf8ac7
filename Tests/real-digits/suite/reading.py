"""Asks Lamina, through its Python package, what it reads in a folder of the suite's pictures."""

from __future__ import annotations

import csv
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import lamina

from .cases import NO_DIGIT

INDEX = "index.csv"
RESULTS = "results.csv"


@dataclass(frozen=True)
class Result:
    """A picture of the suite, and what was read in it."""

    file: str
    group: str
    kind: str
    label: str
    source: str
    answer: str
    probability: float

    @property
    def right(self) -> bool:
        """Whether the answer is the label; for an empty picture, that there is no digit."""
        return self.answer == self.label


class Reader:
    """A model that reads PNG files: a weights file, or the library's own."""

    def __init__(self, path: Path | None) -> None:
        """Load the model."""
        self.model = lamina.Model.load(path, threads=1) if path else lamina.Model.digits(threads=1)

    def read(self, path: Path) -> tuple[str, float]:
        """Give the answer and its probability."""
        try:
            best = self.model.classify_png(path)[0]
        except lamina.NoDigitError:
            return NO_DIGIT, 1.0
        return best.label, best.probability

    def seen(self, path: Path) -> np.ndarray | None:
        """Give the picture as the model sees it, or None where there is no digit."""
        try:
            return np.asarray(self.model.preprocess_png(path)).reshape(28, 28)
        except lamina.NoDigitError:
            return None


def read_folder(folder: Path, reader: Reader) -> list[Result]:
    """Read all pictures of a folder's index, and leave what was read in its results.csv."""
    with (folder / INDEX).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(reader.read, [folder / row["file"] for row in rows])
        results = [
            Result(**row, answer=answer, probability=probability)
            for row, (answer, probability) in zip(rows, answers, strict=True)
        ]
    with (folder / RESULTS).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Result.__annotations__)
        for result in results:
            writer.writerow([*list(vars(result).values())[:-1], f"{result.probability:.4f}"])
    return results


def wrong_files(folder: Path) -> dict[str, str]:
    """Give the answers of the last reading that were wrong, by file."""
    with (folder / RESULTS).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["file"]: row["answer"] for row in rows if row["answer"] != row["label"]}

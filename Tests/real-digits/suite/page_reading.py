"""Asks Lamina what it reads on the suite's pages, and compares that with the truth."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path

import lamina

from .pages import Digit, Truth
from .reading import Reader

INDEX = "pages.csv"
RESULTS = "pages-results.csv"

Box = Sequence[int]
Pair = tuple[int, int]


@dataclass(frozen=True)
class PageResult:
    """A page of the suite, and how what was read differs from what it says."""

    file: str
    kind: str
    digits: int
    """How many the page has."""
    errors: int
    """The least number of digits to replace, add and take away (Levenshtein 1966)."""
    breaks: int
    """Between neighbours that were both found: places where a word ends, or was said to end."""
    breaks_right: int
    """Those where both say the same: a space, or a new line."""
    found: int
    """How many digits were found, whatever they were taken for."""
    overlap: float
    """The sum of intersection over union of their boxes with the true ones."""
    text: str
    answer: str

    @property
    def faultless(self) -> bool:
        """Whether the whole text is right, with its words and lines."""
        return self.answer == self.text


def read_pages(folder: Path, reader: Reader) -> list[PageResult]:
    """Read all pages of a folder's index, and leave what was read in its pages-results.csv."""
    with (folder / INDEX).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda row: read_page(folder / row["file"], reader), rows))
    truths = [Truth.read((folder / row["file"]).with_suffix(".json")) for row in rows]
    results = [
        compared(row["file"], row["kind"], truth, answer)
        for row, truth, answer in zip(rows, truths, answers, strict=True)
    ]
    with (folder / RESULTS).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(PageResult))
        writer.writerows(map(astuple, results))
    return results


def read_page(path: Path, reader: Reader) -> Truth:
    """Read a page; where no digit is found, it says nothing."""
    try:
        reading = reader.model.read_png(path)
    except lamina.NoDigitError:
        return Truth("", ())
    digits = (Digit(digit.label, tuple(digit.box), digit.line) for digit in reading.digits)
    return Truth(reading.text, tuple(digits))


def compared(file: str, kind: str, truth: Truth, answer: Truth) -> PageResult:
    """Compare what was read with the truth, digit by digit in reading order."""
    labels = [[digit.label for digit in page.digits] for page in (truth, answer)]
    errors, pairs = aligned(*labels)
    breaks, right = compared_breaks(truth.text, answer.text, pairs)
    overlap = sum(
        intersection_over_union(truth.digits[place].box, answer.digits[other].box)
        for place, other in pairs
    )
    return PageResult(
        file,
        kind,
        len(truth.digits),
        errors,
        breaks,
        right,
        len(pairs),
        overlap,
        truth.text,
        answer.text,
    )


def aligned(truth: Sequence[str], answer: Sequence[str]) -> tuple[int, list[Pair]]:
    """Align two sequences with the fewest errors: how many, and the places that belong together."""
    costs = [list(range(len(answer) + 1))]
    for row, label in enumerate(truth, 1):
        line = [row]
        for column, other in enumerate(answer):
            replaced = costs[-1][column] + (label != other)
            line.append(min(replaced, costs[-1][column + 1] + 1, line[column] + 1))
        costs.append(line)
    pairs, row, column = [], len(truth), len(answer)
    while row and column:
        here = costs[row][column]
        if here == costs[row - 1][column - 1] + (truth[row - 1] != answer[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif here == costs[row - 1][column] + 1:
            row -= 1
        else:
            column -= 1
    return costs[-1][-1], pairs[::-1]


def separators(text: str) -> list[str]:
    """Give what stands before each digit of a text: nothing, a space or a newline."""
    found, before = [], ""
    for sign in text:
        if sign.isspace():
            before = sign
        else:
            found.append(before)
            before = ""
    return found


def compared_breaks(truth: str, answer: str, pairs: Sequence[Pair]) -> tuple[int, int]:
    """Count the places where words end in either text, and those where both say the same."""
    ours, theirs = separators(truth), separators(answer)
    both = [
        (ours[place], theirs[other])
        for before, (place, other) in pairwise(pairs)
        if before == (place - 1, other - 1)
    ]
    breaks = [ends for ends in both if any(ends)]
    return len(breaks), sum(one == other for one, other in breaks)


def intersection_over_union(first: Box, second: Box) -> float:
    """Say how well two boxes agree: their common area by the area that they cover together."""
    common = 1.0
    for axis in (0, 1):
        least = max(first[axis], second[axis])
        most = min(first[axis] + first[axis + 2], second[axis] + second[axis + 2])
        common *= max(0, most - least)
    total = first[2] * first[3] + second[2] * second[3] - common
    return common / total if total else 0.0

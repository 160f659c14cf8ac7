"""Writes lines of MNIST's digits: beside each other as a hand does, touching, or in cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import handwriting, mnist
from .chance import Chosen, choose, choose_all
from .layout import Cell, Line, Mark, Steps, Word, number, turn_line

REACH = 0.1
MOST_OVERLAP = 0.15
MOST_OVERLAP_TOUCHING = 0.2
SOLID = 0.5


def written(
    split: str, height: float, lines: int, steps: Steps, chance: np.random.Generator
) -> list[Line]:
    """Write lines of MNIST's digits."""
    write = steps["write"]
    turned = float(steps.get("turn", {}).get("degrees", 0))
    cells = choose_all({**steps["cells"], "off": 0}, chance) if "cells" in steps else None
    result, baseline = [], 0.0
    for _ in range(lines):
        slope = number(write, "slope", chance)
        line = Line([], baseline)
        end = height * number(write, "indent", chance)
        pen = Pen(split, height, steps, slope + turned, cells)
        for place in range(round(number(write, "words", chance))):
            if place:
                end += height * number(write, "space", chance)
            word = pen.word(str(choose(write["word"], chance)), chance)
            word.move(end - word.left, baseline)
            line.words.append(word)
            end = word.right
        turn_line(line, slope, (0.0, baseline))
        result.append(line)
        baseline += height * number(write, "leading", chance)
    return result


@dataclass(frozen=True)
class Pen:
    """What writes a word of MNIST's digits."""

    split: str
    height: float
    steps: Steps
    degrees: float
    cells: Chosen | None
    """How large the cells are, where the digits stand in cells."""

    def word(self, pattern: str, chance: np.random.Generator) -> Word:
        """Write a word on a line at height 0, each digit beside the one before or in a cell."""
        word = Word()
        for place in range(len(pattern)):
            mark = self.digit(chance)
            if self.cells:
                word.cells.append(self.into_cell(mark, place, self.cells, chance))
            elif word.marks:
                self.beside(mark, word.marks[-1], chance)
            word.marks.append(mark)
        return word

    def digit(self, chance: np.random.Generator) -> Mark:
        """Write a digit near the origin."""
        images, labels = mnist.digits(self.split)
        place = int(chance.integers(len(labels)))
        write = self.steps["write"]
        ink = handwriting.ink_of(
            handwriting.of_mnist(images[place]),
            max(4, round(self.height * number(write, "size", chance))),
            crisp=float(self.steps["pen"]["crisp"]),
            degrees=self.degrees,
        )
        above = self.height * number(write, "baseline", chance)
        return Mark(str(labels[place]), ink, 0, -ink.shape[0] - above)

    def beside(self, mark: Mark, before: Mark, chance: np.random.Generator) -> None:
        """Put a digit to the right of the one before, or a little into it."""
        write = self.steps["write"]
        gap = self.height * number(write, "gap", chance)
        touch = write.get("touch")
        if isinstance(touch, Mapping) and chance.uniform() < float(touch["part"]):
            closest = contact(before, mark, 0) - self.height * number(touch, "by", chance)
            mark.left = max(closest, before.right - MOST_OVERLAP_TOUCHING * self.height)
            return
        closest = contact(before, mark, round(REACH * self.height)) + gap
        mark.left = max(closest, before.right - MOST_OVERLAP * self.height)

    def into_cell(self, mark: Mark, place: int, cells: Chosen, chance: np.random.Generator) -> Cell:
        """Put a digit into the middle of a new cell, or a little off it; give the cell."""
        width, tall, apart = (
            round(self.height * float(cells[name])) for name in ("width", "height", "apart")
        )
        left, top = place * (width + apart), round(-(self.height + tall) / 2)
        rows, columns = mark.ink.shape
        off = self.height * number(self.steps["cells"], "off", chance)
        mark.left = left + (width - columns) / 2 + off
        mark.top += (rows - self.height) / 2
        return left, top, left + width, top + tall


def contact(before: Mark, mark: Mark, reach: int) -> float:
    """Say where a mark would touch the one before, its rows seen `reach` rows up and down."""
    rows = range(
        int(max(before.top - reach, mark.top)),
        int(min(before.bottom + reach, mark.bottom)),
    )
    ends = [last_ink(before.ink, row - round(before.top), reach) for row in rows]
    starts = [first_ink(mark.ink, row - round(mark.top)) for row in rows]
    lefts = [end - start for end, start in zip(ends, starts, strict=True)]
    closest = max(lefts, default=-np.inf)
    return before.left + (closest if np.isfinite(closest) else before.ink.shape[1])


def last_ink(ink: np.ndarray, row: int, reach: int) -> float:
    """Give the column behind the last ink near a row."""
    band = ink[max(0, row - reach) : max(0, row + reach + 1)] > SOLID
    columns = np.flatnonzero(band.any(axis=0))
    return float(columns[-1] + 1) if len(columns) else -np.inf


def first_ink(ink: np.ndarray, row: int) -> float:
    """Give the column of the first ink in a row."""
    columns = np.flatnonzero(ink[row] > SOLID) if 0 <= row < len(ink) else np.empty(0)
    return float(columns[0]) if len(columns) else np.inf

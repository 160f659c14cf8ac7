"""Marks in words, words in lines, and where they are on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from .chance import choose

APART = 1.5
COLUMN_GAP = 1.2

Cell = tuple[float, float, float, float]
"""Left, top, right and bottom of a printed cell."""
Step = Mapping[str, object]
"""A step of the list as it is written, its values not drawn yet."""
Steps = Mapping[str, Step]


@dataclass
class Mark:
    """A digit or a sign, and where its ink is: right and down from the layout's origin."""

    label: str
    """Empty for a sign."""
    ink: np.ndarray
    left: float
    top: float

    @property
    def right(self) -> float:
        """Where the ink ends."""
        return self.left + self.ink.shape[1]

    @property
    def bottom(self) -> float:
        """Where the ink ends below."""
        return self.top + self.ink.shape[0]


@dataclass
class Word:
    """Marks that belong together, and the cells that they stand in."""

    marks: list[Mark] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    advance: float = 0.0
    """Of a printed word: how far a font moves on for it, more than the width of its ink."""

    @property
    def left(self) -> float:
        """Where the word begins."""
        return min([mark.left for mark in self.marks] + [cell[0] for cell in self.cells])

    @property
    def right(self) -> float:
        """Where the word ends."""
        return max([mark.right for mark in self.marks] + [cell[2] for cell in self.cells])

    def move(self, right: float, down: float) -> None:
        """Move all of it."""
        for mark in self.marks:
            mark.left += right
            mark.top += down
        self.cells = [(a + right, b + down, c + right, d + down) for a, b, c, d in self.cells]


@dataclass
class Line:
    """Words beside each other, and the height of the line that they stand on."""

    words: list[Word]
    baseline: float = 0.0


def turn_line(line: Line, degrees: float, middle: tuple[float, float]) -> None:
    """Turn the places of a line's marks against the clock, about a point; not their ink."""
    angle = np.deg2rad(degrees)
    cosine, sine = np.cos(angle), np.sin(angle)
    for mark in (mark for word in line.words for mark in word.marks):
        half = np.array(mark.ink.shape[::-1]) / 2
        right, down = np.array([mark.left, mark.top]) + half - middle
        mark.left = middle[0] + cosine * right + sine * down - half[0]
        mark.top = middle[1] - sine * right + cosine * down - half[1]


def number(step: Step, name: str, chance: np.random.Generator) -> float:
    """Draw a value of a step; 0 where it has none of this name."""
    return float(choose(step.get(name, 0), chance))


def arrange(lines: list[Line], spaces: list[list[float]], align: str) -> None:
    """Put printed words, each at its line's start, beside each other."""
    for line, (space, _) in zip(lines, spaces, strict=True):
        end = 0.0
        for word in line.words:
            word.move(end, 0)
            end += word.advance + space
    if align == "right":
        in_columns(lines, max(size for _, size in spaces))
    elif align == "apart":
        gap = APART * max(size for _, size in spaces)
        edge = max(line.words[-1].right + gap * (len(line.words) > 1) for line in lines)
        for line in lines:
            line.words[-1].move(edge - line.words[-1].right, 0)


def in_columns(lines: list[Line], height: float) -> None:
    """Put the words of lines below each other, their right ends in line."""
    edge = 0.0
    for column in reversed(list(columns_of(lines))):
        for word in column:
            word.move(edge - word.right, 0)
        edge = min(word.left for word in column) - COLUMN_GAP * height


def columns_of(lines: list[Line]) -> Iterator[list[Word]]:
    """Give the first words of all lines, their second ones, and so on."""
    for place in range(max(len(line.words) for line in lines)):
        yield [line.words[place] for line in lines if place < len(line.words)]

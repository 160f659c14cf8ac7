"""Prints lines of figures and signs in a font."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import fonts, handwriting
from .chance import choose
from .layout import Line, Mark, Steps, Word, arrange, number

OVERSIZE = 3


def printed(
    families: Sequence[fonts.Family],
    height: float,
    lines: int,
    steps: Steps,
    chance: np.random.Generator,
) -> list[Line]:
    """Print lines in a face of the first of these families that has the wanted style."""
    step = steps["print"]
    style = choose(step.get("style", ""), chance)
    family = next(family for family in families if style in {"", family.style})
    face = family.faces[int(chance.integers(len(family.faces)))]
    leading = number(step, "leading", chance)
    degrees = float(steps.get("turn", {}).get("degrees", 0))
    align = str(choose(step["align"], chance))
    result, baseline = [], 0.0
    spaces: list[list[float]] = []
    for _ in range(lines):
        size = height * (number(step, "size", chance) or 1.0)
        count = round(number(step, "words", chance))
        patterns = [str(choose(step["word"], chance)) for _ in range(count)]
        baseline += size * leading
        words = [printed_word(face, size, pattern, degrees, chance) for pattern in patterns]
        space = face.font_of_height(size).getlength(" ") * number(step, "space", chance)
        for word in words:
            word.move(0, baseline)
        spaces.append([space, size])
        result.append(Line(words, baseline))
    arrange(result, spaces, align)
    return result


def printed_word(
    face: fonts.Face, height: float, pattern: str, degrees: float, chance: np.random.Generator
) -> Word:
    """Print a word on a line at height 0, its digits drawn for it."""
    figures = "".join(str(chance.integers(10)) if sign == "#" else sign for sign in pattern)
    oversize = OVERSIZE if degrees else 1
    marks = []
    for figure, left, top, ink in face.word(figures, height, oversize):
        turned = ink
        if degrees:
            large = fonts.turned(ink, degrees)
            turned = handwriting.scaled(large, max(1, round(max(large.shape) / oversize)))
        middle = np.array([left, top]) + np.array(ink.shape[::-1]) / oversize / 2
        corner = middle - np.array(turned.shape[::-1]) / 2
        label = figure if figure in fonts.DIGITS else ""
        marks.append(Mark(label, turned, float(corner[0]), float(corner[1])))
    return Word(marks, advance=face.font_of_height(height).getlength(figures))

"""Makes a page of a kind of cases.json's pages: many digits, and beside it the truth about them."""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from . import cases, fonts, png_forms, wear
from .chance import Chosen, choose_all, generator
from .layout import Line, Mark, number, turn_line
from .printing import printed
from .writing import written

GROUP = "pages"
DRAWN_LATER = ("write", "print", "cells")
INK_LEVEL = 0.3
LEAST_SHEET_MARGIN = 0.05


@dataclass(frozen=True)
class Digit:
    """A digit of a page."""

    label: str
    box: tuple[int, int, int, int]
    """Left, top, width and height in pixels of the file."""
    line: int


@dataclass(frozen=True)
class Truth:
    """What a page says."""

    text: str
    """Its digits, a space between words, a newline between lines."""
    digits: tuple[Digit, ...]

    def as_json(self) -> str:
        """Write it for the file beside the page, a line for each digit."""
        rows = ",\n".join(json.dumps(asdict(digit)) for digit in self.digits)
        return f'{{"text": {json.dumps(self.text)}, "digits": [\n{rows}\n]}}\n'

    @staticmethod
    def read(path: Path) -> Truth:
        """Read the file beside a page."""
        row = json.loads(path.read_text(encoding="utf-8"))
        digits = [Digit(**{**digit, "box": tuple(digit["box"])}) for digit in row["digits"]]
        return Truth(row["text"], tuple(digits))


@dataclass(frozen=True)
class PageCase:
    """One page of the suite."""

    kind: str
    index: int
    png: bytes
    truth: Truth


@functools.cache
def kinds() -> tuple[cases.Kind, ...]:
    """Read the list's pages."""
    rows = json.loads(cases.LIST.read_text(encoding="utf-8"))[GROUP]
    return tuple(
        cases.Kind(row["kind"], GROUP, row["stands_for"], tuple(row["steps"])) for row in rows
    )


def named(name: str) -> cases.Kind:
    """Find a kind of page by its name."""
    for kind in kinds():
        if kind.name == name:
            return kind
    message = f"no kind of page is called {name!r}"
    raise ValueError(message)


def make(split: str, kind: cases.Kind, index: int) -> PageCase:
    """Make page number `index` of a kind."""
    chance = generator(split, kind.name, index)
    steps = {
        str(step["step"]): step if step["step"] in DRAWN_LATER else choose_all(step, chance)
        for step in kind.steps
    }
    printing = "print" in steps
    step = steps["print" if printing else "write"]
    height, count = number(step, "height", chance), round(number(step, "lines", chance))
    if "rules" in steps:
        steps["write"] = {**step, "leading": steps["rules"]["leading"]}
    if printing:
        lines = printed(families_for(split, kind.name, index), height, count, steps, chance)
    else:
        lines = written(split, height, count, steps, chance)
    for line in lines:
        turn_line(line, float(steps.get("turn", {}).get("degrees", 0)), (0.0, 0.0))
    shape = placed(lines, height, steps, chance)
    truth = truth_of(lines)
    page = cases.coloured(cases.Drawing(coverage_of(lines, shape), height), steps, chance)
    for name, print_lines in (("cells", print_cells), ("rules", print_rules)):
        if name in steps:
            print_lines(page, lines, steps[name], chance)
    for name, chosen in steps.items():
        if name in wear.STEPS:
            wear.STEPS[name](page, chosen, chance)
    form = str(steps["form"]["of"])
    png = png_forms.written(cases.final_bytes(page, form), page.alpha, form, chance)
    return PageCase(kind.name, index, png, truth)


def families_for(split: str, kind: str, index: int) -> list[fonts.Family]:
    """Give a split's families in an order for a page: each comes first as often as any other."""
    families = fonts.families(split)
    order = generator(split, kind, "order").permutation(len(families))
    return [families[int(place)] for place in np.roll(order, -index)]


def placed(
    lines: list[Line], height: float, steps: cases.Steps, chance: np.random.Generator
) -> tuple[int, int]:
    """Move the lines to their places in whole pixels; give the page's rows and columns."""
    step = steps.get("print") or steps["write"]
    marks = marks_of(lines)
    cells = [cell for line in lines for word in line.words for cell in word.cells]
    left, top, right, bottom = (
        best(edges)
        for best, edges in (
            (min, [mark.left for mark in marks] + [cell[0] for cell in cells]),
            (min, [mark.top for mark in marks] + [cell[1] for cell in cells]),
            (max, [mark.right for mark in marks] + [cell[2] for cell in cells]),
            (max, [mark.bottom for mark in marks] + [cell[3] for cell in cells]),
        )
    )
    if "sheet" in steps:
        columns, rows = (int(steps["sheet"][name]) for name in ("width", "height"))
        free = np.array([columns - (right - left), rows - (bottom - top)])
        least = LEAST_SHEET_MARGIN * np.array([columns, rows])
        before = np.rint(least + chance.uniform(0, 1, 2) * np.maximum(0, free - 2 * least))
    else:
        margins = [height * number(step, "margin", chance) for _ in range(4)]
        before = np.rint(margins[:2]) + 1
        columns = int(before[0] + np.ceil(right - left) + margins[2]) + 2
        rows = int(before[1] + np.ceil(bottom - top) + margins[3]) + 2
    for line in lines:
        line.baseline += before[1] - top
        for word in line.words:
            word.move(before[0] - left, before[1] - top)
            for mark in word.marks:
                mark.left, mark.top = round(mark.left), round(mark.top)
    return rows, columns


def marks_of(lines: list[Line]) -> list[Mark]:
    """Give all digits and signs of a page in reading order."""
    return [mark for line in lines for word in line.words for mark in word.marks]


def coverage_of(lines: list[Line], shape: tuple[int, int]) -> np.ndarray:
    """Draw the ink of a page."""
    coverage = np.zeros(shape, np.float32)
    for mark in marks_of(lines):
        rows, columns = mark.ink.shape
        top, left = int(mark.top), int(mark.left)
        part = coverage[top : top + rows, left : left + columns]
        np.maximum(part, mark.ink, out=part)
    return coverage


def truth_of(lines: list[Line]) -> Truth:
    """Write down what a page says: its digits in reading order, without its signs."""
    texts, digits = [], []
    for place, line in enumerate(lines):
        words = [[mark for mark in word.marks if mark.label] for word in line.words]
        texts.append(" ".join("".join(mark.label for mark in word) for word in words))
        digits += [Digit(mark.label, box_of(mark), place) for word in words for mark in word]
    return Truth("\n".join(texts), tuple(digits))


def box_of(mark: Mark) -> tuple[int, int, int, int]:
    """Give the box of the pixels that a mark's ink covers well: left, top, width, height."""
    inked = mark.ink > INK_LEVEL * mark.ink.max()
    rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
    left, top = int(mark.left + columns[0]), int(mark.top + rows[0])
    return left, top, int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)


def print_cells(
    page: wear.Page, lines: list[Line], chosen: Chosen, chance: np.random.Generator
) -> None:
    """Print the cells of a form below the ink."""
    values = choose_all(chosen, chance)
    stroke = max(1, round(float(values["stroke"]) * page.digit))
    mask = np.zeros(page.shape, np.float32)
    for cell in (cell for line in lines for word in line.words for cell in word.cells):
        left, top, right, bottom = map(round, cell)
        inside = mask[top + stroke : bottom, left + stroke : right].copy()
        mask[top : bottom + stroke, left : right + stroke] = 1
        mask[top + stroke : bottom, left + stroke : right] = inside
    tint = wear.TINTS[int(chance.integers(len(wear.TINTS)))]
    wear.print_below(page, mask, float(values["contrast"]), tint)


def print_rules(
    page: wear.Page, lines: list[Line], chosen: Chosen, chance: np.random.Generator
) -> None:
    """Print the rules that lines are written on, and those above and below."""
    spacing = float(chosen["leading"]) * page.digit
    width = max(1.0, float(chosen["width"]) * page.digit)
    rows = np.arange(page.shape[0]) + 0.5 - lines[0].baseline
    away = np.abs((rows + spacing / 2) % spacing - spacing / 2)
    band = np.clip(width / 2 + 0.5 - away, 0, 1).astype(np.float32)
    mask = np.broadcast_to(band[:, None], page.shape)
    tint = wear.TINTS[int(chance.integers(len(wear.TINTS)))]
    wear.print_below(page, mask, float(chosen["contrast"]), tint)

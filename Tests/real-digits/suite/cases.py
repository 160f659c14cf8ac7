"""Makes a picture of a kind of cases.json: source of ink, canvas, colours, wear, PNG form.

A picture is named by its split, kind and index, and is the same wherever it is made.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import colours, drawing, fonts, handwriting, mnist, png_forms, surroundings, wear
from .chance import Chosen, choose_all, generator

LIST = Path(__file__).resolve().parents[1] / "cases.json"
GROUPS = ("handwritten", "drawn", "printed", "empty")
LIGHT_INK_PART = 0.4
EMPTY_DIGIT = 0.6
PRINTED_OVERSIZE = 3
NO_DIGIT = "none"
PICTURE_STEPS = {**wear.STEPS, "around": surroundings.around}
"""The steps of the lists that work on a page's pixels."""

Steps = dict[str, Chosen]
"""What was drawn for each step of a kind, by the step's name."""


@dataclass(frozen=True)
class Kind:
    """A kind of picture: a row of the list."""

    name: str
    group: str
    stands_for: str
    steps: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Case:
    """One picture of the suite."""

    kind: str
    label: str
    index: int
    source: str
    """The MNIST picture's place in its split, or the font's family and style."""
    png: bytes


@dataclass
class Drawing:
    """The ink of one picture, before it has colours."""

    coverage: np.ndarray
    digit: float


@dataclass
class Source:
    """A digit's label, where it comes from, and its drawing."""

    label: str
    name: str
    drawing: Drawing


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """Read the list."""
    groups = json.loads(LIST.read_text(encoding="utf-8"))
    return tuple(
        Kind(row["kind"], group, row["stands_for"], tuple(row["steps"]))
        for group in GROUPS
        for row in groups[group]
    )


def named(name: str) -> Kind:
    """Find a kind by its name."""
    for kind in kinds():
        if kind.name == name:
            return kind
    message = f"no kind is called {name!r}"
    raise ValueError(message)


def make(split: str, kind: Kind, index: int) -> Case:
    """Make picture number `index` of a kind."""
    chance = generator(split, kind.name, index)
    steps = {str(step["step"]): choose_all(step, chance) for step in kind.steps}
    source = inked(split, kind, index, steps, chance)
    page = coloured(source.drawing, steps, chance)
    for name, chosen in steps.items():
        if name in PICTURE_STEPS:
            PICTURE_STEPS[name](page, chosen, chance)
    form = str(steps["form"]["of"])
    png = png_forms.written(final_bytes(page, form), page.alpha, form, chance)
    return Case(kind.name, source.label, index, source.name, png)


def inked(split: str, kind: Kind, index: int, steps: Steps, chance: np.random.Generator) -> Source:
    """Draw the digit of a picture: its label, where it comes from, its ink on the canvas."""
    side, height = sizes(steps)
    if kind.group == "empty":
        width = max(1, round(height * float(steps["canvas"]["aspect"])))
        nothing = np.zeros((max(1, height), width), np.float32)
        return Source(NO_DIGIT, "", Drawing(nothing, EMPTY_DIGIT * height))
    if kind.group == "handwritten":
        images, labels = mnist.digits(split)
        place = int(order(split, kind.name)[index % len(labels)])
        label, name = str(labels[place]), f"mnist {place}"
        if not side:
            whole = images[place].astype(np.float32) / 255
            return Source(label, name, Drawing(whole, mnist.SIDE))
        ink = handwritten(images[place], side, steps)
    elif kind.group == "drawn":
        label, name = str(index % 10), ""
        degrees = float(steps.get("turn", {}).get("degrees", 0))
        ink = drawing.ink_of(index % 10, side, steps["draw"], chance, degrees=degrees)
    else:
        label, name, ink = printed(split, index, side, steps, chance)
    return Source(label, name, on_canvas(ink, height, steps, chance))


def sizes(steps: Steps) -> tuple[int, int]:
    """Give the longer side of the digit's ink and the height of its picture; 0: left as it is."""
    if "crop" in steps:
        height = round(float(steps["crop"]["height"]))
        return height, height
    if "canvas" not in steps:
        return 0, 0
    canvas = steps["canvas"]
    part = float(canvas.get("digit", 1))
    if "digit_pixels" in canvas:
        side = round(float(canvas["digit_pixels"]))
        return side, round(side / part)
    height = round(float(canvas["height"]))
    return max(4, round(height * part)), height


@functools.cache
def order(split: str, kind: str) -> np.ndarray:
    """Shuffle a split's pictures for a kind: none comes twice before all have come."""
    return generator(split, kind, "order").permutation(len(mnist.digits(split)[1]))


def handwritten(pixels: np.ndarray, side: int, steps: Steps) -> np.ndarray:
    """Draw an MNIST digit at a size, as its pen, stroke, turn and slant say."""
    field = handwriting.of_mnist(pixels)
    if "stroke" in steps:
        field = handwriting.with_stroke(field, steps["stroke"])
    slant = steps.get("slant", {})
    return handwriting.ink_of(
        field,
        side,
        crisp=float(steps.get("pen", {}).get("crisp", 1)),
        degrees=float(steps.get("turn", {}).get("degrees", 0)),
        shear=float(slant.get("shear", 0)),
        wider=float(slant.get("wider", 1)),
    )


def printed(
    split: str, index: int, side: int, steps: Steps, chance: np.random.Generator
) -> tuple[str, str, np.ndarray]:
    """Draw a digit of one of the split's families, each as often as any other."""
    families = fonts.families(split)
    family = families[index % len(families)]
    digit = (index // len(families) + index % len(families)) % 10
    face = family.faces[int(chance.integers(len(family.faces)))]
    if "turn" in steps:
        ink = face.ink(digit, side * PRINTED_OVERSIZE)
        ink = handwriting.scaled(fonts.turned(ink, float(steps["turn"]["degrees"])), side)
    else:
        ink = face.ink(digit, side)
    return str(digit), f"{family.name} | {face.style}", ink


def on_canvas(ink: np.ndarray, height: int, steps: Steps, chance: np.random.Generator) -> Drawing:
    """Lay the ink onto its picture."""
    digit = float(max(ink.shape))
    if "crop" in steps:
        missing = max(0, round(float(steps["crop"]["narrowest"]) * ink.shape[0]) - ink.shape[1])
        return Drawing(np.pad(ink, ((0, 0), (missing // 2, missing - missing // 2))), digit)
    canvas = steps["canvas"]
    shape = np.maximum([height, round(height * float(canvas["aspect"]))], np.array(ink.shape) + 2)
    angle = chance.uniform(0, 2 * np.pi)
    aside = np.array([np.sin(angle), np.cos(angle)])
    aside *= float(canvas["place"]) / np.abs(aside).max()
    top, left = np.rint((shape - ink.shape) / 2 * (1 + aside)).astype(int)
    coverage = np.zeros(shape, np.float32)
    coverage[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return Drawing(coverage, digit)


def coloured(drawn: Drawing, steps: Steps, chance: np.random.Generator) -> wear.Page:
    """Give ink and paper their colours."""
    paper, ink = (colour.astype(np.float32) for colour in inks(steps, chance))
    transparent = "inks" in steps and steps["inks"]["paper"] == "none"
    channels = 3 if "inks" in steps else 1
    share = drawn.coverage[..., None]
    pixels = paper[:channels] + (ink - paper)[:channels] * share
    page = wear.Page(drawn.coverage, drawn.digit, pixels, paper, ink)
    if transparent:
        page.alpha = np.rint(255 * drawn.coverage).astype(np.uint8)
        page.pixels = np.where(page.alpha[..., None] > 0, ink, paper).astype(np.float32)
    return page


def inks(steps: Steps, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw the colours of paper and ink, each red, green and blue."""
    if "greys" in steps:
        return np.full(3, float(steps["greys"]["paper"])), np.full(3, float(steps["greys"]["ink"]))
    if "contrast" in steps:
        span = 255 * float(steps["contrast"]["of"])
        darker = chance.uniform(0, 255 - span)
        pair = np.full(3, darker), np.full(3, darker + span)
        return pair if chance.uniform() < LIGHT_INK_PART else pair[::-1]
    if "inks" in steps:
        name = str(steps["inks"]["paper"])
        on = None if name == "none" else colours.paper(name, chance)
        ink = np.clip(colours.ink(str(steps["inks"]["ink"]), on, chance), 0, 255)
        if on is not None:
            return np.clip(on, 0, 255), ink
        hidden = (np.zeros(3), np.full(3, 255.0), ink)
        return hidden[int(chance.integers(len(hidden)))], ink
    if "invert" in steps:
        return np.full(3, 255.0), np.zeros(3)
    return np.zeros(3), np.full(3, 255.0)


def final_bytes(page: wear.Page, form: str) -> np.ndarray:
    """Round the pixels to bytes, or to black and white alone."""
    pixels = wear.as_bytes(page)
    if form != "bilevel":
        return pixels
    middle = (page.paper[0] + page.ink[0]) / 2
    return np.where(pixels > middle, 255, 0).astype(np.uint8)

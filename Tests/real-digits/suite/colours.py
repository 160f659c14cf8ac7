"""Colours of ink and paper: which pairs a person can tell apart, and which are what they name."""

from __future__ import annotations

import colorsys

import numpy as np

LUMA = np.array([0.299, 0.587, 0.114])
SAME_LUMA = 12
LEAST_DISTANCE = 110
LEAST_DISTANCE_SAME_LUMA = 130
LEAST_LUMA_ON_WHITE = 35
CONTRASTING_LUMA = 90

Colour = np.ndarray
"""Red, green and blue, 0 to 255."""


def luma(colour: Colour) -> float:
    """Give the brightness that a colour has on a screen (ITU-R BT.601)."""
    return float(colour @ LUMA)


def any_colour(chance: np.random.Generator) -> Colour:
    """Draw a colour of any hue, strong or pale, light or dark."""
    hue, saturation, value = chance.uniform(0, 1), chance.uniform(0, 1), chance.uniform(0, 1)
    return 255 * np.array(colorsys.hsv_to_rgb(hue, saturation**0.7, value**0.6))


def paper(name: str, chance: np.random.Generator) -> Colour:
    """Draw a paper's colour."""
    if name == "white":
        return np.full(3, chance.uniform(244, 255))
    if name == "warm-white":
        return chance.uniform(222, 250) - np.array([0, 1, 3]) * chance.uniform(-1, 7)
    if name == "board":
        boards = ((35, 70, 55), (30, 32, 34), (25, 35, 60), (60, 50, 45))
        return np.array(boards[int(chance.integers(len(boards)))]) + chance.uniform(-12, 25)
    if name == "any":
        return any_colour(chance)
    message = f"no paper is called {name!r}"
    raise ValueError(message)


def ink(name: str, on: Colour | None, chance: np.random.Generator) -> Colour:
    """Draw an ink's colour, one that a person can read on its paper (None: on nothing)."""
    if name == "dark":
        inks = ((15, 15, 20), (20, 30, 95), (60, 60, 62), (25, 25, 60), (90, 15, 25))
        return np.array(inks[int(chance.integers(len(inks)))]) + chance.uniform(0, 25)
    if name == "chalk":
        return chance.uniform(215, 255) - chance.uniform(0, 50, 3) * chance.integers(0, 2)
    if name not in {"any", "same-luma", "contrasting"}:
        message = f"no ink is called {name!r}"
        raise ValueError(message)
    while True:
        colour = any_colour(chance)
        if on is None or legible(colour, on, name):
            return colour
        if name == "same-luma":
            on[:] = any_colour(chance)


def legible(colour: Colour, on: Colour, name: str) -> bool:
    """Tell whether ink of a colour can be read on a paper, and is what its name says."""
    distance = float(np.linalg.norm(colour - on))
    apart = abs(luma(colour) - luma(on))
    if name == "same-luma":
        return apart <= SAME_LUMA and distance >= LEAST_DISTANCE_SAME_LUMA
    if name == "contrasting":
        return apart >= CONTRASTING_LUMA
    white = float(on.min()) > 240
    return distance >= LEAST_DISTANCE and (not white or apart >= LEAST_LUMA_ON_WHITE)

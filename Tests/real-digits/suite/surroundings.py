"""What a picture shows beside the paper: the table it lies on, the wall a sign hangs on."""

from __future__ import annotations

import numpy as np

from .chance import Chosen
from .colours import any_colour, luma
from .wear import Page

TABLES = np.array(((60, 42, 30), (95, 95, 100), (150, 118, 85), (28, 28, 30), (70, 95, 70)))
LEAST_LUMA = 60
"""How much lighter or darker than the paper they are, at least."""


def around(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Show more than the paper: `part` of its height at each of so many `sides`.

    The paper is turned by `degrees`, and a `sheet`, a `key` with round corners, or a `disc`.
    """
    rows, columns = page.shape
    margins = np.zeros(4)
    shown = chance.permutation(4)[: int(chosen["sides"])]
    margins[shown] = rows * float(chosen["part"]) * chance.uniform(0.4, 1, len(shown))
    top, right, bottom, left = np.rint(margins).astype(int)
    size = (rows + int(top + bottom), columns + int(left + right))
    # Where each pixel of the picture lies on the paper, from its middle.
    angle = np.deg2rad(float(chosen["degrees"]))
    down = np.arange(size[0])[:, None] + 0.5 - top - rows / 2
    across = np.arange(size[1])[None, :] + 0.5 - left - columns / 2
    down, across = (
        np.cos(angle) * down - np.sin(angle) * across,
        np.sin(angle) * down + np.cos(angle) * across,
    )
    share = outline(str(chosen["shape"]), (rows, columns), (down, across), set(shown.tolist()))
    places = (down + rows / 2, across + columns / 2)
    table = surface(str(chosen["of"]), page, chance)[: page.pixels.shape[2]]
    page.coverage = sampled(page.coverage, places) * share
    channels = [sampled(page.pixels[..., channel], places) for channel in range(len(table))]
    page.pixels = table + (np.stack(channels, axis=-1) - table) * share[..., None]


def outline(
    shape: str, size: tuple[int, int], place: tuple[np.ndarray, np.ndarray], sides: set[int]
) -> np.ndarray:
    """Tell how much of each pixel is paper. Where no side is shown, the paper goes on."""
    (rows, columns), (down, across) = size, place
    if shape == "disc":
        # Through the middles between the sides and the corners.
        return np.clip(0.6 * max(rows, columns) - np.hypot(down, across) + 0.5, 0, 1)
    beyond = [
        np.where(side in sides, distance, -np.inf)
        for side, distance in enumerate(
            (-down - rows / 2, across - columns / 2, down - rows / 2, -across - columns / 2)
        )
    ]
    corner = 0.2 * min(rows, columns) if shape == "key" else 0.0
    beside = np.maximum(beyond[1], beyond[3]) + corner
    above = np.maximum(beyond[0], beyond[2]) + corner
    outside = np.hypot(np.maximum(beside, 0), np.maximum(above, 0)) - corner
    inside = np.minimum(np.maximum(beside, above), 0)
    return np.clip(0.5 - outside - inside, 0, 1)


def surface(of: str, page: Page, chance: np.random.Generator) -> np.ndarray:
    """Draw the colour of what is around, one that the paper stands out from."""
    paper = luma(page.paper)
    if of == "table":
        fitting = [table for table in TABLES if abs(luma(table) - paper) >= LEAST_LUMA]
        return np.clip(
            fitting[int(chance.integers(len(fitting)))] + chance.uniform(-10, 20), 0, 255
        )
    if of != "any":
        message = f"nothing to show around is called {of!r}"
        raise ValueError(message)
    while True:
        colour = any_colour(chance)
        if abs(luma(colour) - paper) >= LEAST_LUMA:
            return colour


def sampled(values: np.ndarray, places: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Look values up between pixels; beyond the border they go on."""
    padded = np.pad(values.astype(np.float32), 1, mode="edge")
    rows, columns = (
        np.clip(place + 0.5, 0, length + 0.999)
        for place, length in zip(places, values.shape, strict=True)
    )
    row, column = rows.astype(int), columns.astype(int)
    below, right = rows - row, columns - column
    row_after, column_after = (
        np.minimum(row + 1, padded.shape[0] - 1),
        np.minimum(column + 1, padded.shape[1] - 1),
    )
    upper = padded[row, column] * (1 - right) + padded[row, column_after] * right
    lower = padded[row_after, column] * (1 - right) + padded[row_after, column_after] * right
    return upper * (1 - below) + lower * below

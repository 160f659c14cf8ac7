"""The ink of an MNIST digit at any size: enlarged, given a pen's edge, another stroke, a turn.

A digit is a `Field`: values that rise from paper to ink, and the level at which the ink begins.
Enlarging the field and cutting it at that level gives an outline as smooth as a pen's at any size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .chance import Chosen
from .fonts import cropped

INK_LEVEL = 0.3
EDGE_SLOPE = 0.55
FINE = 4
RIDGE = 1.3
EDGE_PIXELS = 1.6
LEAST_WORKING_SIDE = 64


@dataclass(frozen=True)
class Field:
    """Values over a grid; ink is where they exceed `level`, where they fall by `slope` a cell."""

    values: np.ndarray
    level: float
    slope: float


def of_mnist(pixels: np.ndarray) -> Field:
    """Take an MNIST picture as a field, cropped to its ink."""
    return Field(cropped(pixels.astype(np.float32) / 255), INK_LEVEL, EDGE_SLOPE)


def with_stroke(field: Field, chosen: Chosen) -> Field:
    """Draw the digit with another pen: of a `width`, or `wider` than it was."""
    fine = enlarged(field.values, FINE)
    height = max(fine.shape)
    if "width" in chosen:
        half = float(chosen["width"]) * height / 2
        ridges = blurred(thinned(fine > field.level).astype(np.float32), RIDGE)
        level = float(np.exp(-(half**2) / (2 * RIDGE**2)) / (RIDGE * np.sqrt(2 * np.pi)))
        return Field(ridges, level, level * half / RIDGE**2)
    radius = float(chosen["wider"]) * height / 2
    return Field(widened(fine, radius), field.level, field.slope / FINE)


def enlarged(values: np.ndarray, factor: int) -> np.ndarray:
    """Enlarge by a whole factor, with room for wider strokes around."""
    image = Image.fromarray(np.pad(values, 2))
    size = (image.width * factor, image.height * factor)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC))


def blurred(values: np.ndarray, sigma: float) -> np.ndarray:
    """Blur with a Gaussian, one axis after the other."""
    reach = int(3 * sigma) + 1
    kernel = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        values = np.apply_along_axis(np.convolve, axis, values, kernel, mode="same")
    return values.astype(np.float32)


def widened(values: np.ndarray, radius: float) -> np.ndarray:
    """Give each cell the greatest value within `radius`."""
    reach = int(np.ceil(radius))
    padded = np.pad(values, reach)
    rows, columns = values.shape
    result = values
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            if down**2 + right**2 <= radius**2:
                top, left = reach + down, reach + right
                result = np.maximum(result, padded[top : top + rows, left : left + columns])
    return result


def thinned(ink: np.ndarray) -> np.ndarray:
    """Thin ink to lines one cell wide (Zhang and Suen 1984)."""
    ink = np.pad(ink, 1)
    changed = True
    while changed:
        changed = False
        for step in (0, 1):
            removable = removable_cells(ink, step)
            changed |= bool(removable.any())
            ink = ink & ~removable
    return ink[1:-1, 1:-1]


def removable_cells(ink: np.ndarray, step: int) -> np.ndarray:
    """Find the border cells that one half step of the thinning takes away."""
    shifts = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
    around = np.stack([np.roll(ink, (-down, -right), (0, 1)) for down, right in shifts])
    neighbours = around.sum(axis=0)
    rises = (~around & np.roll(around, -1, axis=0)).sum(axis=0)
    north, east, south, west = around[0], around[2], around[4], around[6]
    if step == 0:
        open_side = ~(north & east & south) & ~(east & south & west)
    else:
        open_side = ~(north & east & west) & ~(north & south & west)
    return ink & (neighbours >= 2) & (neighbours <= 6) & (rises == 1) & open_side


def ink_of(
    field: Field,
    side: int,
    *,
    crisp: float = 1.0,
    degrees: float = 0.0,
    shear: float = 0.0,
    wider: float = 1.0,
) -> np.ndarray:
    """Give the field's ink as coverage whose longer side has `side` pixels.

    `crisp` goes from MNIST's soft edges (0) to a pen's (1); `degrees` turns against the clock,
    `shear` leans to the right, `wider` stretches the width.
    """
    working = max(side, LEAST_WORKING_SIDE)
    scale = working / max(field.values.shape)
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = scale * turn @ np.array([[wider, -shear], [0, 1]])
    values = transformed(np.pad(field.values, 1), matrix)
    gain = max(scale / EDGE_PIXELS, 1) / field.slope
    sharp = np.clip((values - field.level) * gain + 0.5, 0, 1)
    soft = np.clip(values / max(float(values.max()), 1e-6), 0, 1)
    return scaled(cropped(crisp * sharp + (1 - crisp) * soft), side)


def transformed(values: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Map a grid by a matrix of (right, down), about its middle, onto one that holds all of it."""
    rows, columns = values.shape
    corners = np.abs(matrix) @ np.array([columns, rows])
    width, height = np.ceil(corners).astype(int)
    back = np.linalg.inv(matrix)
    offset = np.array([columns, rows]) / 2 - back @ np.array([width, height]) / 2
    data = (*back[0], offset[0], *back[1], offset[1])
    image = Image.fromarray(values.astype(np.float32))
    mapped = image.transform(
        (int(width), int(height)), Image.Transform.AFFINE, data, Image.Resampling.BICUBIC
    )
    return np.asarray(mapped)


def scaled(coverage: np.ndarray, side: int) -> np.ndarray:
    """Resize so that the longer side has `side` pixels."""
    factor = side / max(coverage.shape)
    rows, columns = (max(1, round(length * factor)) for length in coverage.shape)
    how = Image.Resampling.BOX if factor < 0.7 else Image.Resampling.BICUBIC
    image = Image.fromarray(coverage.astype(np.float32)).resize((columns, rows), how)
    return np.clip(np.asarray(image), 0, 1)

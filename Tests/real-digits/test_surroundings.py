"""What the suite shows beside the paper."""

from __future__ import annotations

import numpy as np
import pytest
from suite import colours, surroundings, wear
from suite.chance import generator


def sheet() -> wear.Page:
    """Give a white sheet of 60x80 pixels with a bar on it."""
    coverage = np.zeros((60, 80), np.float32)
    coverage[20:40, 35:45] = 1
    paper, ink = np.full(3, 240, np.float32), np.full(3, 20, np.float32)
    pixels = paper + (ink - paper) * coverage[..., None]
    return wear.Page(coverage, 20, pixels, paper, ink)


@pytest.mark.parametrize("shape", ["sheet", "key", "disc"])
@pytest.mark.parametrize("degrees", [0, 10])
def test_table_shows_around_the_whole_paper(shape: str, degrees: float) -> None:
    page = sheet()
    chosen = {"of": "table", "shape": shape, "sides": 4, "part": 0.5, "degrees": degrees}
    surroundings.around(page, chosen, generator("around", shape, degrees))
    rows, columns = page.shape
    assert page.pixels.shape == (rows, columns, 3)
    assert rows > 60
    assert columns > 80
    border = np.concatenate((page.pixels[0], page.pixels[-1], page.pixels[:, 0]))
    if shape != "disc":
        assert np.ptp(border, axis=0).max() < 1
    assert abs(colours.luma(page.pixels[0, 0]) - 240) >= surroundings.LEAST_LUMA - 1
    assert page.coverage.sum() == pytest.approx(20 * 10, rel=0.1), "the digit stays"
    assert (page.pixels.mean(axis=2) > 235).sum() > 0.6 * 60 * 80 - 200, "and the paper"


@pytest.mark.parametrize("sides", [1, 2, 3])
def test_table_shows_at_as_many_sides_as_the_list_says(sides: int) -> None:
    page = sheet()
    chosen = {"of": "table", "shape": "sheet", "sides": sides, "part": 0.5, "degrees": 0}
    surroundings.around(page, chosen, generator("sides", sides))
    grey = page.pixels.mean(axis=2)
    middle = (grey[0], grey[:, -1], grey[-1], grey[:, 0])
    dark = [float(np.median(line)) < 200 for line in middle]
    assert sum(dark) == sides


def test_without_a_side_nothing_changes() -> None:
    page, before = sheet(), sheet()
    chosen = {"of": "any", "shape": "sheet", "sides": 0, "part": 0.5, "degrees": 0}
    surroundings.around(page, chosen, generator("nothing"))
    assert np.allclose(page.pixels, before.pixels, atol=1e-3)
    assert np.allclose(page.coverage, before.coverage, atol=1e-6)

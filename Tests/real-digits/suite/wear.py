"""What paper, light, cameras and scanners do to a picture.

Each function takes a `Page` and what was drawn for its step, and changes the page's pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .chance import Chosen
from .colours import LUMA, luma

TINTS = np.array(((1.8, 0.8, 0.2), (1, 1, 1), (1.3, 0.5, 1.2), (0.3, 1.2, 1.2)))
"""How much the paper's own lines take from red, green and blue."""


@dataclass
class Page:
    """A picture in the making."""

    coverage: np.ndarray
    """How much of each pixel the ink covers, 0 to 1."""
    digit: float
    """The digit's height in pixels, by which lengths are measured."""
    pixels: np.ndarray
    """[rows, columns, 1 or 3], 0 to 255."""
    paper: np.ndarray
    ink: np.ndarray
    alpha: np.ndarray | None = None
    """0 to 255, where the background is transparent."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.coverage.shape
        return rows, columns


def grain(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Add slow changes of brightness: rough paper, stains."""
    total = np.zeros(page.shape, dtype=np.float32)
    for part, size in ((1.0, float(chosen["size"])), (0.5, float(chosen["size"]) / 3)):
        cell = max(2.0, size * page.digit)
        rows, columns = (int(np.ceil(length / cell)) + 3 for length in page.shape)
        coarse = Image.fromarray(chance.normal(0, part, (rows, columns)).astype(np.float32))
        fine = coarse.resize((round(columns * cell), round(rows * cell)), Image.Resampling.BICUBIC)
        total += np.asarray(fine)[: page.shape[0], : page.shape[1]]
    page.pixels += float(chosen["strength"]) * (total - total.mean())[..., None]


def lines(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Draw the paper's own lines under the ink, in blue, grey, green or red."""
    tint = TINTS[int(chance.integers(len(TINTS)))]
    spacing = max(4.0, float(chosen["spacing"]) * page.digit)
    width = max(1.0, float(chosen["width"]) * page.digit)
    mask = np.zeros(page.shape, dtype=np.float32)
    for axis, wanted in enumerate((chosen["across"], chosen["down"])):
        places = np.arange(page.shape[axis]) + 0.5
        away = np.abs((places + chance.uniform(0, spacing)) % spacing - spacing / 2)
        band = np.clip(width / 2 + 0.5 - away, 0, 1) * float(wanted)
        mask = np.maximum(mask, band[:, None] if axis == 0 else band[None, :])
    print_below(page, mask, float(chosen["contrast"]), tint)


def print_below(page: Page, mask: np.ndarray, contrast: float, tint: np.ndarray) -> None:
    """Darken the paper below the ink by a part of the ink's own contrast."""
    drop = contrast * abs(luma(page.paper) - luma(page.ink)) / (tint @ LUMA)
    page.pixels -= (mask * (1 - page.coverage))[..., None] * drop * tint


def distance_along(page: Page, chance: np.random.Generator) -> np.ndarray:
    """Give each pixel's place along a random direction, -1 to 1 within the page."""
    angle = chance.uniform(0, 2 * np.pi)
    rows, columns = (np.linspace(-1, 1, length) for length in page.shape)
    along = np.sin(angle) * rows[:, None] + np.cos(angle) * columns[None, :]
    return along / (abs(np.sin(angle)) + abs(np.cos(angle)))


def light(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Light the page from one side."""
    share = (distance_along(page, chance) + 1) / 2
    page.pixels *= (1 - (1 - float(chosen["darkest"])) * share)[..., None]


def vignette(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Darken the corners, as lenses do."""
    middle = chance.uniform(-0.2, 0.2, 2)
    rows, columns = (
        np.linspace(-1, 1, length) - off for length, off in zip(page.shape, middle, strict=True)
    )
    share = np.clip((rows[:, None] ** 2 + columns[None, :] ** 2) / 2, 0, 1)
    page.pixels *= (1 - (1 - float(chosen["darkest"])) * share)[..., None]


def shadow(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Lay a shadow with a hard edge over one side of the page."""
    along = distance_along(page, chance) - chance.uniform(-0.4, 0.4)
    pixels = along * max(page.shape) / 2
    share = np.clip(pixels / float(chosen["edge_pixels"]) + 0.5, 0, 1)
    page.pixels *= (1 - float(chosen["darkness"]) * share)[..., None]


def edge(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Lay the dark band of a scanner along one side."""
    side = int(chance.integers(4))
    length = page.shape[side % 2]
    places = np.arange(length) / length
    if side >= 2:
        places = places[::-1]
    share = np.clip((float(chosen["part"]) - places) / float(chosen["fade"]) + 0.5, 0, 1)
    mask = np.broadcast_to(share[:, None] if side % 2 == 0 else share[None, :], page.shape)[
        ..., None
    ]
    page.pixels += (float(chosen["grey"]) - page.pixels) * mask


def blur(page: Page, chosen: Chosen, _: np.random.Generator) -> None:
    """Blur by a Gaussian of so many `pixels`, or so large a part of the `digit`."""
    sigma = float(chosen["pixels"]) if "pixels" in chosen else float(chosen["digit"]) * page.digit
    filtered = as_image(page).filter(ImageFilter.GaussianBlur(sigma))
    page.pixels = as_pixels(filtered)


def noise(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Add a sensor's noise: the same for all colours, and half as much for each alone."""
    sigma = float(chosen["sigma"])
    rows, columns, channels = page.pixels.shape
    total = chance.standard_normal((rows, columns, 1), dtype=np.float32) * sigma
    if channels == 3:
        total = total + chance.standard_normal(page.pixels.shape, dtype=np.float32) * (sigma / 2)
    page.pixels = page.pixels + total


def salt(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Make single pixels black or white."""
    hit = chance.uniform(0, 1, page.shape)
    part = float(chosen["part"])
    page.pixels[hit < part / 2] = 0
    page.pixels[hit > 1 - part / 2] = 255


def specks(page: Page, chosen: Chosen, chance: np.random.Generator) -> None:
    """Drop dots of ink onto the page."""
    mask = Image.new("L", page.shape[::-1])
    draw = ImageDraw.Draw(mask)
    for _ in range(round(float(chosen["count"]))):
        reach = page.digit * float(chosen["size"]) * chance.uniform(0.5, 1, 2)
        reach = np.maximum(reach - 1, 0.01)
        left, top = chance.uniform(0, 1, 2) * (np.array(mask.size) - reach)
        shade = int(chance.uniform(120, 255))
        draw.ellipse((left, top, left + reach[0], top + reach[1]), fill=shade)
    share = np.asarray(mask, dtype=np.float32)[..., None] / 255
    page.pixels += (page.ink[: page.pixels.shape[2]] - page.pixels) * share


def jpeg(page: Page, chosen: Chosen, _: np.random.Generator) -> None:
    """Compress as a JPEG does, and back."""
    file = io.BytesIO()
    as_image(page).save(file, "JPEG", quality=round(float(chosen["quality"])))
    page.pixels = as_pixels(Image.open(file))


def as_bytes(page: Page) -> np.ndarray:
    """Round the pixels to bytes."""
    return np.clip(np.rint(page.pixels), 0, 255).astype(np.uint8)


def as_image(page: Page) -> Image.Image:
    """Give the pixels as Pillow has them."""
    pixels = as_bytes(page)
    return Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)


def as_pixels(image: Image.Image) -> np.ndarray:
    """Take the pixels back from Pillow."""
    pixels = np.asarray(image, dtype=np.float32)
    return pixels[..., None] if pixels.ndim == 2 else pixels


STEPS: dict[str, Callable[[Page, Chosen, np.random.Generator], None]] = {
    "grain": grain,
    "lines": lines,
    "light": light,
    "vignette": vignette,
    "shadow": shadow,
    "edge": edge,
    "blur": blur,
    "noise": noise,
    "salt": salt,
    "specks": specks,
    "jpeg": jpeg,
}
"""The steps of the lists that work on a page's pixels."""

"""Writes the pictures of works/png.py, each a 7 of the test set: python3 -m peers.pictures.

- like-mnist.png: as it is in MNIST, 28x28
- inverted.png: dark on white, 28x28
- scan.png: dark on paper with a scanner's noise, 100x100, grey
- photo.png: a digit a third as high as the picture, uneven light, noise, 1600x1200, in colour

And the folder digits-1000 with the first 1,000 digits of the test set, all of which `digits` has.
"""

from __future__ import annotations

import os

import numpy as np

from peers import files
from peers.export import png

SEED, LABEL = 7, 7
FOLDER = files.FOLDER / "pictures"


def enlarged(digit: np.ndarray, factor: int) -> np.ndarray:
    """Enlarge ink, 0 to 1, by linear interpolation, with edges as sharp as a pen's."""
    places = np.clip((np.arange(len(digit) * factor) + 0.5) / factor - 0.5, 0, len(digit) - 1)
    before = np.minimum(places.astype(int), len(digit) - 2)
    after = places - before
    rows = digit[before] * (1 - after[:, None]) + digit[before + 1] * after[:, None]
    both = rows[:, before] * (1 - after) + rows[:, before + 1] * after
    return np.clip(2 * both - 0.5, 0, 1)


def on_page(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    """Lay ink in the middle of an empty page."""
    page = np.zeros((height, width))
    top, left = (height - len(ink)) // 2, (width - len(ink)) // 2
    page[top : top + len(ink), left : left + len(ink)] = ink
    return page


def scan(digit: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Make a grey scan."""
    ink = on_page(enlarged(digit, 3), 100, 100)
    return rounded(235 - 180 * ink + chance.normal(0, 3, ink.shape))


def photo(digit: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Make a photo in colours, lighter at one corner than at the other."""
    ink = on_page(enlarged(digit, 20), 1200, 1600)
    down, across = np.mgrid[0:1200, 0:1600]
    light = 0.95 - 0.35 * (down / 1200 + across / 1600) / 2
    paper, pen = np.array([245.0, 240, 225]), np.array([40.0, 50, 110])
    colours = (paper + ink[..., None] * (pen - paper)) * light[..., None]
    return rounded(colours + chance.normal(0, 2, colours.shape))


def rounded(values: np.ndarray) -> np.ndarray:
    """Give values as bytes."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def write_folder(count: int) -> None:
    """Link the first digits of the test set into a folder of their own."""
    folder = files.FOLDER / f"digits-{count}"
    folder.mkdir(exist_ok=True)
    for index in range(count):
        link = folder / f"{index:05}.png"
        link.unlink(missing_ok=True)
        os.link(files.FOLDER / "digits" / link.name, link)


def main() -> None:
    """Write all."""
    FOLDER.mkdir(exist_ok=True)
    write_folder(1000)
    place = int(np.flatnonzero(files.test_labels() == LABEL)[0])
    digit = files.read_idx("t10k-images-idx3-ubyte")[place]
    chance = np.random.default_rng(SEED)
    made = {
        "like-mnist": digit,
        "inverted": 255 - digit,
        "scan": scan(digit / 255, chance),
        "photo": photo(digit / 255, chance),
    }
    for name, pixels in made.items():
        (FOLDER / f"{name}.png").write_bytes(png(pixels))


if __name__ == "__main__":
    main()

"""Render the digits of a split's fonts into an IDX pair, for training or for a look.

python Tests/real-digits/render_fonts.py --split train --output build/fonts/train

writes train-images-idx3-ubyte (dark digits on white) and train-labels-idx1-ubyte. Each family has
as many pictures as any other, taking its faces in turn; sizes, places, greys, small turns and
softness vary, the same at each run.
"""

from __future__ import annotations

import argparse
import struct
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from suite import fonts, rendered
from suite.chance import generator

SIDE = 64
LEAST_HEIGHT = 16
MARGIN = 3
MOST_DEGREES = 8.0
TURNED_PART = 0.4


def picture(family: fonts.Family, digit: int, index: int, *, turn: bool) -> np.ndarray:
    """Render one picture: SIDE rows of SIDE bytes, 255 being white."""
    chance = generator("render", family.name, digit, index)
    face = family.faces[index % len(family.faces)]
    height = chance.uniform(LEAST_HEIGHT, SIDE - 2 * MARGIN - 2)
    ink = face.ink(digit, height)
    if chance.uniform() < TURNED_PART and turn:
        ink = fonts.turned(ink, chance.uniform(-MOST_DEGREES, MOST_DEGREES))
    ink = fitted(ink, SIDE - 2 * MARGIN)
    free = np.array([SIDE, SIDE]) - 2 * MARGIN - ink.shape
    top, left = MARGIN + np.floor(chance.uniform(0, 1, 2) * (free + 1)).astype(int)
    coverage = np.zeros((SIDE, SIDE), dtype=np.float32)
    coverage[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    paper, dark = chance.uniform(225, 255), chance.uniform(0, 90)
    image = Image.fromarray(np.rint(paper + (dark - paper) * coverage).astype(np.uint8))
    softness = chance.uniform(-1, 1)
    if softness > 0:
        image = image.filter(ImageFilter.GaussianBlur(softness))
    return np.asarray(image)


def fitted(ink: np.ndarray, side: int) -> np.ndarray:
    """Make ink smaller where it is taller or wider than `side`."""
    scale = side / max(ink.shape)
    if scale >= 1:
        return ink
    size = [max(1, min(side, round(length * scale))) for length in ink.shape]
    image = Image.fromarray(ink).resize((size[1], size[0]), Image.Resampling.BOX)
    return np.asarray(image)


def write_idx(path: Path, values: np.ndarray) -> None:
    """Write bytes as an IDX file: type 8, the number of axes, their lengths, the values."""
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    path.write_bytes(header + values.astype(np.uint8).tobytes())


def main() -> int:
    """Render as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=fonts.SPLITS, default="train")
    parser.add_argument("--output", type=Path, required=True, help="the two files' common start")
    parser.add_argument("--per-family", type=int, default=20, help="pictures of each digit")
    parser.add_argument("--upright", action="store_true", help="turn none")
    options = parser.parse_args()
    try:
        families = fonts.families(options.split)
    except fonts.FontError as error:
        sys.exit(f"render_fonts.py: {error}")
    for change in rendered.changed(options.split):
        print(f"render_fonts.py: warning: {change}", file=sys.stderr)
    names = [
        (family, digit, index)
        for index in range(options.per_family)
        for digit in range(10)
        for family in families
    ]
    images = np.stack([picture(*name, turn=not options.upright) for name in names])
    labels = np.array([digit for _, digit, _ in names], dtype=np.uint8)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    for kind, values in (("images-idx3", images), ("labels-idx1", labels)):
        write_idx(options.output.with_name(f"{options.output.name}-{kind}-ubyte"), values)
    print(f"{len(labels)} pictures of {len(families)} families, {SIDE}x{SIDE}: {options.output}-*")
    return 0


if __name__ == "__main__":
    sys.exit(main())

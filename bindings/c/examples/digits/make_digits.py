"""Make the sample digits in this folder from the MNIST test set.

Run as `make_digits.py [OUTPUT_FOLDER]`.
`make data` gets MNIST. Each digit comes twice: as it is in MNIST, and from another picture of
the set the way people have digits. Needs Python's standard library alone.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SIDE = 28
PLAIN = {0: 10, 1: 14, 2: 35, 3: 32, 4: 27, 5: 52, 6: 22, 7: 34, 8: 110, 9: 12}
"""The index in the test set of each digit that stays as it is."""

Grey = list[list[int]]
"""Rows of ink, 0 (none) to 255 (full)."""

GREY, RGB, PALETTE, RGBA = 0, 2, 3, 6
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)


Pixels = list[list[tuple[int, ...]]]
"""Rows of pixels, each a tuple of samples."""


class Picture(NamedTuple):
    """Pixels, and how a PNG holds them."""

    rows: Pixels
    color_type: int = GREY
    depth: int = 8
    interlaced: bool = False
    palette: bytes = b""


def read_test_images(folder: Path) -> bytes:
    """Read the pixels of the test set, one picture after the other."""
    content = (folder / "t10k-images-idx3-ubyte").read_bytes()
    if content[:16] != struct.pack(">IIII", 0x803, 10_000, SIDE, SIDE):
        raise ValueError(f"{folder}: t10k-images-idx3-ubyte is not MNIST's test set")
    return content[16:]


def enlarged(ink: Grey, factor: int) -> Grey:
    """Enlarge by linear interpolation, with edges as sharp as a pen's."""
    places = []
    for position in range(SIDE * factor):
        at = min(max((position + 0.5) / factor - 0.5, 0), SIDE - 1.001)
        places.append((int(at), at - int(at)))
    result = []
    for row, down in places:
        blend = [a + (b - a) * down for a, b in zip(ink[row], ink[row + 1], strict=True)]
        smooth = (blend[i] + (blend[i + 1] - blend[i]) * across for i, across in places)
        result.append([min(max(round((value - 64) * 2), 0), 255) for value in smooth])
    return result


def on_page(ink: Grey, width: int, height: int, left: int, top: int) -> Grey:
    """Lay a digit on an empty page."""
    page = [[0] * width for _ in range(height)]
    for y, row in enumerate(ink):
        page[top + y][left : left + len(row)] = row
    return page


def painted(ink: Grey, pen: tuple[int, ...], paper: tuple[int, ...]) -> Pixels:
    """Colour each pixel between `paper` (no ink) and `pen` (full ink)."""
    shades = [
        tuple(round(b + (a - b) * value / 255) for a, b in zip(pen, paper, strict=True))
        for value in range(256)
    ]
    return [[shades[value] for value in row] for row in ink]


def plain(ink: Grey) -> Picture:
    """As MNIST has it: light on black, 28x28."""
    return Picture(painted(ink, (255,), (0,)))


def dark_on_light(ink: Grey) -> Picture:
    """Black on white, four times as large."""
    return Picture(painted(enlarged(ink, 4), (0,), (255,)))


def light_on_dark(ink: Grey) -> Picture:
    """Chalk on a board, ten times as large."""
    return Picture(painted(enlarged(ink, 10), (235,), (30,)))


def coloured_ink(ink: Grey) -> Picture:
    """Blue ink on cream paper."""
    return Picture(painted(enlarged(ink, 6), (24, 48, 160), (250, 244, 222)), RGB)


def palette(ink: Grey) -> Picture:
    """Sixteen shades from yellow paper to red ink, four bits a pixel."""
    shades = painted([list(range(0, 256, 17))], (150, 20, 30), (255, 246, 190))[0]
    rows: Pixels = [[(value // 16,) for value in row] for row in enlarged(ink, 5)]
    return Picture(rows, PALETTE, depth=4, palette=b"".join(map(bytes, shades)))


def transparent(ink: Grey) -> Picture:
    """Black ink on nothing: the paper is transparent, and black as well."""
    return Picture(painted(enlarged(ink, 5), (0, 0, 0, 255), (0, 0, 0, 0)), RGBA)


def sixteen_bit(ink: Grey) -> Picture:
    """Dark grey on white, sixteen bits a pixel."""
    return Picture(painted(enlarged(ink, 4), (8_000,), (65_535,)), depth=16)


def interlaced(ink: Grey) -> Picture:
    """Green ink on white, interlaced, of a size that no pass divides."""
    page = on_page(enlarged(ink, 5), 151, 149, 6, 4)
    return Picture(painted(page, (0, 90, 40), (255, 255, 255)), RGB, interlaced=True)


def off_centre(ink: Grey) -> Picture:
    """Small, in the upper right of a wide grey page."""
    page = on_page(enlarged(ink, 3), 320, 200, 215, 12)
    return Picture(painted(page, (40,), (225,)))


def one_bit(ink: Grey) -> Picture:
    """Black or white, eight pixels a byte, of a width that bytes do not divide."""
    page = on_page(enlarged(ink, 5), 147, 145, 3, 2)
    rows: Pixels = [[(int(value < 128),) for value in row] for row in page]
    return Picture(rows, depth=1)


def large(ink: Grey) -> Picture:
    """As a scanner gives it: 1,200 by 1,600 pixels."""
    page = on_page(enlarged(ink, 32), 1200, 1600, 160, 310)
    return Picture(painted(page, (35,), (245,)))


AS_PEOPLE_HAVE_THEM = (
    (0, 13, dark_on_light),
    (1, 37, light_on_dark),
    (2, 147, coloured_ink),
    (3, 30, palette),
    (4, 56, transparent),
    (5, 102, sixteen_bit),
    (6, 11, interlaced),
    (7, 83, off_centre),
    (8, 128, one_bit),
    (9, 150, large),
)
"""The digit, its index in the test set, and what becomes of it."""


def packed(row: list[tuple[int, ...]], depth: int) -> bytes:
    """Give the bytes of one row of pixels."""
    samples = [sample for pixel in row for sample in pixel]
    if depth == 16:
        return struct.pack(f">{len(samples)}H", *samples)
    bits = "".join(f"{sample:0{depth}b}" for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def scanlines(picture: Picture) -> Iterator[bytes]:
    """Give the rows as PNG has them, each the difference to the one above (filter 2)."""
    passes = ADAM7 if picture.interlaced else ((0, 0, 1, 1),)
    for left, top, step_x, step_y in passes:
        above = b""
        for row in picture.rows[top::step_y]:
            line = packed(row[left::step_x], picture.depth)
            above = above or bytes(len(line))
            yield b"\2" + bytes((a - b) & 255 for a, b in zip(line, above, strict=True))
            above = line


def png(picture: Picture) -> bytes:
    """Give the PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = (len(picture.rows[0]), len(picture.rows))
    kind = (picture.depth, picture.color_type, 0, 0, int(picture.interlaced))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", *size, *kind)),
            chunk(b"PLTE", picture.palette) if picture.palette else b"",
            chunk(b"IDAT", zlib.compress(b"".join(scanlines(picture)), 9)),
            chunk(b"IEND", b""),
        )
    )


def main(arguments: list[str]) -> None:
    """Write the twenty files."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    pixels = read_test_images(base.expanduser() / "mnist")
    samples = [(digit, index, plain) for digit, index in PLAIN.items()]
    for digit, index, make in (*samples, *AS_PEOPLE_HAVE_THEM):
        image = pixels[index * SIDE * SIDE : (index + 1) * SIDE * SIDE]
        ink = [list(image[row * SIDE : (row + 1) * SIDE]) for row in range(SIDE)]
        name = f"{digit}-{make.__name__.replace('_', '-')}.png"
        (folder / name).write_bytes(png(make(ink)))


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Writes the PNG pictures of this folder and what a right decoder makes of them.

It needs Python's standard library only and gives the same bytes each time:

    python3 make_fixtures.py

- `expected.txt`: a line for each sound picture: file, width, height, grey pixels in hexadecimal.
  The greys come from the samples that went into the file, not from any decoder.
- `damaged.txt`: a line for each damaged picture: file, a tab, words that its error must contain.
- `large*.png`: pictures that are reduced while they are read; white at (x, y) where x // 7 + y // 5
  is odd.
- `digit-*.png`: a seven, once as MNIST has it and once large, blue on yellow paper.
"""

import struct
import zlib
from pathlib import Path

from damaged_pictures import damaged_pictures
from png_writer import (
    CHANNELS,
    GREY,
    GREY_ALPHA,
    PALETTE,
    RGB,
    RGB_ALPHA,
    SIGNATURE,
    Random,
    chunk,
    header,
    packed,
    palette_chunk,
    png,
    random_rows,
)

FOLDER = Path(__file__).resolve().parent
NAMES = {GREY: "grey", RGB: "rgb", PALETTE: "palette", GREY_ALPHA: "grey-alpha", RGB_ALPHA: "rgba"}
DEPTHS = {
    GREY: (1, 2, 4, 8, 16),
    RGB: (8, 16),
    PALETTE: (1, 2, 4, 8),
    GREY_ALPHA: (8, 16),
    RGB_ALPHA: (8, 16),
}


# What a right decoder gives


def to_8_bits(sample, depth):
    """The nearest of the 256 greys."""
    greatest = (1 << depth) - 1
    return (sample * 255 * 2 + greatest) // (2 * greatest)


def on_white(value, alpha):
    return (value * alpha + 255 * (255 - alpha) + 127) // 255


def luma(red, green, blue):
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16


def grey(pixel, depth, colour, palette=None, alphas=(), transparent=None):
    """The 8-bit grey of one pixel; `transparent` is the one colour of a tRNS chunk."""
    if colour == PALETTE:
        index = pixel[0]
        alpha = alphas[index] if index < len(alphas) else 255
        return luma(*(on_white(value, alpha) for value in palette[index]))
    values = [to_8_bits(sample, depth) for sample in pixel]
    alpha = values.pop() if colour in (GREY_ALPHA, RGB_ALPHA) else 255
    if transparent is not None and pixel == transparent:
        alpha = 0
    values = [on_white(value, alpha) for value in values]
    return luma(*values) if len(values) == 3 else values[0]


def random_palette(seed, count):
    random = Random(seed)
    return [tuple(random.below(256) for _ in range(3)) for _ in range(count)]


# The sound pictures


def sound_pictures():
    """Yields file name, bytes and expected rows of greys."""
    sizes = {False: [(5, 7)], True: [(1, 1), (3, 2), (5, 7), (33, 9)]}
    seed = 0
    for colour, depths in DEPTHS.items():
        for depth in depths:
            for interlaced in (False, True):
                for width, height in sizes[interlaced]:
                    seed += 1
                    count = min(1 << depth, 200)
                    palette = random_palette(seed, count) if colour == PALETTE else None
                    rows = random_rows(
                        seed, width, height, depth, CHANNELS[colour], count if palette else None
                    )
                    before = palette_chunk(palette) if palette else b""
                    name = f"{NAMES[colour]}-{depth}{'-adam7' if interlaced else ''}"
                    yield (
                        f"{name}-{width}x{height}.png",
                        png(rows, depth, colour, interlaced, before),
                        [[grey(p, depth, colour, palette) for p in row] for row in rows],
                    )
    yield from transparent_pictures()
    yield from pictures_with_other_chunks()


def transparent_pictures():
    for colour, depths in ((GREY, (1, 2, 4, 8, 16)), (RGB, (8, 16))):
        for depth in depths:
            rows = random_rows(500 + depth, 5, 7, depth, CHANNELS[colour])
            # One pixel differs from the transparent colour in its lowest bit alone.
            transparent = rows[2][3]
            rows[4][1] = tuple(sample ^ 1 for sample in transparent)
            before = chunk(b"tRNS", struct.pack(f">{len(transparent)}H", *transparent))
            for interlaced in (False, True):
                yield (
                    f"{NAMES[colour]}-{depth}-trns{'-adam7' if interlaced else ''}.png",
                    png(rows, depth, colour, interlaced, before),
                    [
                        [grey(p, depth, colour, transparent=transparent) for p in row]
                        for row in rows
                    ],
                )
    for depth in (1, 2, 4, 8):
        palette = random_palette(600 + depth, min(1 << depth, 40))
        alphas = [(37 * i + 5) % 256 for i in range(len(palette) - 1)]
        rows = random_rows(610 + depth, 5, 7, depth, 1, len(palette))
        yield (
            f"palette-{depth}-trns.png",
            png(
                rows, depth, PALETTE, False, palette_chunk(palette) + chunk(b"tRNS", bytes(alphas))
            ),
            [[grey(p, depth, PALETTE, palette, alphas) for p in row] for row in rows],
        )


def pictures_with_other_chunks():
    rows = random_rows(700, 5, 7, 8, 3)
    greys = [[grey(p, 8, RGB) for p in row] for row in rows]
    profile = b"broken profile\0\0" + zlib.compress(b"no colour profile")
    others = {
        "gamma": chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"sBIT", b"\1\2\3"),
        "profile": chunk(b"iCCP", profile) + chunk(b"cHRM", bytes(32)),
        "text": chunk(b"tEXt", b"Title\0seven")
        + chunk(b"zTXt", b"Title\0\0no zlib stream")
        + chunk(b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(bytes(100_000), 9)),
        "unknown": chunk(b"laMi", b"x" * 300) + chunk(b"acTL", bytes(8)),
        "background": chunk(b"bKGD", struct.pack(">HHH", 1, 2, 3)) + chunk(b"pHYs", b"short"),
        "suggested-palette": palette_chunk([(1, 2, 3), (4, 5, 6)]) + chunk(b"hIST", bytes(4)),
        "many-texts": chunk(b"tEXt", b"Title\0x") * 1_200,
    }
    for name, chunks in others.items():
        yield f"chunk-{name}.png", png(rows, 8, RGB, before=chunks, after=chunks[:0]), greys
    yield "chunk-after.png", png(rows, 8, RGB, after=chunk(b"tEXt", b"Title\0seven")), greys
    yield "chunk-split-data.png", png(rows, 8, RGB, idat_size=3), greys
    yield "chunk-bytes-after-end.png", png(rows, 8, RGB) + b"something else", greys


# Large pictures


def stripes(width, height):
    """Two rows of one bit a pixel, taken in turns five rows long."""
    lines = [[((x // 7 + odd) % 2,) for x in range(width)] for odd in (0, 1)]
    return [lines[y // 5 % 2] for y in range(height)]


def large_pictures():
    width, height = 6_000, 2_000
    lines = [b"\0" + packed([p[0] for p in row], 1) for row in stripes(width, 10)]
    data = zlib.compress(b"".join(lines) * (height // 10), 9)
    yield (
        "large.png",
        (SIGNATURE + header(width, height, 1, GREY) + chunk(b"IDAT", data) + chunk(b"IEND", b"")),
    )
    yield "large-adam7.png", png(stripes(2_500, 61), 1, GREY, interlaced=True)
    yield "large-tall.png", png(stripes(3, 10_000), 1, GREY)


# Digits

SEVEN = """
............................
............................
............................
............................
............................
............................
............................
....+######+++++............
....#################+......
....++++++++#########+......
...............+++.+##......
..................+##+......
..................###.......
.................+##+.......
.................###........
................+##+........
...............+##+.........
...............###..........
..............+##+..........
.............+##+...........
.............###............
............+##+............
...........+###.............
...........###+.............
..........+###..............
..........+##+..............
..........+##...............
............................
"""


def digits():
    greys = {".": (0,), "+": (140,), "#": (255,)}
    mnist_like = [[greys[mark] for mark in line] for line in SEVEN.split()]
    yield "digit-seven.png", png(mnist_like, 8, GREY), [[p[0] for p in row] for row in mnist_like]

    # Three times as large, off centre, blue on yellow paper.
    def ink(column, row):
        x, y = (column - 9) // 3, (row - 40) // 3
        return mnist_like[y][x][0] if 0 <= x < 28 and 0 <= y < 28 else 0

    def mixed(amount):
        return tuple(
            (paper * (255 - amount) + pen * amount) // 255
            for paper, pen in ((255, 20), (250, 30), (200, 120))
        )

    drawn = [[mixed(ink(column, row)) for column in range(120)] for row in range(130)]
    yield (
        "digit-seven-on-paper.png",
        png(drawn, 8, RGB),
        [[grey(p, 8, RGB) for p in row] for row in drawn],
    )


def write(name, contents):
    (FOLDER / name).write_bytes(contents)


def main():
    expected, damaged = [], []
    for name, contents, rows in [*sound_pictures(), *digits()]:
        write(name, contents)
        pixels = bytes(value for row in rows for value in row).hex()
        expected.append(f"{name} {len(rows[0])} {len(rows)} {pixels}\n")
    for name, contents in large_pictures():
        write(name, contents)
    for name, contents, words in damaged_pictures():
        write(f"damaged-{name}", contents)
        damaged.append(f"damaged-{name}\t{words}\n")
    write("expected.txt", "".join(expected).encode())
    write("damaged.txt", "".join(damaged).encode())


if __name__ == "__main__":
    main()

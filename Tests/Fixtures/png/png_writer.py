"""Writes PNG files of any colour type, bit depth and interlacing; makes random samples."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
# x start, y start, x step, y step of Adam7's passes.
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)


def chunk(name, data):
    """A chunk with its length and checksum."""
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def header(width, height, depth, colour, interlaced=False):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def packed(samples, depth):
    """A row's samples as bytes, the first one in the highest bits."""
    if depth == 16:
        return b"".join(struct.pack(">H", sample) for sample in samples)
    bits = "".join(format(sample, f"0{depth}b") for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def filtered(kind, row, above, bpp):
    """A row after PNG's filter `kind` (0 none, 1 sub, 2 up, 3 average, 4 Paeth)."""
    result = bytearray([kind])
    for i, byte in enumerate(row):
        a = row[i - bpp] if i >= bpp else 0
        b = above[i] if above else 0
        c = above[i - bpp] if above and i >= bpp else 0
        distances = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
        paeth = (a, b, c)[distances.index(min(distances))]
        result.append((byte - (0, a, b, (a + b) // 2, paeth)[kind]) & 255)
    return bytes(result)


def raw_image(rows, depth, channels, interlaced=False):
    """The filtered bytes of a picture, whose rows are lists of pixels, which are tuples."""
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    bpp = max(1, depth * channels // 8)
    data, count = b"", 0
    for x_start, y_start, x_step, y_step in passes:
        above = None
        for row in rows[y_start::y_step]:
            pixels = row[x_start::x_step]
            if not pixels:
                break
            line = packed([sample for pixel in pixels for sample in pixel], depth)
            data += filtered(count % 5, line, above, bpp)
            above, count = line, count + 1
    return data


def png(rows, depth, colour, interlaced=False, before=b"", idat_size=None, after=b""):
    """A whole file; `before` and `after` are chunks on the two sides of the pixels."""
    stream = zlib.compress(raw_image(rows, depth, CHANNELS[colour], interlaced), 9)
    size = idat_size or len(stream)
    idats = b"".join(chunk(b"IDAT", stream[i : i + size]) for i in range(0, len(stream), size))
    head = header(len(rows[0]), len(rows), depth, colour, interlaced)
    return SIGNATURE + head + before + idats + after + chunk(b"IEND", b"")


def palette_chunk(palette):
    return chunk(b"PLTE", b"".join(bytes(colour) for colour in palette))


class Random:
    """A small generator of its own, so that no Python version changes the files."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def random_rows(seed, width, height, depth, channels, limit=None):
    random = Random(seed)
    limit = limit or 1 << depth
    return [
        [tuple(random.below(limit) for _ in range(channels)) for _ in range(width)]
        for _ in range(height)
    ]

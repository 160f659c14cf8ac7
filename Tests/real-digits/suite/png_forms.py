"""Writes PNG files in every form that programs save: colour types, depths, interlacing, chunks."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
INTERLACED_PART = 0.15
CHUNK_PART = 0.2
COMPRESSION = 1

FORMS = {
    "grey": ("grey", "grey", "rgb", "grey16", "rgba", "palette", "grey-alpha"),
    "any": ("grey", "grey", "rgb", "grey16", "rgba", "palette", "grey-alpha"),
    "colour": ("rgb", "rgb", "rgba", "palette", "rgb16"),
    "alpha": ("rgba", "rgba", "rgba16", "grey-alpha", "palette"),
    "bilevel": ("grey1", "grey1", "palette1", "grey", "grey2", "rgb"),
}
"""What a list's "form" may become; each word of a row is as likely as any other."""


@dataclass(frozen=True)
class Samples:
    """What a PNG file holds: [rows, columns, channels], and how."""

    values: np.ndarray
    colour_type: int
    depth: int = 8
    palette: bytes = b""
    palette_alpha: bytes = b""


def written(
    pixels: np.ndarray, alpha: np.ndarray | None, form: str, chance: np.random.Generator
) -> bytes:
    """Write bytes [rows, columns, 1 or 3], with alpha or without, in a form drawn for it."""
    forms = FORMS[form]
    name = forms[int(chance.integers(len(forms)))]
    if pixels.shape[2] == 3 and name.startswith("grey"):
        same = bool((pixels == pixels[..., :1]).all())
        pixels, name = (pixels[..., :1], name) if same else (pixels, name.replace("grey", "rgb"))
        name = {"rgb-alpha": "rgba", "rgb1": "rgb", "rgb2": "rgb"}.get(name, name)
    samples = in_form(name, pixels, alpha)
    interlaced = bool(chance.uniform() < INTERLACED_PART)
    return encoded(samples, chance, interlaced=interlaced)


def in_form(name: str, pixels: np.ndarray, alpha: np.ndarray | None) -> Samples:
    """Turn bytes into the samples of one form."""
    if name in {"grey1", "grey2", "palette1"}:
        return few_bits(name, pixels)
    if name == "palette":
        return indexed(pixels, alpha)
    opaque = np.full(pixels.shape[:2], 255, np.uint8) if alpha is None else alpha
    colours = pixels if name.startswith("grey") else np.broadcast_to(pixels, (*opaque.shape, 3))
    if name in {"grey-alpha", "rgba", "rgba16"}:
        values = np.concatenate([colours, opaque[..., None]], axis=2)
        kind = GREY_ALPHA if name == "grey-alpha" else RGBA
    else:
        values, kind = colours, GREY if name.startswith("grey") else RGB
    if name.endswith("16"):
        return Samples(values.astype(np.uint16) * 257, kind, 16)
    return Samples(values, kind)


def few_bits(name: str, pixels: np.ndarray) -> Samples:
    """Store a picture of two values in one or two bits a pixel."""
    light = (pixels[..., :1] > 127).astype(np.uint8)
    if name == "palette1":
        return Samples(1 - light, PALETTE, 1, bytes((255, 255, 255, 0, 0, 0)))
    return Samples(light * 3, GREY, 2) if name == "grey2" else Samples(light, GREY, 1)


def indexed(pixels: np.ndarray, alpha: np.ndarray | None) -> Samples:
    """Store at most 256 colours: grey exactly, others nearly, transparent ones by tRNS."""
    if pixels.shape[2] == 1 and alpha is None:
        shades = bytes(np.repeat(np.arange(256, dtype=np.uint8), 3))
        return Samples(pixels, PALETTE, 8, shades)
    colours = np.broadcast_to(pixels, (*pixels.shape[:2], 3))
    if alpha is None:
        image = Image.fromarray(np.ascontiguousarray(colours))
        image = image.quantize(256, Image.Quantize.MAXCOVERAGE)
        return Samples(np.asarray(image)[..., None], PALETTE, 8, bytes(image.getpalette() or b""))
    shown = colours[alpha > 0]
    ink = shown[0] if len(shown) else colours[0, 0]
    levels = np.arange(256, dtype=np.uint8)
    return Samples(alpha[..., None], PALETTE, 8, bytes(ink) * 256, bytes(levels))


def encoded(samples: Samples, chance: np.random.Generator, *, interlaced: bool) -> bytes:
    """Give the file."""
    rows, columns = samples.values.shape[:2]
    header = struct.pack(
        ">IIBBBBB", columns, rows, samples.depth, samples.colour_type, 0, 0, int(interlaced)
    )
    extra = chance.uniform(0, 1, 3) < CHUNK_PART
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header)]
    if extra[0]:
        parts.append(chunk(b"gAMA", struct.pack(">I", 45_455)))
    if samples.palette:
        parts.append(chunk(b"PLTE", samples.palette))
    if samples.palette_alpha:
        parts.append(chunk(b"tRNS", samples.palette_alpha))
    if extra[1]:
        parts.append(chunk(b"pHYs", struct.pack(">IIB", 11_811, 11_811, 1)))
    if extra[2]:
        parts.append(chunk(b"tEXt", b"Comment\0a digit"))
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    lines = (
        scanlines(samples.values[top::down, left::right], samples.depth, chance)
        for left, top, right, down in passes
    )
    parts.append(chunk(b"IDAT", zlib.compress(b"".join(lines), COMPRESSION)))
    return b"".join([*parts, chunk(b"IEND", b"")])


def scanlines(values: np.ndarray, depth: int, chance: np.random.Generator) -> bytes:
    """Pack rows of samples into bytes, all by one of the filters none, left and above."""
    if not values.size:
        return b""
    rows, columns, channels = values.shape
    if depth == 16:
        raw = values.astype(">u2").reshape(rows, -1).view(np.uint8)
    elif depth == 8:
        raw = values.reshape(rows, -1)
    else:
        bits = np.unpackbits(values.reshape(rows, columns, 1), axis=2)[..., 8 - depth :]
        raw = np.packbits(bits.reshape(rows, -1), axis=1)
    kind = int(chance.integers(3)) if depth >= 8 else 0
    filtered = raw.copy()
    if kind == 1:
        width = channels * depth // 8
        filtered[:, width:] -= raw[:, :-width]
    elif kind == 2:
        filtered[1:] -= raw[:-1]
    lines = np.empty((rows, raw.shape[1] + 1), np.uint8)
    lines[:, 0] = kind
    lines[:, 1:] = filtered
    return lines.tobytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Give a chunk: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""Pictures that no decoder should accept."""

import zlib

from png_writer import (
    GREY,
    PALETTE,
    RGB,
    RGB_ALPHA,
    SIGNATURE,
    chunk,
    header,
    palette_chunk,
    png,
    random_rows,
    raw_image,
)


def damaged_pictures():
    """Yields file name, bytes and words of the error."""
    rows = random_rows(800, 5, 7, 8, 1)
    good = png(rows, 8, GREY)
    data_at = good.index(b"IDAT") - 4
    stream = zlib.compress(raw_image(rows, 8, 1), 9)
    ending = chunk(b"IEND", b"")
    start = SIGNATURE + header(5, 7, 8, GREY)
    coloured = SIGNATURE + header(5, 7, 8, PALETTE)

    for name, size in (
        ("in-signature", 5),
        ("after-signature", 8),
        ("in-header", 20),
        ("after-header", 33),
        ("in-data", data_at + 20),
        ("before-checksum", len(good) - 16),
        ("before-end", len(good) - 12),
        ("in-end", len(good) - 3),
    ):
        yield f"truncated-{name}.png", good[:size], f"truncated: it ends after {size} bytes"
    yield "empty.png", b"", "not a PNG file (it is empty)"
    yield "signature-jpeg.png", b"\xff\xd8\xff\xe0" + good[4:], "(it begins with FF D8 FF E0 0D"
    yield "signature-text.png", b"\xffseven", "(it begins with FF 73 65 76 65 6E)"
    yield "signature-line-ends.png", good.replace(b"\r\n", b"\n", 1), "not a PNG file"

    for name, at in (("header", 29), ("data", data_at + 8 + len(stream)), ("end", len(good) - 4)):
        broken = bytearray(good)
        broken[at] ^= 1
        yield f"checksum-{name}.png", bytes(broken), "CRC error"
    text = bytearray(png(rows, 8, GREY, before=chunk(b"tEXt", b"Title\0seven")))
    text[text.index(b"seven")] ^= 1
    yield "checksum-text.png", bytes(text), "CRC error"

    data = chunk(b"IDAT", stream)
    for name, head in (
        ("zero-width", header(0, 7, 8, GREY)),
        ("zero-height", header(5, 0, 8, GREY)),
        ("negative-width", header(2**31, 7, 8, GREY)),
        ("depth-3", header(5, 7, 3, GREY)),
        ("rgb-depth-4", header(5, 7, 4, RGB)),
        ("colour-5", header(5, 7, 8, 5)),
        ("interlace-2", header(5, 7, 8, GREY, 2)),
    ):
        yield f"header-{name}.png", SIGNATURE + head + data + ending, "damaged: "
    yield "header-missing.png", SIGNATURE + data + ending, "damaged: "
    yield (
        "header-huge.png",
        (SIGNATURE + header(50_000, 50_000, 8, RGB_ALPHA) + data + ending),
        "50000x50000 pixels, at most 1000000000 are allowed",
    )
    yield (
        "header-hugest.png",
        (SIGNATURE + header(2**31 - 1, 2**31 - 1, 16, RGB_ALPHA, True) + data + ending),
        "2147483647x2147483647 pixels, at most",
    )
    yield (
        "header-wide.png",
        (SIGNATURE + header(10**9, 1, 16, RGB_ALPHA) + data + ending),
        "1000000000 pixels wide, at most 1000000 are allowed",
    )

    yield "data-missing.png", start + ending, "damaged: "
    yield "data-no-zlib.png", start + chunk(b"IDAT", b"no zlib stream") + ending, "damaged: IDAT"
    yield "data-empty.png", start + chunk(b"IDAT", b"") + ending, "damaged: "
    yield (
        "data-short.png",
        (start + chunk(b"IDAT", zlib.compress(raw_image(rows, 8, 1)[:-9])) + ending),
        "damaged: Not enough image data",
    )
    yield (
        "data-filter.png",
        (start + chunk(b"IDAT", zlib.compress(b"\x09" + bytes(41))) + ending),
        "damaged: bad adaptive filter value",
    )
    no_block = stream[:2] + b"\x07" + stream[3:]
    yield "data-block-type.png", start + chunk(b"IDAT", no_block) + ending, "damaged: IDAT"
    yield "palette-missing.png", coloured + data + ending, "PLTE"
    yield "palette-length.png", coloured + chunk(b"PLTE", b"1234") + data + ending, "damaged: "
    indexes = [[(1,), (2,)], [(0,), (3,)]]
    yield (
        "palette-index.png",
        png(indexes, 8, PALETTE, before=palette_chunk([(9, 9, 9)] * 3)),
        "damaged: colour 3 of a palette of 3",
    )
    yield "chunk-critical.png", png(rows, 8, GREY, before=chunk(b"LaMi", b"x")), "damaged: "
    yield "chunk-length.png", start + b"\xff\xff\xff\xffIDAT" + stream, "damaged: "

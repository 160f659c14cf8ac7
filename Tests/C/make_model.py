"""Make the C tests' model and what it must answer, from formulas and docs/file-format.md alone.

    python3 Tests/C/make_model.py            writes the two files below
    python3 Tests/C/make_model.py --check    says whether they are what it would write

Tests/Fixtures/models/tiny.safetensors   Flatten, Dense(8, relu), Dropout, Dense(10) on 28x28
Tests/C/tiny.h                           three pictures' logits and some facts about the model

No library takes part, so that the tests compare Lamina with the format and not with itself.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "Tests/Fixtures/models/tiny.safetensors"
HEADER = ROOT / "Tests/C/tiny.h"

PIXELS, HIDDEN, CLASSES, ROWS = 28 * 28, 8, 10, 3
DIVISOR = 255

# Weights are small fractions of powers of two: the same in binary and on paper.
KERNEL_0 = [[((7 * i + 13 * j) % 17 - 8) / 64 for j in range(HIDDEN)] for i in range(PIXELS)]
BIAS_0 = [(j - 3) / 16 for j in range(HIDDEN)]
KERNEL_1 = [[((5 * i + 3 * j) % 11 - 5) / 8 for j in range(CLASSES)] for i in range(HIDDEN)]
BIAS_1 = [(j % 4) / 32 for j in range(CLASSES)]

CONFIG = {
    "class_name": "Sequential",
    "config": {
        "name": "tiny",
        "layers": [
            {
                "class_name": "InputLayer",
                "config": {
                    "batch_shape": [None, 28, 28],
                    "dtype": "float32",
                    "name": "input_layer",
                },
            },
            {"class_name": "Flatten", "config": {"name": "flatten"}},
            {
                "class_name": "Dense",
                "config": {"name": "dense", "units": 8, "activation": "relu", "use_bias": True},
            },
            {"class_name": "Dropout", "config": {"name": "dropout", "rate": 0.2}},
            {
                "class_name": "Dense",
                "config": {
                    "name": "dense_1",
                    "units": 10,
                    "activation": "linear",
                    "use_bias": True,
                },
            },
        ],
    },
}


def compact(value: object) -> str:
    """Write JSON without spaces."""
    return json.dumps(value, separators=(",", ":"))


METADATA = {
    "lamina_format_version": "1",
    "config": compact(CONFIG),
    "preprocessing": compact({"recipe": "mnist", "divisor": DIVISOR}),
    "labels": compact([str(digit) for digit in range(10)]),
    "training": compact({"data": "none"}),
    "note": "made by Tests/C/make_model.py",
}


def float32(value: float) -> float:
    """Round to single precision."""
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def safetensors(tensors: list[tuple[str, list[int], list[float]]], metadata: object) -> bytes:
    """Write a weights file."""
    header: dict[str, object] = {"__metadata__": metadata}
    numbers = b""
    for name, shape, values in tensors:
        begin = len(numbers)
        numbers += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(numbers)]}
    text = compact(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + numbers


def model_bytes() -> bytes:
    """Write the model's weights file."""
    tensors = [
        ("dense/kernel", [PIXELS, HIDDEN], [w for row in KERNEL_0 for w in row]),
        ("dense/bias", [HIDDEN], BIAS_0),
        ("dense_1/kernel", [HIDDEN, CLASSES], [w for row in KERNEL_1 for w in row]),
        ("dense_1/bias", [CLASSES], BIAS_1),
    ]
    return safetensors(tensors, METADATA)


def picture(row: int) -> list[int]:
    """Give the pixels of a test picture; tiny_picture in tiny.h is the same."""
    return [(37 * i + 101 * row) % 256 if (i + row) % 5 == 0 else 0 for i in range(PIXELS)]


def logits(pixels: list[int]) -> list[float]:
    """Compute what the model answers, in double precision."""
    x = [float32(pixel / DIVISOR) for pixel in pixels]
    hidden = [
        max(0.0, BIAS_0[j] + sum(x[i] * KERNEL_0[i][j] for i in range(PIXELS)))
        for j in range(HIDDEN)
    ]
    return [
        BIAS_1[j] + sum(hidden[i] * KERNEL_1[i][j] for i in range(HIDDEN)) for j in range(CLASSES)
    ]


def header_text() -> str:
    """Write the C header with the expected answers."""
    rows = [", ".join(f"{value:.8f}f" for value in logits(picture(row))) for row in range(ROWS)]
    parameters = PIXELS * HIDDEN + HIDDEN + HIDDEN * CLASSES + CLASSES
    lines = [
        "/* Made by make_model.py: what tiny.safetensors is and must answer. */",
        "#ifndef LAMINA_TESTS_TINY_H",
        "#define LAMINA_TESTS_TINY_H",
        "",
        "#include <stdint.h>",
        "",
        "/* clang-format off */",
        f"enum {{ TINY_PIXELS = {PIXELS}, TINY_CLASSES = {CLASSES}, TINY_ROWS = {ROWS} }};",
        f"enum {{ TINY_PARAMETERS = {parameters}, TINY_METADATA = {len(METADATA)} }};",
        "",
        "static const float tiny_logits[TINY_ROWS][TINY_CLASSES] = {",
        *[f"  {{{row}}}," for row in rows],
        "};",
        "",
        "/* The pixels of test picture `row`. */",
        "static inline void tiny_picture(int row, uint8_t *pixels) {",
        "  for (int i = 0; i < TINY_PIXELS; i++)",
        "    pixels[i] = (i + row) % 5 == 0 ? (uint8_t)((37 * i + 101 * row) % 256) : 0;",
        "}",
        "/* clang-format on */",
        "",
        "#endif",
    ]
    return "\n".join(lines) + "\n"


def write_or_check(*files: tuple[Path, bytes]) -> int:
    """Write files, or with --check say which are not what would be written."""
    wrong = 0
    for path, content in files:
        if sys.argv[1:] == ["--check"]:
            if not path.exists() or path.read_bytes() != content:
                print(f"{path.relative_to(ROOT)} is not what {Path(sys.argv[0]).name} writes")
                wrong = 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return wrong


if __name__ == "__main__":
    sys.exit(write_or_check((MODEL, model_bytes()), (HEADER, header_text().encode())))

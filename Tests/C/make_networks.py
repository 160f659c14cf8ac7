"""Make the C tests' larger networks and what they must answer, from formulas alone.

    python3 Tests/C/make_networks.py            writes the three files below
    python3 Tests/C/make_networks.py --check    says whether they are what it would write

Tests/Fixtures/models/convolutional.safetensors   Conv2D, BatchNormalization, MaxPooling2D, Dense
Tests/Fixtures/models/branching.safetensors       two inputs, two outputs
Tests/C/networks.h                                both configurations, and outputs of some samples

No library takes part, as in make_model.py.
"""

from __future__ import annotations

import json
import math
import sys

from make_model import ROOT, compact, safetensors, write_or_check

MODELS = ROOT / "Tests/Fixtures/models"
HEADER = ROOT / "Tests/C/networks.h"
ROWS = 5

Tensors = list[tuple[str, list[int], list[float]]]


def weights(shape: list[int], step: int, offset: float = 0.0) -> tuple[list[int], list[float]]:
    """Give a variable's shape and numbers: small fractions, the same in binary and on paper."""
    count = math.prod(shape)
    return shape, [((step * i) % 13 - 6) / 16 + offset for i in range(count)]


def sample(tensor: int, row: int, count: int) -> list[float]:
    """Give a test sample; network_sample in networks.h is the same."""
    return [((11 * i + 7 * row + 5 * tensor) % 17 - 8) / 8 for i in range(count)]


def softmax(logits: list[float]) -> list[float]:
    """Turn scores into probabilities."""
    powers = [math.exp(value - max(logits)) for value in logits]
    return [power / sum(powers) for power in powers]


def dense(x: list[float], kernel: list[float], bias: list[float]) -> list[float]:
    """Compute x kernel + bias."""
    units = len(bias)
    return [
        bias[j] + sum(value * kernel[i * units + j] for i, value in enumerate(x))
        for j in range(units)
    ]


def layer(kind: str, name: str, **settings: object) -> dict[str, object]:
    """Describe a layer as Keras does."""
    return {"class_name": kind, "config": {"name": name, **settings}}


# ------------------------------------------------- a chain of image layers --

SIDE, FILTERS, CLASSES, EPSILON = 8, 3, 4, 0.001

CONVOLUTIONAL = {
    "class_name": "Sequential",
    "config": {
        "name": "convolutional",
        "layers": [
            layer("InputLayer", "image", batch_shape=[None, SIDE, SIDE, 1]),
            layer(
                "Conv2D",
                "conv2d",
                filters=FILTERS,
                kernel_size=[3, 3],
                padding="same",
                activation="relu",
            ),
            layer("BatchNormalization", "batch_normalization", epsilon=EPSILON),
            layer("MaxPooling2D", "max_pooling2d", pool_size=[2, 2]),
            layer("Flatten", "flatten"),
            layer("Dense", "dense", units=CLASSES, activation="softmax"),
        ],
    },
}
POOLED = (SIDE // 2) ** 2 * FILTERS
CONVOLUTIONAL_WEIGHTS: Tensors = [
    ("conv2d/kernel", *weights([3, 3, 1, FILTERS], 5)),
    ("conv2d/bias", *weights([FILTERS], 3)),
    ("batch_normalization/gamma", *weights([FILTERS], 4, 1.0)),
    ("batch_normalization/beta", *weights([FILTERS], 7)),
    ("batch_normalization/moving_mean", *weights([FILTERS], 9)),
    ("batch_normalization/moving_variance", *weights([FILTERS], 2, 1.5)),
    ("dense/kernel", *weights([POOLED, CLASSES], 6)),
    ("dense/bias", *weights([CLASSES], 8)),
]


def convolutional(row: int) -> list[list[float]]:
    """Compute the chain's output, in double precision."""
    kernel, bias, gamma, beta, mean, variance, last, last_bias = (
        values for _, _, values in CONVOLUTIONAL_WEIGHTS
    )
    image = sample(0, row, SIDE * SIDE)

    def pixel(i: int, j: int) -> float:
        return image[i * SIDE + j] if 0 <= i < SIDE and 0 <= j < SIDE else 0.0

    def normalized(i: int, j: int, k: int) -> float:
        total = bias[k] + sum(
            pixel(i + m - 1, j + n - 1) * kernel[(3 * m + n) * FILTERS + k]
            for m in range(3)
            for n in range(3)
        )
        spread = math.sqrt(variance[k] + EPSILON)
        return (max(total, 0.0) - mean[k]) / spread * gamma[k] + beta[k]

    pooled = [
        max(normalized(2 * i + m, 2 * j + n, k) for m in range(2) for n in range(2))
        for i in range(SIDE // 2)
        for j in range(SIDE // 2)
        for k in range(FILTERS)
    ]
    return [softmax(dense(pooled, last, last_bias))]


# --------------------------------------------- two inputs and two outputs --

LEFT, RIGHT, KINDS = [2, 3], 4, 3


def call(*names: str, listed: bool = False) -> list[dict[str, object]]:
    """Describe a layer's one call, on other layers' results."""
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
        for name in names
    ]
    return [{"args": [tensors] if listed else tensors, "kwargs": {}}]


def node(described: dict[str, object], inbound_nodes: list[dict[str, object]]) -> dict[str, object]:
    """Describe a layer of a functional model."""
    name = described["config"]["name"]  # type: ignore[index]
    return {**described, "name": name, "inbound_nodes": inbound_nodes}


BRANCHING = {
    "class_name": "Functional",
    "config": {
        "name": "branching",
        "layers": [
            node(layer("InputLayer", "left", batch_shape=[None, *LEFT]), []),
            node(layer("InputLayer", "right", batch_shape=[None, RIGHT]), []),
            node(layer("Flatten", "flatten"), call("left")),
            node(layer("Dense", "hidden", units=RIGHT, activation="tanh"), call("flatten")),
            node(layer("Add", "add"), call("hidden", "right", listed=True)),
            node(layer("Dense", "kind", units=KINDS, activation="softmax"), call("add")),
            node(layer("Multiply", "multiply"), call("hidden", "right", listed=True)),
            node(layer("Reshape", "amount", target_shape=[2, 2]), call("multiply")),
        ],
        "input_layers": [["left", 0, 0], ["right", 0, 0]],
        "output_layers": [["kind", 0, 0], ["amount", 0, 0]],
    },
}
BRANCHING_WEIGHTS: Tensors = [
    ("hidden/kernel", *weights([math.prod(LEFT), RIGHT], 5)),
    ("hidden/bias", *weights([RIGHT], 3)),
    ("kind/kernel", *weights([RIGHT, KINDS], 7)),
    ("kind/bias", *weights([KINDS], 4)),
]


def branching(row: int) -> list[list[float]]:
    """Compute both outputs, in double precision."""
    kernel, bias, kind, kind_bias = (values for _, _, values in BRANCHING_WEIGHTS)
    hidden = [math.tanh(x) for x in dense(sample(0, row, math.prod(LEFT)), kernel, bias)]
    right = sample(1, row, RIGHT)
    pairs = list(zip(hidden, right, strict=True))
    return [softmax(dense([a + b for a, b in pairs], kind, kind_bias)), [a * b for a, b in pairs]]


# -------------------------------------------------------------------- files --


def model_bytes(config: dict[str, object], tensors: Tensors) -> bytes:
    """Write a weights file."""
    metadata = {"lamina_format_version": "1", "config": compact(config)}
    return safetensors(tensors, metadata)


def literal(text: str) -> str:
    """Write a C string."""
    pieces = [text[i : i + 80] for i in range(0, len(text), 80)]
    return "\n".join(f"    {json.dumps(piece)}" for piece in pieces)


def outputs(name: str, values: list[list[float]]) -> list[str]:
    """Write an array with a row for each sample."""
    rows = [", ".join(f"{value:.8f}f" for value in row) for row in values]
    return [
        f"static const float {name}[NETWORK_ROWS][{len(values[0])}] = {{",
        *[f"  {{{row}}}," for row in rows],
        "};",
    ]


def header_text() -> str:
    """Write the C header."""
    lines = [
        "/* Made by make_networks.py: what its two networks are and must answer. */",
        "#ifndef LAMINA_TESTS_NETWORKS_H",
        "#define LAMINA_TESTS_NETWORKS_H",
        "",
        "/* clang-format off */",
        '#define CONVOLUTIONAL_MODEL "Tests/Fixtures/models/convolutional.safetensors"',
        '#define BRANCHING_MODEL "Tests/Fixtures/models/branching.safetensors"',
        "",
        f"enum {{ NETWORK_ROWS = {ROWS}, IMAGE_SIDE = {SIDE}, IMAGE_CLASSES = {CLASSES} }};",
        f"enum {{ LEFT_COUNT = {math.prod(LEFT)}, RIGHT_COUNT = {RIGHT} }};",
        f"enum {{ KIND_COUNT = {KINDS}, AMOUNT_COUNT = {RIGHT} }};",
        "",
        "static const char convolutional_config[] =",
        literal(compact(CONVOLUTIONAL)) + ";",
        "",
        "static const char branching_config[] =",
        literal(compact(BRANCHING)) + ";",
        "",
        *outputs("image_classes", [convolutional(row)[0] for row in range(ROWS)]),
        *outputs("kinds", [branching(row)[0] for row in range(ROWS)]),
        *outputs("amounts", [branching(row)[1] for row in range(ROWS)]),
        "",
        "/* A test sample of input `tensor`. */",
        "static inline void network_sample(int tensor, int row, int count, float *numbers) {",
        "  for (int i = 0; i < count; i++)",
        "    numbers[i] = (float)((11 * i + 7 * row + 5 * tensor) % 17 - 8) / 8;",
        "}",
        "/* clang-format on */",
        "",
        "#endif",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(
        write_or_check(
            (
                MODELS / "convolutional.safetensors",
                model_bytes(CONVOLUTIONAL, CONVOLUTIONAL_WEIGHTS),
            ),
            (MODELS / "branching.safetensors", model_bytes(BRANCHING, BRANCHING_WEIGHTS)),
            (HEADER, header_text().encode()),
        )
    )

"""Model files written by hand, without Lamina: the tests' own safetensors writer."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def safetensors_bytes(tensors: Mapping[str, Floats], metadata: Mapping[str, str]) -> bytes:
    """Write tensors and metadata as one safetensors file."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    begin = 0
    for name, array in tensors.items():
        end = begin + array.nbytes
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header).encode()
    text += b" " * (-(8 + len(text)) % 8)
    numbers = b"".join(array.astype("<f4").tobytes() for array in tensors.values())
    return struct.pack("<Q", len(text)) + text + numbers


@dataclass
class TinyModel:
    """Flatten, Dense with relu, Dropout, Dense: its weights, and NumPy's idea of its outputs."""

    input_shape: tuple[int, ...] = (28, 28)
    hidden: int = 16
    classes: int = 10
    labels: tuple[str, ...] = ("zéro", "1", "2", "3", "4", "5", "6", "7", "8", '"nine"')
    seed: int = 1
    tensors: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        """Draw the weights."""
        random = np.random.default_rng(self.seed)
        inputs = int(np.prod(self.input_shape))

        def draw(*shape: int) -> Floats:
            return random.normal(0, 0.1, shape).astype(np.float32)

        self.tensors = {
            "dense/kernel": draw(inputs, self.hidden),
            "dense/bias": draw(self.hidden),
            "dense_1/kernel": draw(self.hidden, self.classes),
            "dense_1/bias": draw(self.classes),
        }

    @property
    def config(self) -> dict[str, Any]:
        """The architecture, as docs/file-format.md describes it."""
        dense = {"activation": "relu", "use_bias": True}
        last = {"activation": "linear", "use_bias": True}
        layers = [
            ("InputLayer", {"name": "input_layer", "batch_shape": [None, *self.input_shape]}),
            ("Flatten", {"name": "flatten"}),
            ("Dense", {"name": "dense", "units": self.hidden, **dense}),
            ("Dropout", {"name": "dropout", "rate": 0.2}),
            ("Dense", {"name": "dense_1", "units": self.classes, **last}),
        ]
        described = [{"class_name": kind, "config": config} for kind, config in layers]
        return {
            "class_name": "Sequential",
            "config": {"name": "sequential", "layers": described},
        }

    @property
    def metadata(self) -> dict[str, str]:
        """The file's metadata, in the order in which Lamina writes it."""
        return {
            "lamina_format_version": "1",
            "config": json.dumps(self.config),
            "preprocessing": '{"recipe":"mnist","divisor":255}',
            "labels": json.dumps(self.labels, ensure_ascii=False),
            "training": '{"epochs":0}',
            "made-by": "a test, with ünïcode and\na second line",
        }

    @property
    def content(self) -> bytes:
        """The weights file."""
        return safetensors_bytes(self.tensors, self.metadata)

    def outputs(self, x: NDArray[Any]) -> Floats:
        """Compute the logits of [rows, *input_shape] in float64."""
        flat = x.reshape(len(x), -1).astype(np.float64)
        hidden = np.maximum(flat @ self.tensors["dense/kernel"] + self.tensors["dense/bias"], 0)
        logits = hidden @ self.tensors["dense_1/kernel"] + self.tensors["dense_1/bias"]
        return np.asarray(logits, np.float32)


@dataclass
class BranchingModel:
    """Inputs [2, 3] and [4]; outputs [3] of the sum and [2, 2] of the product of two branches."""

    seed: int = 2
    tensors: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        """Draw the weights."""
        random = np.random.default_rng(self.seed)
        shapes = {"hidden/kernel": (6, 4), "hidden/bias": (4,), "kind/kernel": (4, 3)}
        self.tensors = {
            name: random.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()
        }

    @property
    def config(self) -> dict[str, Any]:
        """The architecture, as docs/file-format.md describes it."""
        merged = [["hidden", "right"]]
        kind = {"units": 3, "activation": "linear", "use_bias": False}
        layers: list[tuple[str, str, dict[str, Any], list[Any]]] = [
            ("InputLayer", "left", {"batch_shape": [None, 2, 3]}, []),
            ("InputLayer", "right", {"batch_shape": [None, 4]}, []),
            ("Flatten", "flatten", {}, ["left"]),
            ("Dense", "hidden", {"units": 4, "activation": "tanh"}, ["flatten"]),
            ("Add", "add", {}, merged),
            ("Dense", "kind", kind, ["add"]),
            ("Multiply", "multiply", {}, merged),
            ("Reshape", "amount", {"target_shape": [2, 2]}, ["multiply"]),
        ]
        return {
            "class_name": "Functional",
            "config": {
                "name": "branching",
                "layers": [
                    {
                        "class_name": kind_of_layer,
                        "name": name,
                        "config": {"name": name, **settings},
                        "inbound_nodes": [_call(arguments)] if arguments else [],
                    }
                    for kind_of_layer, name, settings, arguments in layers
                ],
                "input_layers": [["left", 0, 0], ["right", 0, 0]],
                "output_layers": [["kind", 0, 0], ["amount", 0, 0]],
            },
        }

    @property
    def content(self) -> bytes:
        """The weights file."""
        metadata = {"lamina_format_version": "1", "config": json.dumps(self.config)}
        return safetensors_bytes(self.tensors, metadata)

    def outputs(self, left: NDArray[Any], right: NDArray[Any]) -> tuple[Floats, Floats]:
        """Compute both outputs of a batch in float64."""
        flat = left.reshape(len(left), -1).astype(np.float64)
        hidden = np.tanh(flat @ self.tensors["hidden/kernel"] + self.tensors["hidden/bias"])
        kind = (hidden + right) @ self.tensors["kind/kernel"]
        amount = (hidden * right).reshape(-1, 2, 2)
        return kind.astype(np.float32), amount.astype(np.float32)


def _call(arguments: list[Any]) -> dict[str, Any]:
    """Describe a layer's call on other layers' results; a list stands for several in one."""

    def described(argument: Any) -> Any:
        if isinstance(argument, list):
            return [described(name) for name in argument]
        return {"class_name": "__keras_tensor__", "config": {"keras_history": [argument, 0, 0]}}

    return {"args": [described(argument) for argument in arguments], "kwargs": {}}

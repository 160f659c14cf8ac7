"""Runs the built png-classify, and writes networks for it.

$PNG_CLASSIFY names the program; by default it is the one that ``make command`` or ``swift build
-c release --scratch-path build/swiftpm`` left.
"""

from __future__ import annotations

import json
import math
import os
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIGITS = ROOT / "bindings/c/examples/digits"
SEVEN = DIGITS / "7-plain.png"
DAMAGED = ROOT / "Tests/Fixtures/png/damaged-truncated-in-data.png"


def built_program() -> str:
    """Give the path of the program to test."""
    if given := os.environ.get("PNG_CLASSIFY"):
        return str(Path(given).resolve())
    candidates = [ROOT / "build/bin/png-classify", ROOT / "build/swiftpm/release/png-classify"]
    return str(next((path for path in candidates if path.exists()), candidates[0]))


def data_folder(name: str) -> Path:
    """Say where ``make data`` puts a data set."""
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    return base.expanduser() / name


PROGRAM = built_program()
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "LAMINA_MODEL"}


@dataclass
class Run:
    """What a run of the command gave."""

    status: int
    out: str
    err: str


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    """Run the command to its end."""
    result = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=ENVIRONMENT | (environment or {}),
        timeout=120,
        check=False,
    )
    return Run(result.returncode, result.stdout.decode(), result.stderr.decode())


def write_model(
    path: Path,
    model: dict[str, object],
    tensors: dict[str, list[int]],
    labels: list[str] | None = None,
    training: list[dict[str, object]] | None = None,
) -> Path:
    """Write a weights file for 28x28 pictures; its weights are small fractions."""
    header: dict[str, object] = {
        "__metadata__": {
            "lamina_format_version": "1",
            "config": json.dumps(model),
            "preprocessing": json.dumps({"recipe": "mnist", "divisor": 255}),
        }
    }
    if labels:
        header["__metadata__"]["labels"] = json.dumps(labels)
    if training:
        header["__metadata__"]["training"] = json.dumps(training)
    numbers = b""
    for name, shape in tensors.items():
        begin = len(numbers)
        count = math.prod(shape)
        numbers += struct.pack(f"<{count}f", *((7 * i % 13 - 6) / 16 for i in range(count)))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(numbers)]}
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + numbers)
    return path


def layer(kind: str, name: str, *inputs: str, **settings: object) -> dict[str, object]:
    """Describe a layer of a functional model and its call."""
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"keras_history": [given, 0, 0]}}
        for given in inputs
    ]
    return {
        "class_name": kind,
        "config": {"name": name, **settings},
        "inbound_nodes": [{"args": tensors, "kwargs": {}}] if inputs else [],
    }


def functional(layers: list[dict[str, object]], *outputs: str) -> dict[str, object]:
    """Describe a functional model of the input "image"."""
    config = {
        "name": "network",
        "layers": layers,
        "input_layers": [["image", 0, 0]],
        "output_layers": [[name, 0, 0] for name in outputs],
    }
    return {"class_name": "Functional", "config": config}

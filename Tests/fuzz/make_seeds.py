"""Make what the fuzzers begin with, out of the fixtures: python3 Tests/fuzz/make_seeds.py FOLDER

Each fuzzer gets a folder of small files of its own: every layer that Keras's fixtures know as a
configuration, small weights files, IDX files plain and compressed, tables. The pictures are the
fixtures themselves.
"""

from __future__ import annotations

import gzip
import json
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/C"))

from make_model import compact, safetensors  # noqa: E402

KERAS = ROOT / "Tests/Fixtures/keras"
PICTURES = ["Tests/Fixtures/png", "bindings/c/examples/digits"]
MOST_BYTES = 6000


def cases(path: Path) -> list[dict]:
    """Give the cases that a fixture describes in its metadata."""
    data = path.read_bytes()
    header = json.loads(data[8 : 8 + struct.unpack("<Q", data[:8])[0]])
    return json.loads(header["__metadata__"]["cases"])


def trimmed(value: object) -> object:
    """Leave out what a reader takes for granted, so that changes meet the rest."""
    if isinstance(value, dict):
        dropped = {"module", "registered_name", "dtype", "trainable"}
        return {key: trimmed(item) for key, item in value.items() if key not in dropped}
    return [trimmed(item) for item in value] if isinstance(value, list) else value


def tensor(name: str) -> dict:
    """Name a layer's first output as Keras does."""
    return {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}


def network(layer: dict, shapes: list[list]) -> dict:
    """Call one layer on inputs of its own."""
    inputs = [
        {
            "class_name": "InputLayer",
            "config": {"name": f"i{index}", "batch_shape": [None, *shape[1:]]},
            "name": f"i{index}",
            "inbound_nodes": [],
        }
        for index, shape in enumerate(shapes)
    ]
    tensors = [tensor(f"i{index}") for index in range(len(shapes))]
    name = layer["config"].get("name", "layer")
    arguments = tensors if len(tensors) == 1 else [tensors]
    called = {**layer, "name": name, "inbound_nodes": [{"args": arguments, "kwargs": {}}]}
    histories = [[f"i{index}", 0, 0] for index in range(len(shapes))]
    config = {
        "name": "n",
        "layers": [*inputs, called],
        "input_layers": histories,
        "output_layers": [[name, 0, 0]],
    }
    return {"class_name": "Functional", "config": config}


def configurations() -> list[str]:
    """Write each kind of layer, and whole networks."""
    texts = [
        compact(trimmed(network(case["layer"], case["input_shapes"])))
        for path in sorted(KERAS.glob("layers/*.safetensors"))
        for case in cases(path)
    ]
    networks = [json.loads(path.read_text()) for path in sorted(KERAS.glob("summaries/*.json"))]
    return texts + [compact(trimmed(whole)) for whole in networks]


def models() -> list[bytes]:
    """Write weights files with everything that their metadata may hold."""
    config = {
        "class_name": "Sequential",
        "config": {
            "name": "s",
            "layers": [
                {"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [None, 2]}},
                {"class_name": "Dense", "config": {"name": "d", "units": 2}},
            ],
        },
    }
    metadata = {"lamina_format_version": "1", "config": compact(config)}
    everything = {
        **metadata,
        "preprocessing": compact({"divisor": 255}),
        "calibration": compact({"temperature": 1.5}),
        "labels": compact(["no", "yes"]),
        "training": compact({"data": "none"}),
        "note": "anything",
        "test_vector": compact({"pattern": 1, "outputs": [[0.5, -1.0]]}),
    }
    tensors = [("d/kernel", [2, 2], [0.0] * 4), ("d/bias", [2], [0.5, -1.0])]
    more = [*tensors, ("optimizer/momentum/d/kernel", [2, 2], [0.0] * 4)]
    fixtures = [
        (ROOT / f"Tests/Fixtures/models/{name}.safetensors").read_bytes()
        for name in ("convolutional", "branching")
    ]
    return [
        safetensors(tensors, metadata),
        safetensors(tensors, everything),
        safetensors(more, everything),
        *fixtures,
    ]


def idx_file(shape: list[int], values: bytes) -> bytes:
    """Write an array of bytes."""
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape) + values


def data_sets() -> list[bytes]:
    """Write a pictures' file and a labels' file, behind the length of the first."""
    pictures, labels = idx_file([3, 2, 2], bytes(range(12))), idx_file([3], bytes([7, 0, 9]))
    packed = gzip.compress(pictures, mtime=0), gzip.compress(labels, mtime=0)
    pairs = [(pictures, labels), packed, (packed[0], labels), (idx_file([0, 2, 2], b""), labels)]
    return [struct.pack(">H", len(first)) + first + second for first, second in pairs]


def tables() -> list[bytes]:
    """Write tables of each kind, behind the byte that says how to read them."""
    numbers = "a,b,label\n1,2.5,x\n-3e2,,y\nNA,0.25,x\n4,1,y\n"
    quoted = 'name,"the ""size""",n\r\n"a, b",1,0\r\nc,2,1\r\n"d\ne",3,0\r\n'
    return [
        b"\x00" + numbers.encode(),
        b"\x40" + numbers.encode(),
        b"\x00" + quoted.encode(),
        b"\x81" + numbers.replace(",", ";").encode(),
        b"\x06" + numbers.replace(",", "\t").encode(),
        b"\x18" + " 1 , 2,0\n 3,4 ,1\nä,NaN,0\n".encode(),
    ]


def write(folder: Path, contents: list[bytes]) -> None:
    """Write a fuzzer's files, numbered."""
    folder.mkdir(parents=True, exist_ok=True)
    for index, content in enumerate(contents):
        (folder / f"{index:03}").write_bytes(content)


def main(folder: Path) -> None:
    """Write all."""
    write(folder / "model", models())
    write(folder / "configuration", [text.encode() for text in configurations()])
    write(folder / "idx", data_sets())
    write(folder / "csv", tables())
    pictures = [path for place in PICTURES for path in sorted((ROOT / place).glob("*.png"))]
    small = [path for path in pictures if path.stat().st_size <= MOST_BYTES]
    write(folder / "png", [path.read_bytes() for path in small])


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Writes what every host reads: the weights, the expected outputs, the test images, the models.

python3 -m peers.export arrays   weights as NumPy's, expected outputs, images and PNG files
python3 -m peers.export models   the networks in the formats of ONNX Runtime (with int8) and ncnn
"""

from __future__ import annotations

import json
import logging
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from peers import files

if TYPE_CHECKING:
    from onnx import NodeProto

# How many images the outputs are compared of: the largest batch that is timed.
COMPARED = {"mlp": 10_000, "convnet": 256}
NETWORKS = {
    "mlp": ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"],
    "convnet": [
        "conv2d/kernel",
        "conv2d/bias",
        "conv2d_1/kernel",
        "conv2d_1/bias",
        "dense/kernel",
        "dense/bias",
    ],
}


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """Read the float32 tensors of a weights file."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(content[start:end], "<f4").reshape(entry["shape"])
    return tensors


def outputs(network: str, weights: list[np.ndarray], images: np.ndarray) -> np.ndarray:
    """Compute a network's outputs plainly, in float64."""
    values = [weight.astype(np.float64) for weight in weights]
    if network == "mlp":
        hidden = np.maximum(images @ values[0] + values[1], 0)
        return hidden @ values[2] + values[3]
    hidden = images.reshape(-1, 28, 28, 1)
    for kernel, bias in [values[:2], values[2:4]]:
        windows = np.lib.stride_tricks.sliding_window_view(hidden, (3, 3), (1, 2))
        hidden = np.maximum(np.einsum("nxyckl,klcf->nxyf", windows, kernel) + bias, 0)
        rows, columns = hidden.shape[1] // 2, hidden.shape[2] // 2
        cut = hidden[:, : 2 * rows, : 2 * columns]
        hidden = cut.reshape(len(cut), rows, 2, columns, 2, -1).max((2, 4))
    logits = hidden.reshape(len(hidden), -1) @ values[4] + values[5]
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def write_arrays() -> None:
    """Write weights, expected outputs, test images, and the test images as PNG files."""
    pixels = files.read_idx("t10k-images-idx3-ubyte")
    images = pixels.reshape(-1, files.PIXELS).astype(np.float32) / 255
    images.tofile(files.FOLDER / "test-images.float32")
    pixels.tofile(files.FOLDER / "test-images.uint8")
    for network, names in NETWORKS.items():
        tensors = read_safetensors(files.FOLDER / f"{network}.safetensors")
        weights = [tensors[name] for name in names]
        arrays = {str(index): weight for index, weight in enumerate(weights)}
        np.savez(files.FOLDER / f"{network}.npz", **arrays)
        expected = outputs(network, weights, images[: COMPARED[network]].astype(np.float64))
        np.save(files.FOLDER / f"{network}-expected.npy", expected)
        expected.astype(np.float32).tofile(files.FOLDER / f"{network}-expected.float32")
    folder = files.FOLDER / "digits"
    folder.mkdir(exist_ok=True)
    for index, picture in enumerate(pixels):
        (folder / f"{index:05}.png").write_bytes(png(picture))


def png(pixels: np.ndarray) -> bytes:
    """Write pixels, [height, width] in grey or [height, width, 3] in colours, as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    height, width = pixels.shape[:2]
    colour_type = 0 if pixels.ndim == 2 else 2
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def dense_rows(kernel: np.ndarray) -> np.ndarray:
    """Give the last kernel of the convnet for channels that come first."""
    return kernel.reshape(5, 5, 64, 10).transpose(2, 0, 1, 3).reshape(1600, 10)


def onnx_nodes(network: str) -> list[NodeProto]:
    """Give the steps of a network; its weights are named by their places."""
    from onnx import helper  # noqa: PLC0415

    if network == "mlp":
        return [
            helper.make_node("Gemm", ["input", "0", "1"], ["a"]),
            helper.make_node("Relu", ["a"], ["b"]),
            helper.make_node("Gemm", ["b", "2", "3"], ["output"]),
        ]
    pool = {"kernel_shape": [2, 2], "strides": [2, 2]}
    return [
        helper.make_node("Conv", ["input", "0", "1"], ["a"]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("MaxPool", ["b"], ["c"], **pool),
        helper.make_node("Conv", ["c", "2", "3"], ["d"]),
        helper.make_node("Relu", ["d"], ["e"]),
        helper.make_node("MaxPool", ["e"], ["f"], **pool),
        helper.make_node("Flatten", ["f"], ["g"]),
        helper.make_node("Gemm", ["g", "4", "5"], ["h"]),
        helper.make_node("Softmax", ["h"], ["output"]),
    ]


def write_onnx(network: str) -> None:
    """Write a network for ONNX Runtime."""
    from onnx import TensorProto, helper, numpy_helper, save  # noqa: PLC0415

    weights, shape = files.weights(network), [files.PIXELS]
    if network == "convnet":
        shape = [1, 28, 28]
        weights[0], weights[2] = (weights[index].transpose(3, 2, 0, 1) for index in (0, 2))
        weights[4] = dense_rows(weights[4])
    graph = helper.make_graph(
        onnx_nodes(network),
        network,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["rows", *shape])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["rows", 10])],
        [
            numpy_helper.from_array(np.ascontiguousarray(weight), str(index))
            for index, weight in enumerate(weights)
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(model, files.FOLDER / f"{network}.onnx")


def write_quantized() -> None:
    """Write the dense network in 8-bit integers, scaled as it runs and from a sample before."""
    from onnxruntime import quantization  # noqa: PLC0415

    logging.disable()
    source, images = files.model("mlp", ".onnx"), files.train_set()[0][:1000]

    class Sample(quantization.CalibrationDataReader):
        """Images by which the ranges of the activations are found."""

        def __init__(self) -> None:
            self.batches: Iterator[np.ndarray] = iter(images.reshape(-1, 100, files.PIXELS))

        def get_next(self) -> dict[str, np.ndarray] | None:
            batch = next(self.batches, None)
            return None if batch is None else {"input": batch}

    quantization.quantize_dynamic(
        source, files.FOLDER / "mlp-int8-dynamic.onnx", weight_type=quantization.QuantType.QInt8
    )
    quantization.quantize_static(source, files.FOLDER / "mlp-int8-static.onnx", Sample())


def write_ncnn(network: str) -> None:
    """Write a network for ncnn: its text of layers, and its weights one after the other."""
    weights = files.weights(network)
    if network == "mlp":
        layers = [
            "Input input 0 1 input 0=784",
            "InnerProduct dense 1 1 input a 0=128 1=1 2=100352 9=1",
            "InnerProduct dense_1 1 1 a output 0=10 1=1 2=1280",
        ]
        weights[0], weights[2] = weights[0].T, weights[2].T
    else:
        layers = [
            "Input input 0 1 input 0=28 1=28 2=1",
            "Convolution conv2d 1 1 input a 0=32 1=3 5=1 6=288 9=1",
            "Pooling pool 1 1 a b 0=0 1=2 2=2 5=1",
            "Convolution conv2d_1 1 1 b c 0=64 1=3 5=1 6=18432 9=1",
            "Pooling pool_1 1 1 c d 0=0 1=2 2=2 5=1",
            "Flatten flatten 1 1 d e",
            "InnerProduct dense 1 1 e f 0=10 1=1 2=16000",
            "Softmax softmax 1 1 f output 0=0 1=1",
        ]
        weights[0], weights[2] = (weights[index].transpose(3, 2, 0, 1) for index in (0, 2))
        weights[4] = dense_rows(weights[4]).T
    lines = ["7767517", f"{len(layers)} {len(layers)}", *layers]
    text = "\n".join(lines) + "\n"
    (files.FOLDER / f"{network}.param").write_text(text, encoding="ascii")
    with (files.FOLDER / f"{network}.bin").open("wb") as file:
        for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
            file.write(struct.pack("<I", 0))  # float32 follows
            file.write(np.ascontiguousarray(kernel).tobytes() + bias.tobytes())


def main() -> None:
    """Write what the command line says."""
    if sys.argv[1] == "arrays":
        write_arrays()
        return
    for network in NETWORKS:
        write_onnx(network)
        write_ncnn(network)
    write_quantized()


if __name__ == "__main__":
    main()

"""Inference: one image's latency, and images a second in batches, of both networks."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from pathlib import Path

from harness import lamina, places
from harness.entry import Entry, Metrics

from works.plan import Plan, peer

# How many images hosts/inference.c predicts one at a time for the comparison, and of what size.
SINGLE, CLASSES = 256, 10
BYTES = places.MODELS / "test-images.uint8"
BATCHES = {"mlp": [64, 1024, 10_000], "convnet": [256]}
PEERS = [
    ("ONNX Runtime", "inference", "onnxruntime"),
    ("LiteRT", "inference", "litert"),
    ("ncnn", "inference", "ncnn"),
    ("JAX", "inference", "jax"),
    ("PyTorch", "torch", "torch"),
    ("TensorFlow", "tensorflow", "tensorflow"),
]


def entries(plan: Plan) -> list[Entry]:
    """List who predicts what."""
    return [
        entry
        for network in BATCHES
        for threads in [1, 2]
        for entry in network_entries(plan, network, threads)
    ]


def network_entries(plan: Plan, network: str, threads: int) -> list[Entry]:
    """List who predicts with a network on some threads."""
    work = "inference" if network == "mlp" else "convnet inference"
    numbers = [threads, plan.seconds, *BATCHES[network]]
    made = [c_entry(work, edition, network, numbers) for edition in lamina.EDITIONS]
    if network == "mlp":
        made += [bytes_entry(work, edition, network, numbers) for edition in lamina.EDITIONS]
    made.append(onnxruntime_c_entry(work, network, numbers))
    for edition in lamina.EDITIONS:
        entry = peer(work, edition.name, places.LAMINA, "lamina", "infer", network, *numbers)
        entry.variables = edition.variables()
        made.append(entry)
    made += [
        peer(work, name, environment, module, "infer", network, *numbers)
        for name, environment, module in PEERS
    ]
    if threads == 1:
        # Its overhead is the same on two.
        made.append(peer(work, "Keras predict", "tensorflow", "keras", "infer", network, *numbers))
    if network == "mlp":
        for kind in ["dynamic", "static"]:
            arguments = ["infer", f"mlp-int8-{kind}", *numbers]
            name = f"ONNX Runtime int8, {kind}"
            made.append(peer(work, name, "inference", "onnxruntime", *arguments))
    for entry in made:
        entry.threads = threads
    return made


def c_entry(work: str, edition: lamina.Edition, network: str, numbers: list[float]) -> Entry:
    """Predict through Lamina's C interface."""
    host, model = places.HOSTS / "lamina", places.MODELS / f"{network}.safetensors"
    entry = host_entry(work, edition.name, [str(host), "float32", str(model)], network, numbers)
    entry.variables = edition.variables()
    return entry


def bytes_entry(work: str, edition: lamina.Edition, network: str, numbers: list[float]) -> Entry:
    """Predict through Lamina's C interface, pixels being bytes as MNIST and PNG files have them."""
    entry = c_entry(work, edition, network, numbers)
    pixels = {"float32": "uint8", str(places.MODELS / "test-images.float32"): str(BYTES)}
    entry.command = [pixels.get(word, word) for word in entry.command]
    entry.interface = "C, bytes"
    return entry


def onnxruntime_c_entry(work: str, network: str, numbers: list[float]) -> Entry:
    """Predict through the C interface of the library inside ONNX Runtime's wheel."""
    pattern = "lib/python3*/site-packages/onnxruntime/capi/libonnxruntime.so.*"
    found = sorted((places.ENVIRONMENTS / "inference").glob(pattern))
    library = str(found[-1]) if found else "libonnxruntime.so"
    host, model = places.HOSTS / "onnxruntime", places.MODELS / f"{network}.onnx"
    command = [str(host), library, str(model)]
    entry = host_entry(work, "ONNX Runtime", command, network, numbers)
    entry.environment = "inference"
    return entry


def host_entry(
    work: str, contestant: str, command: list[str], network: str, numbers: list[float]
) -> Entry:
    """Predict in a C program."""
    outputs = places.BUILD / "outputs.float32"
    command += [str(places.MODELS / "test-images.float32"), str(outputs), *map(str, numbers)]
    return Entry(work, contestant, command, interface="C", read=reader(network))


def reader(network: str) -> Callable[[str], Metrics]:
    """Give a function that reads a C program's numbers and compares its outputs.

    Those are of single images, and of the first batch of each size.
    """

    def read(output: str) -> Metrics:
        metrics: Metrics = json.loads(output)
        got = floats(places.BUILD / "outputs.float32")
        expected = floats(places.MODELS / f"{network}-expected.float32")
        wanted = [
            value for rows in [SINGLE, *BATCHES[network]] for value in expected[: rows * CLASSES]
        ]
        if len(got) != len(wanted):
            raise ValueError(f"{len(got)} outputs, expected {len(wanted)}")
        differences = [abs(a - b) for a, b in zip(got, wanted, strict=True)]
        # A not-a-number is not larger than anything, and not less either.
        if not all(difference <= 1e-4 for difference in differences):
            raise ValueError(f"outputs differ by {max(differences):g} from the network's")
        return metrics | {"difference": max(differences)}

    return read


def floats(path: Path) -> array[float]:
    """Read a file of float32."""
    return array("f", path.read_bytes())

"""PNG files: a fresh process from exec to the first label, and 10,000 files in one command."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from harness import lamina, places
from harness.entry import Entry, Metrics

from works.plan import Plan

Reader = Callable[[str], Metrics]

PEERS = [
    ("ONNX Runtime", "inference", "onnxruntime", ".onnx"),
    ("LiteRT", "inference", "litert", ".tflite"),
    ("ncnn", "inference", "ncnn", ".param"),
    ("JAX", "inference", "jax", ".npz"),
    ("PyTorch", "torch", "torch", ".npz"),
    ("TensorFlow", "tensorflow", "tensorflow", ".npz"),
]


def entries(plan: Plan) -> list[Entry]:
    """List who classifies PNG files."""
    read_one, read_all = reader(plan.mnist, 1), reader(plan.mnist, 10_000)
    one, folder = places.DIGITS / "00000.png", places.DIGITS
    return [
        entry
        for work, path, read in [("cold start", one, read_one), ("files", folder, read_all)]
        for entry in work_entries(work, path, read)
    ]


def work_entries(work: str, path: Path, read) -> list[Entry]:
    """List who classifies a file or a folder."""
    model = places.MODELS / "mlp.safetensors"
    made = []
    for edition in lamina.EDITIONS:
        for threads in [1] if work == "cold start" else [1, 2]:
            command = edition.classify(model, path, threads)
            made.append(Entry(work, edition.name, command, threads, "command"))
        hosts = [("Python", [str(places.python(places.LAMINA)), script("lamina")])]
        if work == "cold start":
            hosts.append(("C", [str(places.HOSTS / "classify_png")]))
        for interface, program in hosts:
            command = [*program, str(model), str(path)]
            entry = Entry(work, edition.name, command, interface=interface)
            entry.variables = edition.variables()
            made.append(entry)
    for name, environment, module, ending in PEERS:
        command = [str(places.python(environment)), script(module)]
        command += [str(places.MODELS / f"mlp{ending}"), str(path)]
        # As many threads as there are cores, which is what they do unless told otherwise.
        made.append(Entry(work, name, command, 2, "Python", environment))
    for entry in made:
        entry.read = read
    return made


def script(module: str) -> str:
    """Give the path of a program that classifies."""
    return str(places.BENCHMARKS / f"peers/classify/with_{module}.py")


@cache
def labels(mnist: Path) -> list[str]:
    """Give the test set's labels."""
    content = (mnist / "t10k-labels-idx1-ubyte").read_bytes()
    return [str(label) for label in content[8:]]


def reader(mnist: Path, count: int):
    """Give a function that reads labels and refuses too many wrong ones."""

    def read(output: str) -> Metrics:
        # Nothing may come before the first label, which is what a cold start is timed to.
        lines = output.splitlines()
        if len(lines) != count:
            raise ValueError(f"{len(lines)} lines of {count} files")
        answers = [label(line) for line in lines]
        right = sum(a == b for a, b in zip(answers, labels(mnist), strict=False)) / count
        if right < 0.96:
            raise ValueError(f"{right:.2%} of the labels are right")
        return {"accuracy": right}

    return read


def label(line: str) -> str:
    """Read the label of a line: FILE: LABEL  PROBABILITY, FILE<tab>LABEL<tab>..., or the label."""
    if ": " in line:
        return line.split(": ")[1].split(maxsplit=1)[0]
    return line.split("\t")[1] if "\t" in line else line

"""Prepares what the measurements read: trained networks, models for the peers, PNG files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from harness import lamina, places
from harness.entry import Entry
from harness.process import MeasurementError, environment_of

QUICK_IMAGES = 12_000


def run(command: list[str], mnist: Path) -> None:
    """Run a command; raise MeasurementError with its last words where it fails."""
    variables = environment_of(Entry("", "", []), mnist)
    result = subprocess.run(
        command, env=variables, cwd=places.BENCHMARKS, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines()
        raise MeasurementError(lines[-1] if lines else f"ended with status {result.returncode}")


def cut_data(source: Path) -> Path:
    """Give a folder with MNIST's files, of whose training set only the first images are left."""
    folder = places.BUILD / "quick/mnist"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"images-idx3-ubyte": 28 * 28, "labels-idx1-ubyte": 1}
    for name, size in sizes.items():
        content = (source / f"train-{name}").read_bytes()
        header = content[: 8 if size == 1 else 16]
        cut = header[:4] + QUICK_IMAGES.to_bytes(4, "big") + header[8:]
        body = content[len(header) : len(header) + QUICK_IMAGES * size]
        (folder / f"train-{name}").write_bytes(cut + body)
        (folder / f"t10k-{name}").write_bytes((source / f"t10k-{name}").read_bytes())
    return folder


def train_networks(mnist: Path) -> None:
    """Train the two networks whose weights everybody gets."""
    places.MODELS.mkdir(parents=True, exist_ok=True)
    for network, epochs in [("mlp", 5), ("convnet", 1)]:
        weights = places.MODELS / f"{network}.safetensors"
        if not weights.exists():
            print(f"training the {network}", flush=True)
            run([str(lamina.DEFAULT.trainer), network, "1", str(epochs), str(weights)], mnist)


def export(failures: dict[str, str], mnist: Path) -> dict[str, str]:
    """Write the networks in the peers' formats; give the reasons where that fails."""
    reasons: dict[str, str] = {}
    steps = [
        (places.LAMINA, ["peers.export", "arrays"], "mlp-expected.npy"),
        (places.LAMINA, ["peers.pictures"], "pictures/photo.png"),
        ("inference", ["peers.export", "models"], "mlp-int8-static.onnx"),
        ("tensorflow", ["peers.export_litert"], "convnet.tflite"),
    ]
    newest = max(path.stat().st_mtime for path in places.MODELS.glob("*.safetensors"))
    for environment, module, made in steps:
        path = places.MODELS / made
        if environment in failures or (path.exists() and path.stat().st_mtime > newest):
            continue
        print(f"writing {made} and others", flush=True)
        try:
            run([str(places.python(environment)), "-m", *module], mnist)
        except MeasurementError as error:
            reasons[made] = str(error)
    return reasons

"""Lamina's two editions, and how each of its programs is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness import places
from harness.entry import Entry


@dataclass(frozen=True)
class Edition:
    """A build of Lamina."""

    name: str
    # The folder of `make lib` and `make command`, and the trainer's.
    build: Path
    trainer: Path

    @property
    def library(self) -> Path:
        """Give the shared library."""
        return self.build / "lib/liblamina.so"

    @property
    def command(self) -> Path:
        """Give png-classify."""
        return self.build / "bin/png-classify"

    def variables(self) -> dict[str, str]:
        """Let C programs and Python find this edition's library."""
        python = places.ROOT / "bindings/python"
        return {
            "LD_LIBRARY_PATH": str(self.library.parent),
            "LAMINA_LIBRARY": str(self.library),
            "PYTHONPATH": f"{places.BENCHMARKS}:{python}",
        }

    def train(self, work: str, network: str, threads: int, epochs: int) -> Entry:
        """Train through Swift."""
        weights = str(places.BUILD / "trained.safetensors")
        command = [str(self.trainer), network, str(threads), str(epochs), weights]
        return Entry(work, self.name, command, threads, "Swift")

    def train_by_command(self, mnist: Path, threads: int, epochs: int) -> list[str]:
        """Give the command line that trains the quickstart's network."""
        weights = str(places.BUILD / "trained.safetensors")
        options = ["--epochs", str(epochs), "--seed", "1", "--threads", str(threads)]
        return [str(self.command), "train", "--data", str(mnist), *options, "--output", weights]

    def classify(self, model: Path | None, path: Path, threads: int) -> list[str]:
        """Give the command line that classifies a PNG file or a folder of them.

        Without a model, the network inside the command does. Its first output is the first
        picture's label: a table's would be the head of the table.
        """
        chosen = ["--model", str(model)] if model else []
        return [str(self.command), *chosen, "--threads", str(threads), str(path)]


DEFAULT = Edition("Lamina", places.ROOT / "build", places.BUILD / "trainer/default/release/train")
SMALL = Edition(
    "Lamina, small edition",
    places.ROOT / "build/variants/none",
    places.BUILD / "trainer/none/release/train",
)
EDITIONS = [DEFAULT, SMALL]

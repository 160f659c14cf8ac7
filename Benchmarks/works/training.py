"""Training: the quickstart's network for five epochs, and Keras's convnet by the epoch."""

from __future__ import annotations

import re

from harness import lamina
from harness.entry import Entry, Metrics, last_line

from works.plan import Plan, peer

STEPS = "Keras, many steps a call"
PEERS = {
    "mlp": [
        ("Keras on TensorFlow", "tensorflow", "tensorflow", 1),
        ("Keras on TensorFlow", "tensorflow", "tensorflow", 2),
        (STEPS, "tensorflow", "tensorflow_steps", 1),
        ("PyTorch", "torch", "torch", 1),
        ("PyTorch", "torch", "torch", 2),
        ("JAX", "inference", "jax", 2),
        ("scikit-learn", "inference", "sklearn", 2),
    ],
    "convnet": [
        ("Keras on TensorFlow", "tensorflow", "tensorflow", 2),
        (STEPS, "tensorflow", "tensorflow_steps", 2),
        ("PyTorch", "torch", "torch", 2),
        ("JAX", "inference", "jax", 2),
    ],
}


def entries(plan: Plan) -> list[Entry]:
    """List who trains what."""
    return [
        *network_entries(plan, "mlp", "training"),
        *(
            Entry(
                "training",
                edition.name,
                edition.train_by_command(plan.mnist, threads, plan.epochs["mlp"]),
                threads,
                "command",
                read=lambda output: check(plan, "mlp", read_command(output)),
            )
            for edition in lamina.EDITIONS
            for threads in [1, 2]
        ),
        *network_entries(plan, "convnet", "convnet training"),
    ]


def network_entries(plan: Plan, network: str, work: str) -> list[Entry]:
    """List who trains a network."""
    epochs = plan.epochs[network]
    made = [
        edition.train(work, network, threads, epochs)
        for threads in [1, 2]
        for edition in lamina.EDITIONS
    ]
    for name, environment, module, threads in PEERS[network]:
        # JAX compiles before its first epoch, and its convnet takes long.
        count = 1 if module == "jax" and network == "convnet" else epochs
        arguments = ["train", network, threads, count]
        made.append(peer(work, name, environment, module, *arguments, threads=threads))
    for entry in made:
        entry.read = lambda output: check(plan, network, last_line(output))
    return made


def read_command(output: str) -> Metrics:
    """Read the accuracy that `png-classify train` prints."""
    found = re.search(r"([\d.]+) ?%", output)
    if not found:
        raise ValueError(f"no accuracy in {output!r}")
    return {"accuracy": float(found[1]) / 100}


def check(plan: Plan, network: str, metrics: Metrics) -> Metrics:
    """Refuse a training that did not train; give the last epoch's time."""
    low, high = plan.accuracies[network]
    if not low <= metrics["accuracy"] <= high:
        raise ValueError(f"accuracy {metrics['accuracy']:.4f}, expected {low} to {high}")
    if "epoch_seconds" in metrics:
        # The first epoch of TensorFlow's compiles.
        metrics["last_epoch_seconds"] = metrics.pop("epoch_seconds")[-1]
    return metrics

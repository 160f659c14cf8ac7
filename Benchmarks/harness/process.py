"""Runs one measurement in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from harness import places
from harness.entry import Entry, Metrics


class MeasurementError(Exception):
    """A measurement that failed, with the reason."""


def environment_of(entry: Entry, mnist: Path) -> dict[str, str]:
    """Give the variables that a measurement runs with."""
    variables = {name: value for name, value in os.environ.items() if "OPENBLAS" not in name}
    variables |= {
        "LAMINA_BENCHMARK": str(places.MODELS),
        "LAMINA_MNIST": str(mnist),
        "LAMINA_DATA_HOME": str(mnist.parent),
        "PYTHONPATH": str(places.BENCHMARKS),
    }
    return variables | entry.variables


def measure(entry: Entry, mnist: Path, timeout: float) -> Metrics:
    """Run a measurement; give what it printed, and what the process took.

    Raises MeasurementError where the program fails, prints no result, or takes longer.
    """
    took = places.BUILD / "took.json"
    command = [str(places.HOSTS / "measure"), str(took), *entry.command]
    try:
        result = subprocess.run(
            command,
            env=environment_of(entry, mnist),
            cwd=places.BENCHMARKS,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MeasurementError(f"not done after {timeout:g} seconds") from error
    if result.returncode != 0:
        lines = [line for line in result.stderr.splitlines() if line.strip()]
        raise MeasurementError(lines[-1] if lines else f"ended with status {result.returncode}")
    try:
        metrics = entry.read(result.stdout)
    except (ValueError, IndexError, KeyError) as error:
        raise MeasurementError(str(error)) from error
    metrics |= json.loads(took.read_text(encoding="utf-8"))
    busy = metrics["user_seconds"] + metrics["system_seconds"]
    return metrics | {"cores_used": busy / metrics["process_seconds"]}

"""Times a prediction function and compares what it gives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from time import perf_counter

import numpy as np

from peers import files

Predict = Callable[[np.ndarray], np.ndarray]

# Calls of a microsecond are counted by the million.
MOST_TIMES = 1 << 20
# How many images are compared one at a time, beside the batches.
SINGLE = 16


def infer(
    predict: Predict, network: str, shape: tuple[int, ...], seconds: float, batches: list[int]
) -> dict[str, object]:
    """Measure memory after the first prediction, one-image latency, and images a second.

    `shape` is a sample's, as the peer wants it. Raises ValueError where the results are not those
    of the network.
    """
    predict(np.zeros((1, *shape), np.float32))
    result: dict[str, object] = {
        "resident_megabytes": resident_megabytes(),
        "loaded_megabytes": loaded_megabytes(),
    }
    images = files.test_images().reshape(-1, *shape)
    result.update(compare(predict, network, images, batches))
    times = time_calls(predict, images, 1, seconds)
    result["median_us"] = float(np.median(times)) * 1e6
    result["p99_us"] = float(np.quantile(times, 0.99)) * 1e6
    for batch in batches:
        median = float(np.median(time_calls(predict, images, batch, seconds)))
        result[f"batch_{batch}"] = batch / median
    return result


def compare(
    predict: Predict, network: str, images: np.ndarray, batches: list[int]
) -> dict[str, object]:
    """Give the largest difference from the network's own numbers; raise ValueError if it is large.

    Compares single images, and the first batch of each size. Whole numbers in place of float32
    change a result, but hardly a label.
    """
    expected = files.expected_outputs(network)
    results = [predict(images[row : row + 1]).reshape(1, -1).copy() for row in range(SINGLE)]
    results += [predict(images[:batch]).reshape(batch, -1).copy() for batch in batches]
    wanted = np.concatenate([expected[:SINGLE], *(expected[:batch] for batch in batches)])
    given = np.concatenate(results)
    if "int8" in network:
        same = float(np.mean(given.argmax(axis=1) == wanted.argmax(axis=1)))
        if same < 0.97:
            raise ValueError(f"{same:.1%} of the labels are those of the float32 network")
        return {"same_labels": same}
    difference = float(np.max(np.abs(given - wanted)))
    if not difference <= 1e-4:
        raise ValueError(f"outputs differ by {difference:g} from the network's")
    return {"difference": difference}


def time_calls(predict: Predict, images: np.ndarray, batch: int, seconds: float) -> list[float]:
    """Time calls with images that go round, after a tenth of the time to warm up."""
    inputs = [
        np.ascontiguousarray(images[start : start + batch])
        for start in range(0, len(images) - batch + 1, batch)
    ]
    run(predict, inputs, seconds / 10)
    return run(predict, inputs, seconds)


def run(predict: Predict, inputs: list[np.ndarray], seconds: float) -> list[float]:
    """Give the time of each call."""
    times: list[float] = []
    end = perf_counter() + seconds
    for value in cycle(inputs):
        start = perf_counter()
        predict(value)
        stop = perf_counter()
        times.append(stop - start)
        if (stop > end and len(times) >= 3) or len(times) == MOST_TIMES:
            return times
    return times


def resident_megabytes() -> float:
    """Give the memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def loaded_megabytes() -> float:
    """Give the size of the shared libraries of installed packages, NumPy's aside, loaded here."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    paths = {line.split(maxsplit=5)[5] for line in lines if ".so" in line}
    packages = {path for path in paths if path.startswith(sys.prefix) and "/numpy" not in path}
    return sum(Path(path).stat().st_size for path in packages) / 1e6

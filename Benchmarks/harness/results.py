"""Measurements, round by round, and what is asked of them."""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import lamina, places
from harness.entry import Entry, Metrics
from harness.install import ENVIRONMENTS

VERSIONS = {"inference": ["onnxruntime", "litert", "ncnn", "jax", "sklearn"]}
LAMINA = [edition.name for edition in lamina.EDITIONS]


@dataclass(frozen=True)
class Spread:
    """A metric over the rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Give the middle."""
        return statistics.median(self.values)

    @property
    def least(self) -> float:
        """Give the least."""
        return min(self.values)

    @property
    def most(self) -> float:
        """Give the most."""
        return max(self.values)


@dataclass(frozen=True)
class Row:
    """A contestant at some work, with every metric."""

    work: str
    contestant: str
    interface: str
    threads: int
    rounds: list[Metrics]

    def spread(self, metric: str) -> Spread | None:
        """Give a metric, if it was measured."""
        values = [number[metric] for number in self.rounds if metric in number]
        return Spread(tuple(values)) if values else None


class Results:
    """All measurements of one run."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    @classmethod
    def empty(cls) -> Results:
        """Begin with nothing."""
        return cls({"rows": [], "failures": [], "machine": {}})

    @classmethod
    def load(cls, path: Path) -> Results:
        """Read a run's file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write a run's file."""
        path.write_text(json.dumps(self.content, indent=1), encoding="utf-8")

    @property
    def works(self) -> set[str]:
        """The kinds of work that were tried."""
        return {row["work"] for row in [*self.content["rows"], *self.content["failures"]]}

    def add(self, entry: Entry, metrics: Metrics) -> None:
        """Keep a measurement."""
        key = key_of(entry)
        for row in self.content["rows"]:
            if all(row[name] == value for name, value in key.items()):
                row["rounds"].append(metrics)
                return
        self.content["rows"].append(key | {"rounds": [metrics]})

    def fail(self, entry: Entry, reason: str) -> None:
        """Keep why there is no measurement."""
        self.content["failures"].append(key_of(entry) | {"reason": reason})

    def failed(self, entry: Entry) -> bool:
        """Say whether an entry failed before."""
        key = key_of(entry)
        return any(
            all(row[name] == value for name, value in key.items())
            for row in self.content["failures"]
        )

    def rows(self, work: str) -> list[Row]:
        """Give the rows of a kind of work, in the order in which they were measured."""
        return [Row(**row) for row in self.content["rows"] if row["work"] == work]

    def find(
        self, work: str, contestant: str, interface: str | None = None, threads: int | None = None
    ) -> list[Row]:
        """Give a contestant's rows."""
        return [
            row
            for row in self.rows(work)
            if row.contestant == contestant
            and interface in {None, row.interface}
            and threads in {None, row.threads}
        ]

    def describe_machine(self, failures: dict[str, str]) -> None:
        """Keep what machine this is, and the versions."""
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
        self.content["machine"] = {
            "processor": model[1] if model else platform.machine(),
            "cores": len(os.sched_getaffinity(0)),
            "memory": f"{memory:.0f} GiB",
            "system": f"{system}, Linux {platform.release().split('-')[0]}",
            "python": platform.python_version(),
            "versions": versions(failures),
        }


def key_of(entry: Entry) -> dict[str, Any]:
    """Give what tells an entry from others."""
    return {
        "work": entry.work,
        "contestant": entry.contestant,
        "interface": entry.interface,
        "threads": entry.threads,
    }


def versions(failures: dict[str, str]) -> list[str]:
    """Ask every peer for its version."""
    found = []
    for environment in ENVIRONMENTS:
        if environment in failures:
            continue
        for module in VERSIONS.get(environment, [environment]):
            command = [str(places.python(environment)), "-m", "peers", module, "version"]
            variables = dict(os.environ, LAMINA_BENCHMARK="/", LAMINA_MNIST="/")
            result = subprocess.run(
                command,
                env=variables,
                cwd=places.BENCHMARKS,
                capture_output=True,
                text=True,
                check=False,
            )
            if result.returncode == 0:
                found.append(json.loads(result.stdout.splitlines()[-1])["version"])
    openblas = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Version}", "libopenblas-serial-dev"],
        capture_output=True,
        text=True,
        check=False,
    )
    if openblas.returncode == 0:
        found.append(f"OpenBLAS {openblas.stdout.split('+')[0]}")
    return found

"""One thing to measure: a program, and how its result is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Metrics = dict[str, Any]


def last_line(output: str) -> Metrics:
    """Read what a program printed last as JSON."""
    metrics: Metrics = json.loads(output.strip().splitlines()[-1])
    return metrics


@dataclass
class Entry:
    """A contestant at some work."""

    work: str
    contestant: str
    command: list[str]
    threads: int = 1
    # "C", "C, bytes", "Python", "Swift" or "command"
    interface: str = "Python"
    # The virtual environment of a peer.
    environment: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    read: Callable[[str], Metrics] = last_line

    @property
    def label(self) -> str:
        """Name it on a line of progress."""
        threads = "one thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{self.work}: {self.contestant}, {self.interface}, {threads}"

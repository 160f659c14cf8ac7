"""How much is measured: in full, or in a short round."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness import places
from harness.entry import Entry


@dataclass(frozen=True)
class Plan:
    """What every kind of work goes by."""

    quick: bool
    # MNIST's files, cut short for a short round.
    mnist: Path

    @property
    def seconds(self) -> float:
        """How long a loop of predictions is."""
        return 0.1 if self.quick else 0.4

    @property
    def timeout(self) -> float:
        """After how many seconds a measurement is given up."""
        return 120 if self.quick else 300

    @property
    def epochs(self) -> dict[str, int]:
        """How long a training is."""
        return {"mlp": 1, "convnet": 1} if self.quick else {"mlp": 5, "convnet": 2}

    @property
    def accuracies(self) -> dict[str, tuple[float, float]]:
        """Between which a network that was really trained is."""
        if self.quick:
            return {"mlp": (0.8, 0.97), "convnet": (0.8, 0.98)}
        return {"mlp": (0.965, 0.985), "convnet": (0.965, 0.995)}

    def rounds(self, work: str) -> int:
        """How often a kind of work is done by each contestant."""
        if work == "size":
            return 1
        if self.quick:
            return 1 if work.endswith("training") else 2
        # Short works meet the machine in more of its moods.
        many = {"cold start": 15, "png file": 9, "png folder": 5}
        many |= {"inference": 5, "convnet inference": 5}
        return many.get(work, 3)


def peer(
    work: str, contestant: str, environment: str, module: str, *arguments: object, threads: int = 1
) -> Entry:
    """Make the entry of a peer's module."""
    command = [str(places.python(environment)), "-m", "peers", module, *map(str, arguments)]
    return Entry(work, contestant, command, threads, "Python", environment)

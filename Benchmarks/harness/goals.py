"""The goals of docs/performance.md, and how far each is reached."""

from __future__ import annotations

from dataclasses import dataclass

from harness.results import LAMINA, Results, Row


@dataclass(frozen=True)
class Rival:
    """At most, or for rates at least, so many times a peer's value; the best peer's if unnamed."""

    factor: float
    names: tuple[str, ...] = ()
    interface: str | None = None
    threads: int | None = None
    besides: str = "int8"

    def takes(self, row: Row) -> bool:
        """Say whether a row is this rival's."""
        if row.contestant in LAMINA or (self.besides and self.besides in row.contestant):
            return False
        return (
            (not self.names or row.contestant in self.names)
            and self.interface in {None, row.interface}
            and self.threads in {None, row.threads}
        )


@dataclass(frozen=True)
class Goal:
    """What is wanted of one kind of work."""

    title: str
    work: str
    metric: str
    unit: str
    scale: float = 1
    interface: str | None = None
    threads: int | None = None
    lower: bool = True
    limit: float | None = None
    rivals: tuple[Rival, ...] = ()
    only_small: bool = False

    def best(self, rows: list[Row]) -> tuple[float, Row] | None:
        """Give the best median of some rows."""
        found = [
            (spread.median * self.scale, row) for row in rows if (spread := row.spread(self.metric))
        ]
        if not found:
            return None
        return (min if self.lower else max)(found, key=lambda pair: pair[0])

    def lamina(self, results: Results, name: str) -> tuple[float, Row] | None:
        """Give an edition's best value, and its row."""
        return self.best(results.find(self.work, name, self.interface, self.threads))

    def through(self, row: Row) -> str:
        """Name what was chosen as the best: an interface, or a number of threads."""
        chosen = [] if self.interface or self.work == "size" else [row.interface]
        if self.threads is None and self.work.endswith(("training", "inference")):
            chosen.append("one thread" if row.threads == 1 else f"{row.threads} threads")
        return "".join(f", {choice}" for choice in chosen)

    def peer(self, results: Results, rival: Rival) -> tuple[float, Row] | None:
        """Give a rival's value and row."""
        return self.best([row for row in results.rows(self.work) if rival.takes(row)])

    def reaches(self, value: float, bound: float) -> bool:
        """Say whether a value is on the right side."""
        return value <= bound if self.lower else value >= bound

    def bounds(self, results: Results) -> list[tuple[str, float | None]]:
        """Give each bound in words, and as a number where it is known."""
        made: list[tuple[str, float | None]] = []
        side = "at most" if self.lower else "at least"
        if self.limit is not None:
            made.append((f"{side} {self.limit:g} {self.unit}", self.limit))
        for rival in self.rivals:
            found = self.peer(results, rival)
            factor = f"{rival.factor:g}x" if rival.factor >= 1 else f"1/{1 / rival.factor:g} of"
            if found is None:
                name = " or ".join(rival.names) or "the best peer"
                made.append((f"{side} {factor} {name} (not measured)", None))
            else:
                value, row = found
                chosen = f"{number(value)} {self.unit}{self.through(row)}"
                words = f"{side} {factor} {row.contestant} ({chosen})"
                made.append((words, rival.factor * value))
        return made


def number(value: float) -> str:
    """Write a number with three digits that count."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


BATCH_RIVALS = (
    Rival(3, threads=1),
    Rival(1, ("ONNX Runtime int8, dynamic", "ONNX Runtime int8, static"), None, 1, ""),
)

GOALS = [
    Goal(
        "quickstart `fit`, 5 epochs",
        "training",
        "fit_seconds",
        "s",
        interface="Swift",
        limit=1,
        rivals=(
            Rival(1 / 20, ("Keras on TensorFlow",)),
            Rival(1 / 7, ("PyTorch",)),
            Rival(1 / 5, ("JAX",)),
        ),
    ),
    Goal(
        "one image, MLP, C, one thread",
        "inference",
        "median_us",
        "us",
        interface="C",
        threads=1,
        limit=1.5,
        rivals=(Rival(1 / 4, ("ONNX Runtime",), "C", 1),),
    ),
    Goal(
        "one image, MLP, Python, `out=`",
        "inference",
        "median_us",
        "us",
        interface="Python",
        threads=1,
        limit=4,
    ),
    Goal(
        "batch 1,024, MLP, C, one thread",
        "inference",
        "batch_1024",
        "M images/s",
        scale=1e-6,
        interface="C",
        threads=1,
        lower=False,
        rivals=BATCH_RIVALS,
    ),
    Goal(
        "the same, pixels being bytes",
        "inference",
        "batch_1024",
        "M images/s",
        scale=1e-6,
        interface="C, bytes",
        threads=1,
        lower=False,
        rivals=BATCH_RIVALS,
    ),
    Goal(
        "convnet training, an epoch",
        "convnet training",
        "last_epoch_seconds",
        "s",
        rivals=(Rival(1 / 2, ("Keras on TensorFlow",)), Rival(1 / 2, ("PyTorch",))),
    ),
    Goal("convnet, one image", "convnet inference", "median_us", "us", rivals=(Rival(1),)),
    Goal(
        "convnet, batch 256",
        "convnet inference",
        "batch_256",
        "thousand images/s",
        scale=1e-3,
        lower=False,
        rivals=(Rival(1),),
    ),
    Goal(
        "a PNG file to its label, 28x28 like MNIST's, C",
        "png file",
        "median_us",
        "us",
        interface="C, 28x28 like MNIST's",
        limit=150,
    ),
    Goal(
        "the same, 28x28 dark on white",
        "png file",
        "median_us",
        "us",
        interface="C, 28x28 dark on white",
        limit=150,
    ),
    Goal(
        "the same, a scan of 100x100",
        "png file",
        "median_us",
        "us",
        interface="C, 100x100 grey scan",
        limit=150,
    ),
    Goal(
        "cold start of `png-classify`, exec to label",
        "cold start",
        "first_output_seconds",
        "ms",
        scale=1e3,
        interface="command",
        limit=6,
        rivals=(Rival(1 / 20, interface="Python"),),
    ),
    Goal(
        "the library, stripped, without its network of digits",
        "size",
        "without_network_megabytes",
        "MB",
        limit=2,
        only_small=True,
    ),
    Goal(
        "peak memory of the quickstart training",
        "training",
        "peak_megabytes",
        "MB",
        interface="command",
        limit=120,
        rivals=(Rival(1 / 4),),
    ),
]

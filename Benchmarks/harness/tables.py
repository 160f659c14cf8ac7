"""The tables of docs/performance.md."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from harness.goals import GOALS, Goal, number
from harness.results import LAMINA, Results, Row


@dataclass(frozen=True)
class Column:
    """A metric in a table."""

    title: str
    metric: str
    scale: float = 1
    lower: bool = True


# Which of Lamina's interfaces the ratios are about; the quickest, if none.
BASES = {
    "inference": "C",
    "png file": "C, 28x28 like MNIST's",
    "png folder": "command, 10,000 files",
    "cold start": "command",
    "files": "command",
}

# The first column of a table is what its ratios are about.
TABLES: dict[str, list[Column]] = {
    "training": [
        Column("fit, s", "fit_seconds"),
        Column("of it compiling", "compile_seconds"),
        Column("process, s", "process_seconds"),
        Column("peak memory, MB", "peak_megabytes"),
        Column("test accuracy, %", "accuracy", 100, lower=False),
    ],
    "convnet training": [
        Column("last epoch, s", "last_epoch_seconds"),
        Column("peak memory, MB", "peak_megabytes"),
        Column("test accuracy, %", "accuracy", 100, lower=False),
    ],
    "inference": [
        Column("one image, us", "median_us"),
        Column("99th percentile, us", "p99_us"),
        Column("64, M images/s", "batch_64", 1e-6, lower=False),
        Column("1,024, M images/s", "batch_1024", 1e-6, lower=False),
        Column("10,000, M images/s", "batch_10000", 1e-6, lower=False),
    ],
    "convnet inference": [
        Column("one image, us", "median_us"),
        Column("99th percentile, us", "p99_us"),
        Column("256, thousand images/s", "batch_256", 1e-3, lower=False),
    ],
    "png file": [
        Column("file to label, us", "median_us"),
        Column("99th percentile, us", "p99_us"),
        Column("of it opening and reading", "opening_us"),
        Column("decoding", "decoding_us"),
        Column("finding the digit", "finding_us"),
        Column("network", "predicting_us"),
    ],
    "png folder": [
        Column("exec to exit, s", "process_seconds"),
        Column("cores used", "cores_used"),
        Column("peak memory, MB", "peak_megabytes"),
        Column("right, %", "accuracy", 100, lower=False),
    ],
    "cold start": [
        Column("exec to label, ms", "first_output_seconds", 1e3),
        Column("exec to exit, ms", "process_seconds", 1e3),
        Column("peak memory, MB", "peak_megabytes"),
    ],
    "files": [
        Column("10,000 files, s", "process_seconds"),
        Column("peak memory, MB", "peak_megabytes"),
        Column("right, %", "accuracy", 100, lower=False),
    ],
}


def lines(header: list[str], rows: list[list[str]], words: int = 1) -> list[str]:
    """Write a table of which the first columns are words and the others numbers."""
    kinds = ["---"] * words + ["---:"] * (len(header) - words)
    return [f"| {' | '.join(cells)} |" for cells in [header, kinds, *rows]]


def cell(row: Row, column: Column) -> str:
    """Write a median, and from where to where the rounds went."""
    spread = row.spread(column.metric)
    if spread is None:
        return ""
    middle, least, most = (
        number(value * column.scale) for value in (spread.median, spread.least, spread.most)
    )
    return middle if least == most else f"{middle} ({least}-{most})"


def work_table(results: Results, work: str) -> list[str]:
    """Write who did a kind of work in what time, and how often Lamina's time that is."""
    columns = TABLES[work]
    key = columns[0]
    rows = results.rows(work)
    medians = [
        spread.median
        for row in rows
        if row.contestant == LAMINA[0]
        and BASES.get(work) in {None, row.interface}
        and (spread := row.spread(key.metric))
    ]
    table = []
    for row in rows:
        cells = [row.contestant, row.interface, str(row.threads)]
        cells += [cell(row, column) for column in columns]
        spread = row.spread(key.metric)
        ratio = f"{number(spread.median / min(medians))}x" if spread and medians else ""
        table.append([*cells, ratio])
    header = ["", "through", "threads", *(column.title for column in columns), "times Lamina's"]
    used = [
        index for index, _ in enumerate(header) if index < 3 or any(row[index] for row in table)
    ]
    cut = [[row[index] for index in used] for row in table]
    return lines([header[index] for index in used], cut, words=2) + failure_lines(results, work)


def failure_lines(results: Results, work: str) -> list[str]:
    """Say who is missing, and why."""
    seen: dict[str, list[str]] = {}
    for row in results.content["failures"]:
        if row["work"] == work:
            where = f"{row['contestant']} ({row['interface']}, threads: {row['threads']})"
            seen.setdefault(row["reason"], []).append(where)
    return (
        ["", *(f"Not measured: {', '.join(who)}: {why}" for why, who in seen.items())]
        if seen
        else []
    )


def mark(goal: Goal, value: float | None, bounds: list[tuple[str, float | None]]) -> str:
    """Say whether a value reaches every bound that is known."""
    known = [bound for _, bound in bounds if bound is not None]
    if value is None or not known:
        return ""
    return "yes" if all(goal.reaches(value, bound) for bound in known) else "no"


def goals_table(results: Results) -> list[str]:
    """Write each goal, both editions' values, and whether it is reached."""
    rows = []
    for goal in GOALS:
        bounds = goal.bounds(results)
        cells = [f"{goal.title}, {goal.unit}", "; ".join(words for words, _ in bounds)]
        found = [goal.lamina(results, name) for name in LAMINA]
        cells += [number(best[0]) + goal.through(best[1]) if best else "" for best in found]
        marks = [mark(goal, best[0] if best else None, bounds) for best in found]
        if goal.only_small:
            marks[0] = "no goal"
        cells.append(" / ".join(word or "not measured" for word in marks))
        rows.append(cells)
    header = ["work", "goal", "Lamina", "small edition", "reached (each)"]
    return lines(header, rows, words=2)


def round_bests(goal: Goal, rows: list[Row]) -> list[float]:
    """Give each round's best value of some rows."""
    rounds = zip(*(row.rounds for row in rows), strict=False)
    best = min if goal.lower else max
    values = ([one[goal.metric] for one in measured if goal.metric in one] for measured in rounds)
    return [best(found) for found in values if found]


def speed(goal: Goal, default: list[Row], small: list[Row]) -> float:
    """Give how fast the small edition is beside the default one: the median of the rounds' ratios.

    In a round they follow each other, so that both meet the machine in the same mood.
    """
    pairs = zip(round_bests(goal, default), round_bests(goal, small), strict=False)
    middle = median(first / second for first, second in pairs)
    return middle if goal.lower else 1 / middle


def editions_table(results: Results) -> list[str]:
    """Write how fast the small edition is beside the default one."""
    rows = []
    for goal in GOALS:
        default, small = (
            results.find(goal.work, name, goal.interface, goal.threads) for name in LAMINA
        )
        bests = [goal.best(default), goal.best(small)]
        if not bests[0] or not bests[1]:
            continue
        ratio = f"{speed(goal, default, small):.2f}x"
        cells = [f"{goal.title}, {goal.unit}", number(bests[0][0]), number(bests[1][0]), ratio]
        rows.append(cells)
    if not rows:
        return ["The small edition was not measured.", *failure_lines(results, "size")]
    return lines(["work", "default", "small", "small beside default"], rows)


def size_table(results: Results) -> list[str]:
    """Write sizes on disk, and memory after the first prediction."""
    rows = []
    for row in results.rows("size"):
        name = row.contestant
        predicting = {other.interface: other for other in results.find("inference", name, None, 1)}
        through_c, through_python = predicting.get("C"), predicting.get("Python")
        library = cell(row, Column("", "library_megabytes"))
        if not library and through_python:
            library = cell(through_python, Column("", "loaded_megabytes"))
        cells = [name, library, cell(row, Column("", "network_megabytes"))]
        cells += [cell(row, Column("", f"{what}_megabytes")) for what in ["package", "installed"]]
        for other in [through_c, through_python]:
            cells.append(cell(other, Column("", "resident_megabytes")) if other else "")
        rows.append(cells)
    header = [
        "",
        "library, MB",
        "of it the network of digits, MB",
        "package, MB",
        "with what it needs, MB",
        "memory, C host, MB",
        "memory, Python, MB",
    ]
    return lines(header, rows) + failure_lines(results, "size")


def machine_lines(results: Results) -> list[str]:
    """Name the machine and the versions."""
    machine = results.content["machine"]
    if not machine:
        return ["Nothing was measured."]
    hardware = f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}"
    versions = ", ".join([f"Python {machine['python']}", *machine["versions"]])
    note = ""
    if results.content.get("quick"):
        note = " A short round, of which little can be said."
    return [f"{hardware}; {machine['system']}; {versions}.{note}"]

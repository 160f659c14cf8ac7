"""What writes docs/performance.md, Benchmarks/harness."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks"))

import run  # noqa: E402
from harness import kernel_tables, picture, profile, report, tables  # noqa: E402
from harness.entry import Entry  # noqa: E402
from harness.goals import GOALS, Goal, Rival  # noqa: E402
from harness.results import Results  # noqa: E402
from works import pictures  # noqa: E402


def made(*measurements: tuple[str, int, float]) -> Results:
    """Make results of one kind of work from contestants, threads and images a second."""
    results = Results.empty()
    for contestant, threads, rate in measurements:
        results.add(Entry("inference", contestant, [], threads, "C"), {"batch_1024": rate})
    return results


def test_document_has_a_place_for_each_table() -> None:
    text = report.DOCUMENT.read_text(encoding="utf-8")
    for name in report.all_tables(made()):
        text = report.replace(text, name, [f"new {name}"])
        assert f"\nnew {name}\n" in text


def test_tables_are_replaced_and_prose_stays() -> None:
    text = "before\n<!-- begin a -->\n\nold\n\n<!-- end a -->\nafter\n"
    new = "before\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\nafter\n"
    assert report.replace(text, "a", ["new"]) == new
    with pytest.raises(report.DocumentError, match="no place for b"):
        report.replace(text, "b", ["new"])


def test_cell_gives_the_median_and_the_ends() -> None:
    results = made(("Lamina", 1, 3e6), ("Lamina", 1, 1e6), ("Lamina", 1, 1.5e6))
    (row,) = results.rows("inference")
    column = tables.Column("", "batch_1024", 1e-6)
    assert tables.cell(row, column) == "1.5 (1-3)"


def test_editions_are_compared_round_by_round() -> None:
    small = "Lamina, small edition"
    slow_and_quick = [("Lamina", 1, 2e6), (small, 1, 1e6), ("Lamina", 1, 1e6), (small, 1, 0.9e6)]
    results = made(*slow_and_quick, ("Lamina", 1, 3e6), (small, 1, 2.7e6))
    goal = Goal("batch", "inference", "batch_1024", "", interface="C", threads=1, lower=False)
    default, other = (results.find("inference", name, "C", 1) for name in ["Lamina", small])
    assert tables.speed(goal, default, other) == pytest.approx(0.9)
    assert any("| 0.90x |" in line for line in tables.editions_table(results))


def test_goal_is_held_against_the_best_peer_on_as_many_threads() -> None:
    goal = Goal(
        "batch",
        "inference",
        "batch_1024",
        "",
        threads=1,
        lower=False,
        rivals=(Rival(3, threads=1),),
    )
    peers = [("ncnn", 1, 1e6), ("LiteRT", 1, 2e6), ("LiteRT", 2, 9e6), ("int8", 1, 9e6)]
    results = made(("Lamina", 1, 5e6), ("Lamina", 2, 9e6), *peers)
    bounds = goal.bounds(results)
    best = goal.lamina(results, "Lamina")
    assert [bound for _, bound in bounds] == [6e6]
    assert best is not None
    assert best[0] == 5e6
    assert goal.through(best[1]) == ", C"
    assert tables.mark(goal, best[0], bounds) == "no"
    assert tables.mark(goal, 6e6, bounds) == "yes"


def test_what_was_not_measured_is_named_with_its_reason() -> None:
    results = made(("Lamina", 1, 1e6))
    results.fail(Entry("inference", "ncnn", [], 2), "it is not there")
    assert tables.work_table(results, "inference")[-1] == (
        "Not measured: ncnn (Python, threads: 2): it is not there"
    )


def test_picture_shows_each_contestant_once_with_its_best() -> None:
    text = picture.draw(made(("Lamina", 1, 1e6), ("Lamina", 2, 2e6), ("ncnn", 1, 1e6)))
    assert text.count(">Lamina<") == text.count(">ncnn<") == 1
    assert ">2<" in text


def test_goals_ask_for_what_is_measured() -> None:
    columns = {work: {column.metric for column in tables.TABLES[work]} for work in tables.TABLES}
    columns["size"] = {"without_network_megabytes"}
    for goal in GOALS:
        assert goal.metric in columns[goal.work], goal.title


def test_of_some_kinds_of_work_only_their_tables_are_written() -> None:
    parts = report.tables_of_part(made(("Lamina", 1, 1e6)))
    assert set(parts) == {"inference", "machine"}
    assert "only the tables of: inference" in parts["machine"][-1]


def test_every_other_round_is_backwards() -> None:
    entries = [Entry("inference", name, []) for name in ["Lamina", "ncnn", "LiteRT"]]
    orders = [[entry.contestant for entry in run.order(entries, number)] for number in range(3)]
    assert orders[0] == orders[2] == orders[1][::-1] == ["Lamina", "ncnn", "LiteRT"]


def test_labels_are_read_as_each_program_prints_them() -> None:
    assert [pictures.label(line) for line in ["a/7.png: 3  99.7 %", "a/7.png\t3\t0.9", "3"]] == [
        "3"
    ] * 3


def test_products_are_held_against_openblas() -> None:
    results = Results.empty()
    for times in [{"Lamina": 20.0, "OpenBLAS": 30.0}, {"Lamina": 22.0, "OpenBLAS": 33.0}]:
        metrics = {f"32x784x128 {name}": time for name, time in times.items()}
        metrics |= {f"32x784x128 {name} least": time - 1 for name, time in times.items()}
        metrics["32x784x128 ahead"] = 1.5
        results.add(Entry("products", kernel_tables.SETS[0], []), metrics)
    (line,) = [line for line in kernel_tables.products_table(results) if "| 32x784x128" in line]
    assert "| 21 (19) | 31.5 (29) | 306 | 1.50 |" in line


def test_crossing_lies_between_two_densities() -> None:
    results = Results.empty()
    metrics = {}
    for density in kernel_tables.DENSITIES:
        metrics |= {f"s {density} skipping": float(density), f"s {density} densely": 0.75}
    results.add(Entry("density", "Lamina", []), metrics)
    (row,) = results.rows("density")
    assert kernel_tables.crossing(row, "s") == "0.75"


def test_profile_knows_what_a_kernel_is_for() -> None:
    symbols = [
        "laminakernel_sparse_categorical_crossentropy",
        "laminakernel_sparse_product",
        "main",
    ]
    groups = [profile.group(symbol) for symbol in symbols]
    assert groups == ["crossentropy", "first layer, forward and gradient", "all else"]

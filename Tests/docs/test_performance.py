"""What writes docs/performance.md, Benchmarks/harness."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks"))

from harness import picture, report, tables  # noqa: E402
from harness.entry import Entry  # noqa: E402
from harness.goals import GOALS, Goal, Rival  # noqa: E402
from harness.results import Results  # noqa: E402


def made(*measurements: tuple[str, int, float]) -> Results:
    """Make results of one kind of work from contestants, threads and images a second."""
    results = Results({"rows": [], "failures": [], "machine": {}})
    for contestant, threads, rate in measurements:
        results.add(Entry("inference", contestant, [], threads, "C"), {"batch_1024": rate})
    return results


def test_document_has_a_place_for_each_table() -> None:
    text = report.DOCUMENT.read_text(encoding="utf-8")
    for name in tables.all_tables(made()):
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
    value = goal.lamina(results, "Lamina")
    assert [bound for _, bound in bounds] == [6e6]
    assert value == 5e6
    assert tables.mark(goal, value, bounds) == "no"
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
    for goal in GOALS:
        assert goal.metric in columns.get(goal.work, {"library_megabytes"}), goal.title

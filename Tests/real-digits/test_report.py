"""The tables of docs/real-digits.md."""

from __future__ import annotations

import pytest
from suite import cases, fonts, pages, report
from suite.page_reading import PageResult
from suite.reading import Result

KINDS = cases.kinds()


def results() -> list[Result]:
    """Make a result for each kind, and a second, wrong, for each but the empty."""
    family = fonts.listed("test")[0].name
    made = []
    for kind in KINDS:
        label = cases.NO_DIGIT if kind.group == "empty" else "3"
        source = f"{family} | Bold" if kind.group == "printed" else ""
        row = (f"{kind.name}/3-0.png", kind.group, kind.name, label, source)
        made.append(Result(*row, label, 1.0))
        if kind.group != "empty":
            made.append(Result(*row, cases.NO_DIGIT, 1.0))
    return made


def page_results() -> list[PageResult]:
    """Make a result for each kind of page: one of two digits wrong, one of two words' ends."""
    return [
        PageResult(f"{kind.name}/0.png", kind.name, 2, 1, 2, 1, 2, 1.5, "1 2", "1 3")
        for kind in pages.kinds()
    ]


def test_tables_have_a_row_for_each_kind_and_all_together() -> None:
    tables = report.all_tables(results(), page_results(), "test", "a model")
    assert "**50.00 %** of 64 pictures in 32 kinds of handwriting" in tables["summary"][0]
    assert tables["handwritten"][-1] == "| **all** |  | **64** | **50.00 %** | **32** |"
    for group, name in (("drawn", "drawn-pen"), ("printed", "printed-small")):
        (row,) = [line for line in tables[group] if line.startswith(f"| {name} |")]
        assert row.endswith("| 2 | 50.0 % | 1 |")
    assert tables["empty"][-1].endswith("| 1 | 100.0 % |")


def test_pages_have_a_row_for_each_kind_and_all_together() -> None:
    tables = report.all_tables([], page_results(), "test", "a model")
    assert "**50.00 %** of 26 digits on 13 lines and pages of 13 kinds" in tables["summary"][0]
    lines = tables["pages"][2:]
    assert len(lines) == len(pages.kinds()) + 1
    assert lines[0].endswith("| 1 | 2 | 50.0 % | 50.0 % | 0.75 | 0 % |")
    assert "| **13** | **26** |" in lines[-1]


def test_groups_that_were_not_read_have_no_table() -> None:
    drawn = report.of_group(results(), "drawn")
    assert set(report.all_tables(drawn, [], "test", "a model")) == {"summary", "drawn"}


def test_document_has_a_place_for_each_table() -> None:
    text = report.DOCUMENT.read_text(encoding="utf-8")
    for name in report.all_tables(results(), page_results(), "test", "a model"):
        text = report.replace(text, name, [f"new {name}"])
        assert f"\nnew {name}\n" in text
    with pytest.raises(report.DocumentError, match="no place for nothing"):
        report.replace(text, "nothing", [])

"""How much of the suite the digits model reads right: some pictures and pages of each kind.

`make real-digits` measures all of it, docs/real-digits.md has the figures. $REAL_DIGITS_MODEL names
a weights file to test instead of the model inside the library.
"""

from __future__ import annotations

import os
from pathlib import Path

import make
import pytest
from suite import cases, fonts, pages, report
from suite.page_reading import read_pages
from suite.reading import Reader, Result, read_folder

PER_KIND = 40
LEAST_OF_A_KIND = 0.85
"""So that no kind is lost among the others; the worst has 92 %."""
LEAST = {"handwritten": 0.97, "drawn": 0.97, "printed": 0.95}
DEVIATIONS = 2
PAGES_PER_KIND = 4
LEAST_ON_PAGES = {"handwritten": 0.94, "form": 0.95, "printed": 0.94}
"""The part of the digits to be read right on the pages whose kinds begin with a word."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Load the model."""
    given = os.environ.get("REAL_DIGITS_MODEL")
    return Reader(Path(given) if given else None)


def read(group: str, reader: Reader, folder: Path) -> list[Result]:
    """Make the first pictures of a group's kinds from the test split, and read them."""
    chosen = [kind for kind in cases.kinds() if kind.group == group]
    make.write("test", chosen, PER_KIND, folder)
    return read_folder(folder, reader)


def get_fonts() -> None:
    """Get the fonts; without a way to get them, skip."""
    try:
        fonts.unpack(("test",))
    except fonts.FontError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("group", LEAST)
def test_most_are_read_right(group: str, reader: Reader, tmp_path: Path) -> None:
    if group == "printed":
        get_fonts()
    results = read(group, reader, tmp_path)
    deviation = (LEAST[group] * (1 - LEAST[group]) / len(results)) ** 0.5
    least = LEAST[group] - DEVIATIONS * deviation
    table = "\n".join(report.kinds_table(results))
    assert report.part_right(results) >= least, f"expected {least:.1%} of {group}\n{table}"
    for kind in {result.kind for result in results}:
        part = report.part_right([result for result in results if result.kind == kind])
        assert part >= LEAST_OF_A_KIND, f"expected {LEAST_OF_A_KIND:.0%} of {kind}\n{table}"


def test_empty_pictures_have_no_digit(reader: Reader, tmp_path: Path) -> None:
    results = read("empty", reader, tmp_path)
    table = "\n".join(report.empty_table(results))
    assert report.part_right(results) >= 0.95, f"expected no digit\n{table}"


@pytest.mark.parametrize("word", LEAST_ON_PAGES)
def test_most_digits_of_pages_are_read_right(word: str, reader: Reader, tmp_path: Path) -> None:
    if word == "printed":
        get_fonts()
    chosen = [kind for kind in pages.kinds() if kind.name.startswith(word)]
    make.write_pages("test", chosen, PAGES_PER_KIND, tmp_path)
    results = read_pages(tmp_path, reader)
    table = "\n".join(report.pages_table(results))
    least = LEAST_ON_PAGES[word]
    assert report.part_of_digits(results) >= least, f"expected {least:.1%} of {word}\n{table}"

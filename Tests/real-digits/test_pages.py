"""What the suite's lines and pages promise, and how they are compared with what is read."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import make
import numpy as np
import pytest
from PIL import Image
from suite import cases, fonts, mnist, page_reading, pages, png_forms, wear
from suite.layout import Mark
from suite.page_reading import compared
from suite.pages import Digit, Truth
from suite.writing import contact

KINDS = pages.kinds()
WRITTEN = [kind for kind in KINDS if any(step["step"] == "write" for step in kind.steps)]
PRINTED = [kind for kind in KINDS if kind not in WRITTEN]
STEPS = {"pen", "write", "print", "turn", "cells", "rules", "sheet", "greys", "inks", "form"}


@pytest.fixture(scope="module")
def with_fonts() -> None:
    """Get the fonts; without a way to get them, skip."""
    try:
        fonts.families("validation")
    except fonts.FontError as error:
        pytest.skip(str(error))


def hashes(kinds: list[cases.Kind], index: int) -> list[str]:
    """Give the sum of one page of each kind, and of its truth."""
    made = [pages.make("validation", kind, index) for kind in kinds]
    return [hashlib.sha256(case.png + case.truth.as_json().encode()).hexdigest() for case in made]


def grey(png: bytes) -> np.ndarray:
    """Read a page as grey values, 0 to 255."""
    with Image.open(io.BytesIO(png)) as picture:
        if picture.mode.startswith("I"):
            return np.asarray(picture).astype(np.float32) / 257
        return np.asarray(picture.convert("RGB").convert("L"), dtype=np.float32)


def test_kinds_have_names_of_their_own_and_steps_that_exist() -> None:
    names = [kind.name for kind in (*KINDS, *cases.kinds())]
    assert len(set(names)) == len(names)
    for kind in KINDS:
        steps = [str(step["step"]) for step in kind.steps]
        assert set(steps) <= STEPS | set(wear.STEPS), kind.name
        assert ("write" in steps) != ("print" in steps), kind.name
        assert steps[-1] == "form", kind.name
        assert kind.steps[-1]["of"] in png_forms.FORMS


def check_truth(kind: cases.Kind, index: int) -> None:
    """Check that a page says what its truth says, where it says it."""
    case = pages.make("validation", kind, index)
    text, digits = case.truth.text, case.truth.digits
    assert "".join(digit.label for digit in digits) == "".join(text.split())
    assert [len(line.replace(" ", "")) for line in text.split("\n")] == [
        sum(digit.line == place for digit in digits) for place in range(text.count("\n") + 1)
    ]
    picture = grey(case.png)
    around = np.median(picture)
    for digit in digits:
        left, top, width, height = digit.box
        assert left >= 0
        assert top >= 0
        assert left + width <= picture.shape[1]
        assert top + height <= picture.shape[0]
        inside = picture[top : top + height, left : left + width]
        assert np.abs(inside - around).max() > 40


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_written_pages_have_ink_in_each_box_of_their_truth(kind: cases.Kind) -> None:
    for index in range(3):
        check_truth(kind, index)


@pytest.mark.usefixtures("with_fonts")
@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.name)
def test_printed_pages_have_ink_in_each_box_of_their_truth(kind: cases.Kind) -> None:
    for index in range(2):
        check_truth(kind, index)


def test_pages_are_the_same_in_another_process_with_other_hashes() -> None:
    program = "import test_pages; print(*test_pages.hashes(test_pages.WRITTEN, 1))"
    output = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parent,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert output.split() == hashes(WRITTEN, 1)


def test_fewer_pages_are_the_first_of_more_and_have_their_truth_beside_them(tmp_path: Path) -> None:
    kinds = [pages.named("handwritten-line"), pages.named("form-fields")]
    assert make.write_pages("validation", kinds, 2, tmp_path / "few") == 4
    assert make.write_pages("validation", kinds, 5, tmp_path / "more") == 10
    found = sorted(path for path in (tmp_path / "few").rglob("*") if path.parent.name != "few")
    assert [path.suffix for path in found] == [".json", ".png"] * 4
    for path in found:
        same = tmp_path / "more" / path.relative_to(tmp_path / "few")
        assert path.read_bytes() == same.read_bytes()
    index = (tmp_path / "more" / page_reading.INDEX).read_text(encoding="utf-8").splitlines()
    assert len(index) == 11


def test_written_digits_are_those_of_the_split() -> None:
    _, labels = mnist.digits("validation")
    texts = [pages.make("validation", KINDS[0], index).truth.text for index in range(30)]
    assert set("".join(texts)) == {*map(str, set(labels)), " "}
    assert texts != [pages.make("test", KINDS[0], index).truth.text for index in range(30)]


@pytest.mark.usefixtures("with_fonts")
def test_signs_are_printed_and_are_not_in_the_truth() -> None:
    kind = pages.named("printed-signs")
    for index in range(10):
        case = pages.make("validation", kind, index)
        assert set(case.truth.text) <= set("0123456789 \n")
        words = case.truth.text.split()
        assert {len(word) for word in words} <= {2, 3, 4, 5, 6, 8}


@pytest.mark.usefixtures("with_fonts")
def test_spaces_between_printed_words_are_wider_than_those_between_their_digits() -> None:
    for index in range(20):
        truth = pages.make("validation", pages.named("printed-line"), index).truth
        before = page_reading.separators(truth.text)
        gaps: dict[str, list[int]] = {"": [], " ": []}
        for place, (one, other) in enumerate(pairwise(truth.digits), 1):
            gaps[before[place]].append(other.box[0] - one.box[0] - one.box[2])
        if gaps[" "]:
            assert np.mean(gaps[" "]) > np.mean(gaps[""]), index


@pytest.mark.usefixtures("with_fonts")
def test_sheets_are_larger_than_what_is_read_at_once() -> None:
    picture = grey(pages.make("validation", pages.named("printed-a4"), 0).png)
    assert picture.shape == (3508, 2480)


def test_contact_is_where_the_ink_of_two_digits_meets() -> None:
    slash = np.flipud(np.eye(5, dtype=np.float32))
    bar = np.ones((5, 1), np.float32)
    before = Mark("1", slash, 10, 0)
    assert contact(before, Mark("1", bar, 0, 0), 0) == 15
    assert contact(before, Mark("1", slash, 0, 0), 0) == 11
    assert contact(before, Mark("1", bar, 0, 2), 0) == 13
    assert contact(before, Mark("1", bar, 0, 2), 1) == 14
    assert contact(before, Mark("1", bar, 0, 7), 0) == 15


def page(text: str, *, right: int = 0) -> Truth:
    """Make a page of digits 10 pixels wide, moved to the right."""
    digits, line = [], 0
    for sign in text:
        line += sign == "\n"
        if sign.isdigit():
            digits.append(Digit(sign, (20 * len(digits) + right, 40 * line, 10, 20), line))
    return Truth(text, tuple(digits))


@pytest.mark.parametrize(
    ("answer", "errors", "breaks", "breaks_right", "found"),
    [
        ("12 34\n56", 0, 2, 2, 6),
        ("12 3456", 0, 2, 1, 6),
        ("12 34 56", 0, 2, 1, 6),
        ("1 2 34\n56", 0, 3, 2, 6),
        ("12 94\n56", 1, 2, 2, 6),
        ("12 4\n56", 1, 1, 1, 5),
        ("12 347\n56", 1, 1, 1, 6),
        ("", 6, 0, 0, 0),
    ],
)
def test_pages_are_compared_digit_by_digit(
    answer: str, errors: int, breaks: int, breaks_right: int, found: int
) -> None:
    result = compared("a.png", "a kind", page("12 34\n56"), page(answer))
    assert (result.digits, result.errors, result.found) == (6, errors, found)
    assert (result.breaks, result.breaks_right) == (breaks, breaks_right)
    assert result.faultless == (answer == "12 34\n56")


def test_boxes_are_compared_by_their_common_area() -> None:
    assert compared("a.png", "a kind", page("12"), page("12")).overlap == 2
    half = compared("a.png", "a kind", page("12"), page("12", right=5)).overlap
    assert half == pytest.approx(2 / 3)
    assert compared("a.png", "a kind", page("12"), page("12", right=10)).overlap == 0

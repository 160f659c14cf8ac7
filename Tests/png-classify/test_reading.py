"""What png-classify --read says of lines and pages, and what it says where there is no digit."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from program import DAMAGED, DIGITS, SEVEN, run

LEFT, TOP = 20, 16
SIDE, STEP, LINE = 56, 48, 90


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write "31 4" and "27" below it, of the sample digits, dark on light."""
    image = Image.new("L", (300, 200), 250)
    for line, text in enumerate(["31 4", "27"]):
        for place, figure in enumerate(text):
            if figure != " ":
                digit = Image.open(DIGITS / f"{figure}-plain.png").convert("L")
                ink = digit.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
                corner = (LEFT + STEP * place, TOP + LINE * line)
                image.paste(20, (*corner, corner[0] + SIDE, corner[1] + SIDE), ink)
    path = tmp_path_factory.mktemp("page") / "page.png"
    image.save(path)
    return path


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a picture of nothing."""
    path = tmp_path_factory.mktemp("blank") / "blank.png"
    Image.new("L", (80, 60), 200).save(path)
    return path


def test_text_has_a_line_for_each_line_of_the_page(page: Path) -> None:
    """With the file's name before each."""
    result = run("--read", page)
    assert (result.status, result.err) == (0, "")
    assert result.out == f"{page}: 31 4\n{page}: 27\n"


def test_csv_has_a_row_for_each_digit_with_its_line_word_and_box(page: Path) -> None:
    """Lines and words count from 1, words anew in each line."""
    result = run("--read", "--format", "csv", page)
    rows = list(csv.DictReader(io.StringIO(result.out)))
    head = "file,line,word,label,probability,x,y,width,height"
    assert result.out.splitlines()[0] == head
    assert [(row["line"], row["word"], row["label"]) for row in rows] == [
        ("1", "1", "3"),
        ("1", "1", "1"),
        ("1", "2", "4"),
        ("2", "1", "2"),
        ("2", "1", "7"),
    ]
    for row, (place, line) in zip(rows, [(0, 0), (1, 0), (3, 0), (0, 1), (1, 1)], strict=True):
        assert row["file"] == str(page)
        assert 0.5 < float(row["probability"]) <= 1
        left, top, width, height = (int(row[name]) for name in ("x", "y", "width", "height"))
        corner = (LEFT + STEP * place, TOP + LINE * line)
        assert corner[0] <= left <= left + width <= corner[0] + SIDE
        assert corner[1] <= top <= top + height <= corner[1] + SIDE
        assert height > SIDE / 2


def test_json_has_the_text_and_the_same_digits_as_csv(page: Path) -> None:
    """An object for each file."""
    (answer,) = json.loads(run("--read", "--format", "json", page).out)
    assert (answer["file"], answer["text"]) == (str(page), "31 4\n27")
    rows = csv.DictReader(io.StringIO(run("--read", "--format", "csv", page).out))
    for digit, row in zip(answer["digits"], rows, strict=True):
        assert [digit["label"], digit["line"], digit["word"]] == [
            row["label"],
            int(row["line"]),
            int(row["word"]),
        ]
        assert digit["probability"] == pytest.approx(float(row["probability"]), abs=1e-6)
        assert digit["box"] == [int(row[name]) for name in ("x", "y", "width", "height")]


@pytest.mark.parametrize("how", [[], ["--read"]])
def test_a_picture_without_a_digit_is_an_answer(blank: Path, how: list[str]) -> None:
    """Nothing is on standard error, and the status says so."""
    result = run(*how, blank, SEVEN)
    assert (result.status, result.err) == (3, "")
    first, second = result.out.splitlines()
    reason = "the picture is blank (all pixels about 200)"
    assert first.startswith(f"{blank}:")
    assert first.endswith(f"no digit found: {reason}")
    assert second.startswith(f"{SEVEN}:")

    result = run(*how, "--format", "json", blank, SEVEN)
    answers = json.loads(result.out)
    assert result.status == 3
    assert answers[0] == {"file": str(blank), "no_digit": reason}
    assert "no_digit" not in answers[1]

    result = run(*how, "--format", "csv", blank, SEVEN)
    (row, other) = csv.DictReader(io.StringIO(result.out))
    assert result.status == 3
    assert (row["file"], row["label"], row["probability"]) == (str(blank), "", "")
    assert other["label"] == "7"


def test_a_file_that_fails_counts_more_than_one_without_a_digit(blank: Path) -> None:
    """The status is then that of the failure."""
    result = run("--read", blank, DAMAGED)
    assert result.status == 1
    assert result.out.startswith(f"{blank}:")
    assert result.err.startswith(f"png-classify: {DAMAGED}: ")

"""How png-classify writes its answers."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from program import (
    DAMAGED,
    DIGITS,
    SEVEN,
    run,
)


def test_text_names_file_label_and_probability(model: Path) -> None:
    """A line a file, the labels below each other."""
    result = run("--model", model, SEVEN.name, "0-dark-on-light.png", folder=DIGITS)
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert re.fullmatch(re.escape(SEVEN.name) + r": +7 +\d+\.\d\d %", lines[0])
    assert re.fullmatch(r"0-dark-on-light\.png: 0 +\d+\.\d\d %", lines[1])
    assert len({len(line) for line in lines}) == 1


def test_text_does_not_align_long_names(model: Path, tmp_path: Path) -> None:
    """A name of more than 60 characters moves no other line's answer."""
    for length in [5, 60, 61, 200]:
        shutil.copy(SEVEN, tmp_path / ("x" * (length - 4) + ".png"))
    names = {len(path.name): path.name for path in tmp_path.iterdir()}

    def answers(*lengths: int) -> list[int]:
        """Give where the answers begin in the lines of files with names so long."""
        files = [names[length] for length in lengths]
        result = run("--model", model, *files, folder=tmp_path)
        assert (result.status, result.err) == (0, "")
        return [re.search(r": +", line).end() for line in result.out.splitlines()]

    assert answers(5, 60) == [62, 62]
    assert answers(5, 61) == [7, 63]
    assert answers(200, 5, 60) == [202, 62, 62]


def test_text_has_further_classes_beside_the_first(model: Path) -> None:
    """--top-k 3 gives three percentages, the greatest first."""
    result = run("--model", model, "--top-k", "3", SEVEN)
    percents = [float(text) for text in re.findall(r"(\d+\.\d\d) %", result.out)]
    assert len(percents) == 3
    assert percents == sorted(percents, reverse=True)
    assert result.out.count("\n") == 1


def test_csv_has_a_row_a_file(model: Path) -> None:
    """Columns can be read by name; the samples are recognized."""
    files = sorted(DIGITS.glob("*.png"))
    result = run("--model", model, "--format", "csv", *files)
    assert result.status == 0
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["file"] for row in rows] == [str(file) for file in files]
    assert all(re.fullmatch(r"[01]\.\d{7}", row["probability"]) for row in rows)
    right = sum(row["label"] == Path(row["file"]).name[0] for row in rows)
    assert right >= len(rows) - 2


def test_csv_ranks_the_classes(model: Path) -> None:
    """A row a class; all ten classes sum to one, more than there are is no error."""
    result = run("--model", model, "--format", "csv", "--top-k", "12", SEVEN)
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, 11)]
    assert rows[0]["label"] == "7"
    assert sum(float(row["probability"]) for row in rows) == pytest.approx(1, abs=1e-5)


def test_json_is_an_array_with_an_object_a_line(model: Path) -> None:
    """It can be read as a whole and line by line."""
    result = run("--model", model, "--format", "json", "--top-k", "2", SEVEN, SEVEN)
    entries = json.loads(result.out)
    assert [entry["file"] for entry in entries] == [str(SEVEN)] * 2
    first, second = entries[0]["predictions"]
    assert first["label"] == "7"
    assert 1 >= first["probability"] >= second["probability"] >= 0
    lines = result.out.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 4)
    assert json.loads(lines[2]) == entries[1]


def test_threads_change_neither_answers_nor_their_order(model: Path, tmp_path: Path) -> None:
    """Files are answered in their order, each that fails in its place, by any number of threads."""
    for number in range(150):
        source = DAMAGED if number % 40 == 7 else sorted(DIGITS.glob("*.png"))[number % 10]
        shutil.copy(source, tmp_path / f"{number:03}.png")
    for kind in ["text", "csv", "json"]:
        results = [
            run("--model", model, "--format", kind, "--threads", str(threads), tmp_path)
            for threads in [1, 2, 3, 17]
        ]
        assert results[0].status == 1
        assert len(results[0].err.splitlines()) == 4
        assert results.count(results[0]) == 4
        # All that ArgumentParser reads gives the same as what is read without it.
        assert run(f"--model={model}", "--format", kind, tmp_path) == results[0]
        assert run("classify", "--model", model, tmp_path, "--format", kind) == results[0]


def test_strange_names_are_escaped(model: Path, tmp_path: Path) -> None:
    """Quotes, commas, line breaks and terminal codes in names break no format."""
    path = tmp_path / 'a "b",\n\x1b[31mé.png'
    shutil.copy(SEVEN, path)
    rows = list(
        csv.DictReader(io.StringIO(run("--model", model, "--format", "csv", path).out, newline=""))
    )
    assert [row["file"] for row in rows] == [str(path)]
    assert json.loads(run("--model", model, "--format", "json", path).out)[0]["file"] == str(path)
    text = run("--model", model, path).out
    assert text.count("\n") == 1
    assert "\x1b" not in text
    assert "\\x0a\\x1b[31mé" in text
    path.unlink()
    assert "\x1b" not in run("--model", model, path).err


def test_a_name_that_is_not_utf8_is_reported(model: Path, tmp_path: Path) -> None:
    """Such a file is an error of its own, in a folder and by itself."""
    bad = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png")
    good = tmp_path / "good.png"
    for path in [bad, good]:
        shutil.copy(SEVEN, path)
    for arguments in [[tmp_path], [bad, good]]:
        result = run("--model", model, *arguments)
        assert result.status == 1
        assert result.err == f"png-classify: {tmp_path}/\ufffd.png: the file's name is not UTF-8\n"
        assert "good.png: 7" in result.out

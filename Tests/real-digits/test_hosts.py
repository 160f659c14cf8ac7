"""The command, a C program and Python give the same answers on hard pictures."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from pathlib import Path

import make
import pytest
from suite import cases
from suite.reading import Reader, read_folder

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("PNG_CLASSIFY", ROOT / "build/bin/png-classify"))
EXAMPLE = Path(os.environ.get("LAMINA_EXAMPLE", ROOT / "build/examples/classify_png"))
PER_KIND = 3
# The programs print seven decimals, and may be of different builds.
TOLERANCE = 1e-5

Answers = dict[str, tuple[str, float]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a few pictures of each kind that needs no fonts."""
    path = tmp_path_factory.mktemp("pictures")
    make.write("test", [kind for kind in cases.kinds() if kind.group != "printed"], PER_KIND, path)
    return path


@pytest.fixture(scope="module")
def python(folder: Path) -> Answers:
    """Ask Python."""
    results = read_folder(folder, Reader(None))
    return {str(folder / result.file): (result.answer, result.probability) for result in results}


def output(program: Path, *arguments: str) -> tuple[str, str]:
    """Run a program to its end; give what it printed, and its errors."""
    if not program.exists():
        pytest.skip(f"{program} is not there (`make` builds it)")
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return result.stdout, result.stderr


def expect_same(answers: Answers, python: Answers) -> None:
    """Compare labels and probabilities."""
    assert {file: label for file, (label, _) in answers.items()} == {
        file: label for file, (label, _) in python.items()
    }
    for file, (_, probability) in answers.items():
        assert probability == pytest.approx(python[file][1], abs=TOLERANCE), file


def test_command_answers_as_python_does(python: Answers) -> None:
    out, errors = output(COMMAND, "--format", "csv", *python)
    assert not errors
    rows = csv.DictReader(io.StringIO(out))
    answers = {
        row["file"]: (row["label"] or cases.NO_DIGIT, float(row["probability"] or 1))
        for row in rows
    }
    assert len(answers) > 100
    expect_same(answers, python)


def test_c_program_answers_as_python_does(python: Answers) -> None:
    out, errors = output(EXAMPLE, *python)
    answers = dict.fromkeys(python, (cases.NO_DIGIT, 1.0))
    for line in out.splitlines():
        file, label, probability = line.split("\t")
        answers[file] = (label, float(probability))
    # One line for each picture without a digit, which names it once.
    empty = [file for file, (label, _) in python.items() if label == cases.NO_DIGIT]
    assert [line.split(": no digit found: ")[0] for line in errors.splitlines()] == empty
    expect_same(answers, python)

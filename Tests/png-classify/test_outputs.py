"""What png-classify writes never takes the place of what it reads."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from program import PROGRAM, SEVEN, run


@pytest.fixture
def files(model: Path, tmp_path: Path) -> Path:
    """Give a folder with a network, a picture, and other names of both."""
    shutil.copy(model, tmp_path / "w")
    (tmp_path / "data/7").mkdir(parents=True)
    shutil.copy(SEVEN, tmp_path / "data/7/same.png")
    (tmp_path / "link").symlink_to("w")
    (tmp_path / "hard").hardlink_to(tmp_path / "w")
    (tmp_path / "linked.png").symlink_to("data/7/same.png")
    (tmp_path / "new-link").symlink_to("new")
    (tmp_path / "folder").symlink_to(".")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["evaluate", "--model", "w", "--report", "w"], "--report and --model"),
        (["evaluate", "--model", "w", "--report", "./link"], "--report and --model"),
        (["evaluate", "--model", "link", "--report", "hard"], "--report and --model"),
        (
            ["evaluate", "--data", "data", "--report", "linked.png"],
            "--report and a file of --data",
        ),
        (["explain", "linked.png", "--output", "data/7/same.png"], "--output and the picture"),
        (["explain", "linked.png", "--model", "w", "--output", "link"], "--output and --model"),
        (["train", "--output", "new", "--curves", "new-link"], "--curves and --output"),
        (["train", "--output", "folder/new", "--curves", "new"], "--curves and --output"),
        (["train", "--output", "w", "--curves", "link"], "--curves and --output"),
    ],
)
def test_an_output_that_is_an_input_is_refused(
    files: Path, arguments: list[str], sentence: str
) -> None:
    """By whatever name; all files stay as they are."""
    before = {path: path.read_bytes() for path in files.rglob("*") if path.is_file()}
    result = run(*arguments, folder=files)
    assert (result.status, result.out) == (64, "")
    assert f"{sentence} are the same file: " in result.err
    assert {path: path.read_bytes() for path in files.rglob("*") if path.is_file()} == before


def test_the_model_of_the_environment_is_not_overwritten(files: Path) -> None:
    """The message names the variable."""
    result = run("evaluate", "--report", "w", folder=files, environment={"LAMINA_MODEL": "link"})
    assert (result.status, result.out) == (64, "")
    assert "--report and $LAMINA_MODEL are the same file: w" in result.err


def test_a_picture_on_standard_input_is_not_overwritten(files: Path) -> None:
    """As in `explain - --output same.png <same.png`."""
    picture = files / "data/7/same.png"
    with picture.open("rb") as stdin:
        result = subprocess.run(
            [PROGRAM, "explain", "-", "--output", picture],
            stdin=stdin,
            capture_output=True,
            check=False,
        )
    assert result.returncode == 64
    assert b"--output and standard input are the same file" in result.stderr
    assert picture.read_bytes() == SEVEN.read_bytes()


def test_an_older_output_may_be_replaced(files: Path) -> None:
    """Also beside the pictures."""
    for _ in range(2):
        arguments = ["--model", "w", "--data", "data", "--report", "data/report.html"]
        assert run("evaluate", *arguments, folder=files).status == 0
        assert run("explain", "linked.png", "--output", "steps.png", folder=files).status == 0

"""Where png-classify takes its pictures from: files, folders, pipes, standard input."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from png_writer import GREY_ALPHA, png
from program import (
    DAMAGED,
    DIGITS,
    PROGRAM,
    SEVEN,
    run,
)


def test_standard_input(model: Path) -> None:
    """A dash is standard input, also beside files."""
    result = run("--model", model, "--format", "csv", "-", SEVEN, stdin=SEVEN.read_bytes())
    assert result.status == 0
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["file"] for row in rows] == ["-", str(SEVEN)]
    assert rows[0]["probability"] == rows[1]["probability"]
    assert run("--model", model, "-").status == 1
    assert run("--model", model, "-", "-").status == 64


def test_pipes_are_files(model: Path, tmp_path: Path) -> None:
    """They are read once, also those whose white ink shows on black alone."""
    bar = [(255, 255) if 14 <= x < 18 else (0, 0) for x in range(32)]
    white = tmp_path / "white.png"
    white.write_bytes(png([[(0, 0)] * 32] * 4 + [bar] * 24 + [[(0, 0)] * 32] * 4, 8, GREY_ALPHA))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in (SEVEN, DIGITS / "4-transparent.png", white):
        expected = run("--model", model, file).out.removeprefix(str(file))
        assert expected.startswith(": ")
        # A pipe, a file, and a pipe with a name.
        assert run("--model", model, "/dev/stdin", stdin=file.read_bytes()).out == (
            "/dev/stdin" + expected
        )
        command = [PROGRAM, "--model", str(model)]
        with file.open("rb") as stdin:
            out = subprocess.check_output([*command, "/dev/stdin"], stdin=stdin, timeout=60)
        assert out.decode() == "/dev/stdin" + expected
        # Its writer stays, so that whoever read it a second time would wait.
        descriptor = os.open(pipe, os.O_RDWR)
        os.write(descriptor, file.read_bytes())
        out = subprocess.check_output([*command, str(pipe)], timeout=60)
        os.close(descriptor)
        assert out.decode() == str(pipe) + expected


@pytest.mark.parametrize("first", [b"yes\n", SEVEN.read_bytes()[:7], b"\x89PNG\n\x1a\n"])
def test_standard_input_that_is_no_png_is_not_read_to_its_end(model: Path, first: bytes) -> None:
    """It may have none, as that of `yes`; a part of the signature is none."""
    written = 0
    with subprocess.Popen(
        [PROGRAM, "--model", model, "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(first)
            while written < 1 << 30:
                written += process.stdin.write(bytes(1 << 20)) or 0
        message = process.stderr.read().decode()
    assert written < 1 << 21
    assert process.returncode == 1
    assert re.fullmatch(r"png-classify: standard input: not a PNG file .*\n", message)


@pytest.mark.skipif(
    os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") < 3 << 30, reason="too little memory"
)
def test_standard_input_of_more_than_a_gigabyte_is_refused(model: Path, tmp_path: Path) -> None:
    """Also where it begins as a PNG does; what is beyond is not read."""
    path = tmp_path / "large"
    path.write_bytes(SEVEN.read_bytes()[:8])
    os.truncate(path, 1 << 32)
    with path.open("rb") as file:
        result = subprocess.run(
            [PROGRAM, "--model", model, "-"],
            stdin=file,
            capture_output=True,
            check=False,
        )
        assert 1 << 30 < os.lseek(file.fileno(), 0, os.SEEK_CUR) < (1 << 30) + (1 << 20)
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr == b"png-classify: standard input: larger than 1 GiB\n"


def test_folders_are_searched_in_order(model: Path, tmp_path: Path) -> None:
    """All *.png below, whatever the case; neither hidden ones, nor pipes, nor linked folders."""
    (tmp_path / "b/deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ["c.png", "a.PNG", "b/deep/x.Png", "b/1.png", ".hidden/y.png", "._a.png"]:
        shutil.copy(SEVEN, tmp_path / name)
    (tmp_path / "text.txt").write_text("no picture")
    (tmp_path / "png").write_text("no picture")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "b/loop").symlink_to(tmp_path)
    (tmp_path / "link.png").symlink_to(SEVEN)
    for folder in [".", "./", str(tmp_path)]:
        result = run("--model", model, "--format", "csv", folder, folder=tmp_path)
        assert (result.status, result.err) == (0, "")
        files = [row["file"] for row in csv.DictReader(io.StringIO(result.out))]
        expected = ["a.PNG", "b/1.png", "b/deep/x.Png", "c.png", "link.png"]
        assert files == [f"{folder.rstrip('/')}/{name}" for name in expected]


def test_a_link_that_leads_nowhere_is_a_file_that_fails(model: Path, tmp_path: Path) -> None:
    """It stands for a picture that somebody expects to be there."""
    shutil.copy(SEVEN, tmp_path / "a.png")
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    (tmp_path / "notes").symlink_to(tmp_path / "nowhere")
    result = run("--model", model, "--format", "json", tmp_path)
    assert result.status == 1
    entries = {Path(entry["file"]).name: entry for entry in json.loads(result.out)}
    assert list(entries) == ["a.png", "gone.png", "loop.png"]
    assert entries["gone.png"]["error"] == "cannot be opened: No such file or directory"
    assert "error" in entries["loop.png"]


def test_a_file_that_fails_does_not_stop_the_others(model: Path, tmp_path: Path) -> None:
    """It is reported on standard error, and in JSON; the status says so."""
    missing = tmp_path / "missing.png"
    empty = tmp_path / "empty"
    empty.mkdir()
    files = [SEVEN, missing, DAMAGED, empty, SEVEN]
    result = run("--model", model, "--format", "json", *files)
    assert result.status == 1
    entries = json.loads(result.out)
    assert [entry["file"] for entry in entries] == [str(file) for file in files]
    assert [sorted(entry) for entry in entries] == [
        ["file", "predictions"],
        ["error", "file"],
        ["error", "file"],
        ["error", "file"],
        ["file", "predictions"],
    ]
    assert entries[1]["error"] == "cannot be opened: No such file or directory"
    complaints = result.err.splitlines()
    assert len(complaints) == 3
    for file, complaint in zip(files[1:4], complaints, strict=True):
        assert complaint.startswith(f"png-classify: {file}: ")
    for form in ["text", "csv"]:
        result = run("--model", model, "--format", form, *files)
        assert result.status == 1
        assert result.out.count(str(SEVEN)) == 2
        assert "missing" not in result.out


def test_standard_input_keeps_its_place_among_files(model: Path) -> None:
    """Also where several threads read the files around it."""
    arguments = ["--model", model, "--format", "csv", "--threads", "4"]
    picture = SEVEN.read_bytes()
    result = run(*arguments, *[SEVEN] * 3, "-", *[SEVEN] * 3, stdin=picture)
    names = [row["file"] for row in csv.DictReader(io.StringIO(result.out))]
    assert (result.status, names) == (0, [str(SEVEN)] * 3 + ["-"] + [str(SEVEN)] * 3)

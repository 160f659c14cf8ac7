"""What png-classify says of itself, and how it ends, asked of the built program."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import struct
import subprocess
from pathlib import Path

import pytest
from program import (
    DIGITS,
    PROGRAM,
    ROOT,
    SEVEN,
    run,
)


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["help"], ["classify", "--help"]])
def test_help_shows_options_formats_statuses_and_commands(asked: list[str]) -> None:
    """Whoever asks for help sees how to classify, and which other commands there are."""
    result = run(*asked)
    assert (result.status, result.err) == (0, "")
    for text in ["--model", "--top-k", "--format", "EXAMPLES", "EXIT STATUS", "explain", "train"]:
        assert text in result.out
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize("command", ["explain", "train", "evaluate", "summary"])
def test_each_command_has_help_with_examples_and_statuses(command: str) -> None:
    """The same for the subcommands."""
    result = run(command, "--help")
    assert result.status == 0
    for text in [f"png-classify {command}", "EXAMPLE", "EXIT STATUS"]:
        assert text in result.out


def test_version_is_that_of_the_library() -> None:
    """The header holds the version."""
    header = (ROOT / "include/lamina.h").read_text()
    version = re.search(r'#define LAMINA_VERSION "(.+)"', header)
    assert version is not None
    assert run("--version").out == f"png-classify {version[1]}\n"


def test_the_model_can_come_from_the_environment(model: Path) -> None:
    """$LAMINA_MODEL is used where no --model is given."""
    result = run(SEVEN, environment={"LAMINA_MODEL": str(model)})
    assert result.status == 0
    assert "7-plain.png: 7" in result.out
    result = run("--model", "missing", SEVEN, environment={"LAMINA_MODEL": str(model)})
    assert result.status == 2


def test_without_a_model_the_built_in_one_is_used() -> None:
    """No file but the pictures is needed; an empty $LAMINA_MODEL is none."""
    files = sorted(DIGITS.glob("*.png"))
    for environment in [{}, {"LAMINA_MODEL": ""}]:
        result = run("--format", "csv", *files, environment=environment)
        assert (result.status, result.err) == (0, "")
        rows = list(csv.DictReader(io.StringIO(result.out)))
        assert [row["label"] for row in rows] == [Path(row["file"]).name[0] for row in rows]
        assert len(rows) == len(files)
    assert " Labels: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n" in run("summary").out
    accuracy = re.search(r"Test accuracy: ([\d.]+) %", run("evaluate", "--data", "mnist").out)
    assert accuracy is not None
    assert float(accuracy[1]) > 97


def test_a_model_that_cannot_be_loaded_is_an_error() -> None:
    """In every command, wherever its name comes from; the built-in one does not stand in for it."""
    for command in ["classify", "summary", "evaluate"]:
        files = [SEVEN] if command == "classify" else []
        for result in [
            run(command, "--model", SEVEN, *files),
            run(command, *files, environment={"LAMINA_MODEL": str(SEVEN)}),
        ]:
            assert (result.status, result.out) == (2, "")
            assert result.err.startswith(f"png-classify: {SEVEN}: ")
        assert result.err.endswith(" ($LAMINA_MODEL names this file)\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing expected argument '<file> ...'"),
        (["--top-k", "0", "x"], "--top-k must be at least 1, not 0"),
        (["--top-k", "-2", "x"], "--top-k must be at least 1, not -2"),
        (["--format", "xml", "x"], "'text', 'json' or 'csv'"),
        (["--threads", "0", "x"], "--threads must be 1 to 64, not 0"),
        (["--threads", "65", "x"], "--threads must be 1 to 64, not 65"),
        (["--nonsense", "x"], "Unknown option '--nonsense'"),
        ([""], "a file name is empty"),
        (["--model", "", "x"], "--model is empty"),
        (["summary", "--model", ""], "--model is empty"),
        (["-dash.png"], "Unknown option '-dash.png'; a file of that name is given as ./-dash.png"),
        (["explain", "-h.png", "--output", "x"], "given as ./-h.png"),
        (["help", "nosuch"], "There is no command 'nosuch'; there are classify, explain, train"),
        (["train"], "--output"),
        (["train", "--output", ""], "--output is empty"),
        (["train", "--output", "x", "--epochs", "0"], "--epochs must be at least 1, not 0"),
        (["train", "--output", "x", "--epochs", "-1"], "--epochs must be at least 1, not -1"),
        (["train", "--output", "x", "--batch-size", "0"], "--batch-size must be 1 to 65536, not 0"),
        (["train", "--output", "x", "--seed", "-1"], "'-1' is invalid for '--seed"),
        (["evaluate", "x"], "Unexpected argument 'x'"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], message: str) -> None:
    """The exit status is then 64, whatever else is wrong."""
    result = run(*arguments)
    assert (result.status, result.out) == (64, "")
    assert message in result.err


def test_a_file_that_begins_with_a_dash_can_be_given(tmp_path: Path) -> None:
    """By its folder, or behind two dashes."""
    shutil.copy(SEVEN, tmp_path / "-dash.png")
    for arguments in [["./-dash.png"], ["--", "-dash.png"]]:
        result = run(*arguments, folder=tmp_path)
        assert (result.status, result.err) == (0, "")
        assert "-dash.png: 7" in result.out


def test_examples_of_help_can_be_typed() -> None:
    """A line that goes on says so."""
    for command in ["classify", "explain", "train", "evaluate", "summary"]:
        examples = run(command, "--help").out.partition("EXAMPLES:")[2].partition("\n\n")[0]
        lines = [line.strip() for line in examples.strip().splitlines()]
        for before, line in zip(["", *lines], lines, strict=False):
            is_begun = line.startswith(("png-classify", "curl"))
            assert is_begun != before.endswith("\\"), line


def test_a_reader_that_goes_away_is_no_crash(model: Path, tmp_path: Path) -> None:
    """As in `png-classify ... | head`; with the signal ignored as well."""
    for number in range(50):
        shutil.copy(SEVEN, tmp_path / f"{number}.png")
    for restore in [True, False]:
        with subprocess.Popen(
            [PROGRAM, "--model", model, tmp_path],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            restore_signals=restore,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == (-signal.SIGPIPE if restore else 128 + signal.SIGPIPE)


def test_a_full_disk_is_reported(model: Path) -> None:
    """Answers that are lost are an error."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [PROGRAM, "--model", model, SEVEN],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == b"png-classify: standard output: No space left on device\n"


def test_summary_shows_layers_labels_and_training(model: Path) -> None:
    """What Keras prints, and where the network comes from."""
    result = run("summary", "--model", model)
    assert result.status == 0
    for text in [
        'Model: "sequential"',
        "dense_1 (Dense)",
        "101,770",
        "Labels: 0, 1, 2",
        "2 epochs on mnist, 60,000 samples, batch size 32, seed 1",
    ]:
        assert text in result.out


def test_summary_shows_the_temperature_where_there_is_one(model: Path, tmp_path: Path) -> None:
    """A model that was calibrated says so."""
    assert "Temperature" not in run("summary", "--model", model).out
    content = model.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    header["__metadata__"]["calibration"] = json.dumps({"temperature": 1.25})
    text = json.dumps(header).encode()
    calibrated = tmp_path / "calibrated.safetensors"
    calibrated.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + length :])
    assert " Temperature: 1.2500\n" in run("summary", "--model", calibrated).out


def test_options_that_are_not_utf8_name_no_other_file(model: Path, tmp_path: Path) -> None:
    """A name that was repaired would be that of another file."""
    bad = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.safetensors")
    for arguments in [["--output", bad], [f"--output={bad}"]]:
        result = run("train", *arguments)
        assert result.status == 2
        assert "the file's name is not UTF-8" in result.err
    shutil.copy(model, bad)
    assert "the file's name is not UTF-8" in run("summary", "--model", bad).err
    assert len(list(tmp_path.iterdir())) == 1

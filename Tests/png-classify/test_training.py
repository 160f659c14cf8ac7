"""What png-classify train and evaluate do, with data and in a terminal.

MNIST must be where ``make data`` puts it; without Fashion-MNIST, what needs it is skipped.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest
from program import (
    ENVIRONMENT,
    PROGRAM,
    SEVEN,
    data_folder,
    run,
)


def test_training_prints_a_line_an_epoch_and_the_accuracy(tmp_path: Path) -> None:
    """Away from a terminal there is no bar; twice the same seed gives the same bytes."""
    files = [tmp_path / "a.safetensors", tmp_path / "b.safetensors"]
    for file in files:
        result = run(
            "train", "--epochs", "2", "--batch-size", "256", "--seed", "7", "--output", file
        )
        assert result.status == 0
        lines = result.err.splitlines()
        assert len(lines) == 2
        for number, line in enumerate(lines, 1):
            pattern = rf"Epoch {number}/2 - [\d.]+s - loss: \d\.\d{{4}} - accuracy: 0\.\d{{4}}"
            assert re.fullmatch(pattern, line)
        line = r"Test accuracy: (\d\d\.\d\d) %, loss \d\.\d{4} \(10000 pictures of mnist\)"
        found = re.fullmatch(line + f"\nSaved {re.escape(str(file))}\n", result.out)
        assert found is not None
        assert float(found[1]) > 90
    assert files[0].read_bytes() == files[1].read_bytes()
    other = tmp_path / "c.safetensors"
    run("train", "--epochs", "2", "--batch-size", "256", "--seed", "8", "--output", other)
    assert other.read_bytes() != files[0].read_bytes()
    assert sorted(tmp_path.iterdir()) == [*files, other]


def test_evaluate_gives_what_training_gave(model: Path) -> None:
    """The weights survive saving and loading."""
    result = run("evaluate", "--model", model, "--data", "mnist")
    assert result.status == 0
    trained = run(
        "train", "--epochs", "2", "--seed", "1", "--output", model.with_name("again.safetensors")
    )
    assert result.out == trained.out.splitlines()[0] + "\n"


@pytest.mark.skipif(
    not (data_folder("fashion-mnist") / "train-images-idx3-ubyte").exists(),
    reason="Fashion-MNIST is not there (make data gets it)",
)
def test_clothes_are_data_by_name(tmp_path: Path) -> None:
    """They have names of their own; what a picture file becomes is known for digits alone."""
    file = tmp_path / "fashion.safetensors"
    data = ["--data", "fashion-mnist"]
    result = run("train", *data, "--epochs", "1", "--batch-size", "256", "--output", file)
    assert result.status == 0
    found = re.match(
        r"Test accuracy: (\d\d\.\d\d) %.*\(10000 pictures of fashion-mnist\)", result.out
    )
    assert found is not None
    assert float(found[1]) > 75
    summary = run("summary", "--model", file).out
    assert "Labels: T-shirt/top, Trouser, Pullover" in summary
    assert "on fashion-mnist" in summary
    evaluated = run("evaluate", *data, "--model", file)
    assert evaluated.out == result.out.splitlines()[0] + "\n"
    refused = run("--model", file, SEVEN)
    assert (refused.status, refused.out) == (2, "")
    assert "has no preprocessing recipe" in refused.err


def test_a_folder_of_idx_files_is_data(model: Path, tmp_path: Path) -> None:
    """Its name is the folder's."""
    folder = tmp_path / "digits"
    folder.symlink_to(data_folder("mnist"))
    result = run("evaluate", "--model", model, "--data", f"{folder}/")
    assert result.status == 0
    assert "(10000 pictures of digits)" in result.out


def test_missing_data_is_explained(tmp_path: Path) -> None:
    """A name that nobody knows, an empty folder, data that were not fetched."""
    output = tmp_path / "x.safetensors"
    result = run("train", "--data", "nonsense", "--output", output)
    assert result.status == 2
    assert 'no data set "nonsense": it is neither "mnist" nor "fashion-mnist"' in result.err
    result = run("train", "--data", tmp_path, "--output", output)
    assert result.status == 2
    assert f"{tmp_path}/train-images-idx3-ubyte: cannot be opened" in result.err
    result = run("evaluate", "--data", tmp_path)
    assert result.status == 2
    assert f"{tmp_path}: expected folders of PNG files that are named by label" in result.err
    for name in ["mnist", "fashion-mnist"]:
        elsewhere = {"LAMINA_DATA_HOME": str(tmp_path)}
        result = run("train", "--data", name, "--output", output, environment=elsewhere)
        assert result.status == 2
        assert f"{tmp_path}/{name}/train-images-idx3-ubyte: cannot be opened" in result.err
        assert "make data" in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_stops_before_training(tmp_path: Path) -> None:
    """No epoch is lost on it."""
    (tmp_path / "folder").mkdir()
    for output in [tmp_path / "missing/x", tmp_path / "folder", Path("/dev/null")]:
        started = time.monotonic()
        result = run("train", "--epochs", "1000", "--output", output)
        assert time.monotonic() - started < 5
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"png-classify: {output}: cannot be written: ")
        assert "Epoch" not in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


class Terminal:
    """A run of the command whose standard error is a terminal."""

    def __init__(self, *arguments: str | Path, columns: int = 80) -> None:
        """Start it."""
        self.reader, writer = pty.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [PROGRAM, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=writer,
            env=ENVIRONMENT | {"TERM": "xterm"},
        )
        os.close(writer)
        self.seen = ""

    def read_until(self, text: str) -> None:
        """Read until the text was shown, or the command ended."""
        while text not in self.seen:
            try:
                piece = os.read(self.reader, 4096)
            except OSError as error:
                if error.errno == errno.EIO:
                    break
                raise
            self.seen += piece.decode(errors="replace")

    def end(self) -> int:
        """Read the rest, and give the exit status."""
        self.read_until("\0 never")
        self.process.communicate(timeout=60)
        os.close(self.reader)
        return self.process.returncode


@pytest.mark.parametrize("columns", [200, 80, 40, 24, 12])
def test_the_bar_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    """It is redrawn in place, about ten times a second, with the time left."""
    # Small batches: an epoch takes long enough to be drawn before its end.
    options = ["--epochs", "2", "--batch-size", "4"]
    terminal = Terminal("train", *options, "--output", tmp_path / "x", columns=columns)
    started = time.monotonic()
    assert terminal.end() == 0
    seconds = time.monotonic() - started
    drawn = re.findall(r"\r([^\r\n]*)\x1b\[K", terminal.seen)
    assert len(drawn) <= 10 * seconds + 2 * 2
    assert max(map(len, drawn)) < columns
    assert "15000/15000" in drawn[-1]
    if columns >= 24:
        assert "━" in drawn[-1]
    if columns >= 40:
        assert any(re.search(r" \d+s left", line) for line in drawn)
    if columns >= 80:
        assert re.search(r" [\d.]+s \d+[um]s/step - loss: [\d.]+ - accuracy: [\d.]+$", drawn[-1])
    # Each epoch ends with its line, and the next begins below it.
    assert terminal.seen.count("\n") == 2 * 2


def test_ctrl_c_in_the_first_epoch_saves_nothing(tmp_path: Path) -> None:
    """Nothing worth keeping is there yet."""
    output = tmp_path / "x.safetensors"
    terminal = Terminal("train", "--batch-size", "1", "--output", output)
    terminal.read_until("s left")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == 130
    assert "stopped in the first epoch; nothing is saved" in terminal.seen
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_later_saves_what_was_learned(tmp_path: Path) -> None:
    """The network is measured and saved, and the status is still 130."""
    output = tmp_path / "x.safetensors"
    terminal = Terminal("train", "--epochs", "1000", "--output", output)
    terminal.read_until("Epoch 2/1000")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == 130
    assert re.search(r"stopped after \d+ of 1000 epochs; saving", terminal.seen)
    assert run("evaluate", "--model", output).status == 0


def test_an_ignored_ctrl_c_stays_ignored(tmp_path: Path) -> None:
    """As in a shell's background jobs."""
    output = tmp_path / "x.safetensors"
    arguments = [PROGRAM, "train", "--epochs", "3", "--output", str(output)]
    with subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" INT; exec "$0" "$@"', *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Epoch 1/3")
        process.send_signal(signal.SIGINT)
        assert len(process.stderr.readlines()) == 2
    assert process.returncode == 0

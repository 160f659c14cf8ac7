"""What png-classify does, asked of the built program.

MNIST must be where ``make data`` puts it; without Fashion-MNIST, what needs it is skipped.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import fcntl
import io
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest
from png_writer import GREY_ALPHA, png
from program import (
    DAMAGED,
    DIGITS,
    ENVIRONMENT,
    PROGRAM,
    ROOT,
    SEVEN,
    data_folder,
    functional,
    layer,
    run,
    write_model,
)

BRANCHING = ROOT / "Tests/Fixtures/models/branching.safetensors"


# --------------------------------------------------------------------- help --


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["help"], ["classify", "--help"]])
def test_help_shows_options_formats_statuses_and_commands(asked: list[str]) -> None:
    """Whoever asks for help sees how to classify, and which other commands there are."""
    result = run(*asked)
    assert (result.status, result.err) == (0, "")
    for text in ["--model", "--top-k", "--format", "EXAMPLES", "EXIT STATUS", "train", "evaluate"]:
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


# ----------------------------------------------------------------- classify --


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


def test_standard_input_keeps_its_place_among_files(model: Path) -> None:
    """Also where several threads read the files around it."""
    arguments = ["--model", model, "--format", "csv", "--threads", "4"]
    picture = SEVEN.read_bytes()
    result = run(*arguments, *[SEVEN] * 3, "-", *[SEVEN] * 3, stdin=picture)
    names = [row["file"] for row in csv.DictReader(io.StringIO(result.out))]
    assert (result.status, names) == (0, [str(SEVEN)] * 3 + ["-"] + [str(SEVEN)] * 3)


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


# -------------------------------------------------- train, evaluate, summary --


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


def test_summary_shows_layers_labels_and_training(model: Path) -> None:
    """What Keras prints, and where the network comes from."""
    result = run("summary", "--model", model)
    assert result.status == 0
    for text in [
        'Model: "sequential"',
        "dense_1 (Dense)",
        "101,770",
        "Labels: 0, 1, 2",
        "2 epochs on mnist, 60000 samples, batch size 32, seed 1",
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


# --------------------------------------------------------- other networks --


@pytest.fixture
def convolutional(tmp_path: Path) -> Path:
    """Write a functional network of one input with a channel axis."""
    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28, 1]),
        layer("Conv2D", "conv2d", "image", filters=2, kernel_size=5, activation="relu"),
        layer("GlobalAveragePooling2D", "mean", "conv2d"),
        layer("Dense", "dense", "mean", units=10, activation="softmax"),
    ]
    tensors = {
        "conv2d/kernel": [5, 5, 1, 2],
        "conv2d/bias": [2],
        "dense/kernel": [2, 10],
        "dense/bias": [10],
    }
    return write_model(tmp_path / "network.safetensors", functional(layers, "dense"), tensors)


def test_a_functional_network_of_one_input_works(convolutional: Path) -> None:
    """It classifies, is measured and is shown."""
    result = run("--model", convolutional, "--format", "csv", "--top-k", "10", SEVEN)
    assert (result.status, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert len(rows) == 10
    assert abs(sum(float(row["probability"]) for row in rows) - 1) < 1e-5
    assert {row["label"] for row in rows} == set(map(str, range(10)))

    result = run("evaluate", "--model", convolutional, "--data", "mnist")
    assert result.status == 0, result.err
    assert re.fullmatch(r"Test accuracy: .* % *, loss .* \(10000 pictures of mnist\)\n", result.out)

    result = run("summary", "--model", convolutional)
    assert result.status == 0
    for text in ['Model: "network"', "conv2d (Conv2D)", "mean (GlobalAverage"]:
        assert text in result.out


def test_networks_of_several_inputs_or_outputs_are_refused(tmp_path: Path) -> None:
    """With a sentence; their table is shown nevertheless."""
    result = run("--model", BRANCHING, SEVEN)
    assert (result.status, result.out) == (2, "")
    assert f"{BRANCHING}: expected a model of one input, a picture; it has 2" in result.err
    result = run("evaluate", "--model", BRANCHING)
    assert (result.status, result.out) == (2, "")
    sentence = "expected a model of one input and one output, it has 2 and 2"
    assert f"{BRANCHING}: {sentence}" in result.err
    result = run("summary", "--model", BRANCHING)
    assert result.status == 0
    assert 'Model: "branching"' in result.out

    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28]),
        layer("Flatten", "flatten", "image"),
        layer("Dense", "dense", "flatten", units=2),
    ]
    tensors = {"dense/kernel": [784, 2], "dense/bias": [2]}
    path = tmp_path / "two.safetensors"
    write_model(path, functional(layers, "dense", "flatten"), tensors)
    result = run("--model", path, SEVEN)
    assert (result.status, result.out) == (2, "")
    assert f"{path}: expected a model of one output, a score for each class; it has 2" in result.err


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


# ------------------------------------------------------ terminals and Ctrl-C --


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

"""`Model.classify_png` and `preprocess_png`, and the example program."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import lamina
from model_file import TinyModel, safetensors_bytes

BINDINGS = Path(__file__).resolve().parents[2]
DIGITS = sorted((BINDINGS / "c" / "examples" / "digits").glob("*.png"))
EXAMPLE = BINDINGS / "python" / "examples" / "classify_png.py"


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Write [height, width] grey values as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    height, width = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


@pytest.fixture
def digit() -> NDArray[np.uint8]:
    """Give a light one on black, 28x28, its margins clear, as MNIST has it."""
    pixels = np.zeros((28, 28), np.uint8)
    pixels[4:24, 14:16] = 255
    pixels[5:23, 13] = 90
    return pixels


@pytest.mark.smoke
def test_a_digit_like_mnists_goes_in_as_it_is(
    model: lamina.Model, digit: NDArray[np.uint8]
) -> None:
    """28x28, light on dark: the pixels are the file's, the probabilities predict's."""
    content = png(digit)
    np.testing.assert_array_equal(model.preprocess_png(content), digit)
    logits = model.predict(digit).astype(np.float64)
    expected = np.exp(logits - logits.max())
    expected /= expected.sum()
    answers = model.classify_png(content, top_k=10)
    assert [answer.class_index for answer in answers] == list(np.argsort(-expected, kind="stable"))
    for answer in answers:
        assert answer.label == model.labels[answer.class_index]
        assert answer.probability == pytest.approx(expected[answer.class_index], abs=1e-6)


def test_paths_and_bytes(model: lamina.Model, digit: NDArray[np.uint8], tmp_path: Path) -> None:
    """A file, its name and its content give the same."""
    path = tmp_path / "seven.png"
    path.write_bytes(png(digit))
    sources: list[Any] = [path, str(path), png(digit), bytearray(png(digit))]
    sources.append(memoryview(png(digit)))
    for source in sources:
        assert model.classify_png(source) == model.classify_png(path)
        np.testing.assert_array_equal(model.preprocess_png(source), digit)


def test_top_k(model: lamina.Model, digit: NDArray[np.uint8]) -> None:
    """As many answers as asked for, at most all, at least one."""
    content = png(digit)
    everything = model.classify_png(content, top_k=10)
    assert len(everything) == 10
    assert sum(answer.probability for answer in everything) == pytest.approx(1, abs=1e-6)
    assert model.classify_png(content) == everything[:1]
    assert model.classify_png(content, 3) == everything[:3]
    assert model.classify_png(content, top_k=1 << 62) == everything
    assert model.classify_png(content, np.int64(2)) == everything[:2]  # type: ignore[arg-type]
    for wrong in (0, -1):
        with pytest.raises(lamina.InvalidArgumentError, match="top_k: expected 1 or more"):
            model.classify_png(content, wrong)
    with pytest.raises(TypeError):
        model.classify_png(content, 1.5)  # type: ignore[arg-type]


def test_without_labels(tiny: TinyModel, digit: NDArray[np.uint8]) -> None:
    """A class without a label is called by its number."""
    metadata = {key: value for key, value in tiny.metadata.items() if key != "labels"}
    with lamina.Model.load(safetensors_bytes(tiny.tensors, metadata)) as model:
        best = model.classify_png(png(digit))[0]
    assert best.label == str(best.class_index)


@pytest.mark.smoke
def test_bad_pictures(model: lamina.Model, digit: NDArray[np.uint8], tmp_path: Path) -> None:
    """Each kind of bad picture has its exception."""
    for use in (model.classify_png, model.preprocess_png):
        with pytest.raises(lamina.ImageError):
            use(b"GIF89a, no PNG")
        with pytest.raises(lamina.ImageError):
            use(b"")
        with pytest.raises(lamina.ImageError):
            use(png(digit)[:60])
        with pytest.raises(lamina.NoDigitError):
            use(png(np.zeros((40, 40), np.uint8)))
        with pytest.raises(lamina.FileError, match=r"nothing\.png"):
            use(tmp_path / "nothing.png")
        with pytest.raises(TypeError, match="expected a path"):
            use(None)  # type: ignore[arg-type]


def test_max_pixels(model: lamina.Model, digit: NDArray[np.uint8]) -> None:
    """The limit is the caller's; 0 means the library's own."""
    content = png(digit)
    assert model.classify_png(content, max_pixels=784) == model.classify_png(content, max_pixels=0)
    with pytest.raises(lamina.ImageError, match="783"):
        model.classify_png(content, max_pixels=783)
    with pytest.raises(lamina.InvalidArgumentError, match="max_pixels"):
        model.classify_png(content, max_pixels=-1)


def test_plain_samples_go_in_as_they_are(model: lamina.Model) -> None:
    """The 28x28 samples, one for each digit, reach the model pixel by pixel."""
    plain = [path for path in DIGITS if path.stem.endswith("-plain")]
    assert len(plain) == 10
    for path in plain:
        content = path.read_bytes()
        start = content.index(b"IDAT") + 4
        rows = np.frombuffer(zlib.decompressobj().decompress(content[start:]), np.uint8)
        # Each row has the filter's number, 2, and then the difference to the row above.
        expected = rows.reshape(28, 29)[:, 1:].cumsum(axis=0, dtype=np.uint8)
        np.testing.assert_array_equal(model.preprocess_png(path), expected)


@pytest.mark.skipif("not os.environ.get('LAMINA_TEST_MODEL')", reason="LAMINA_TEST_MODEL not set")
@pytest.mark.parametrize("path", DIGITS, ids=lambda path: str(path.stem))
def test_a_trained_model_reads_the_samples(path: Path) -> None:
    """Each sample is what its name says."""
    with lamina.Model.load(os.environ["LAMINA_TEST_MODEL"]) as model:
        assert model.classify_png(path)[0].label == path.name[0]


def test_the_librarys_own_model_reads_the_samples() -> None:
    """Each sample is what its name says; the probabilities add up to one."""
    with lamina.Model.digits(threads=1) as model:
        for path in DIGITS:
            answers = model.classify_png(path, top_k=10)
            assert answers[0].label == path.name[0]
            assert sum(answer.probability for answer in answers) == pytest.approx(1)


def run_example(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the example program with this package."""
    return subprocess.run(
        [sys.executable, EXAMPLE, *arguments],
        env={**os.environ, "PYTHONPATH": str(BINDINGS / "python")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_example(model: lamina.Model, model_path: Path, tmp_path: Path) -> None:
    """A line for each file that is a picture, a sentence for each that is not."""
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"not a picture")
    done = run_example(model_path, DIGITS[0], bad, DIGITS[1])
    expected = [(path, model.classify_png(path)[0]) for path in DIGITS[:2]]
    assert done.stdout == "".join(
        f"{path}\t{best.label}\t{best.probability:.7f}\n" for path, best in expected
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"classify_png.py: {bad}: ")
    assert run_example(model_path, DIGITS[0]).returncode == 0


def test_example_with_the_librarys_own_model() -> None:
    """Without a weights file the library reads digits by itself."""
    done = run_example(*DIGITS)
    assert (done.returncode, done.stderr) == (0, "")
    labels = [line.split("\t")[1] for line in done.stdout.splitlines()]
    assert labels == [path.name[0] for path in DIGITS]


def test_example_with_a_model_that_is_not_there(tmp_path: Path) -> None:
    """No model, no answers, and a sentence."""
    missing = tmp_path / "no.safetensors"
    done = run_example(missing, DIGITS[0])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"classify_png.py: {missing}: ")
    for arguments in [(), (missing,)]:
        assert run_example(*arguments).returncode == 2


@pytest.mark.smoke
def test_a_page_is_read_in_order() -> None:
    """Its text, and each digit with its box, by a path or from its content."""
    with lamina.Model.digits() as model:
        rows = [[7, 0], [3]]
        page = np.full((200, 240), 255, np.uint8)
        for line, numbers in enumerate(rows):
            for place, number in enumerate(numbers):
                name = f"{number}-plain.png"
                pixels = model.preprocess_png(BINDINGS / "c" / "examples" / "digits" / name)
                left, top = 20 + 90 * place, 10 + 100 * line
                page[top : top + 56, left : left + 56] = 255 - np.kron(
                    pixels, np.ones((2, 2), np.uint8)
                )
        reading = model.read_png(png(page))
    assert reading.text == "7 0\n3"
    assert [digit.label for digit in reading.digits] == ["7", "0", "3"]
    assert [digit.line for digit in reading.digits] == [0, 0, 1]
    assert all(digit.begins_word for digit in reading.digits)
    for digit, left in zip(reading.digits, (20, 110, 20), strict=True):
        assert left <= digit.box.left < digit.box.left + digit.box.width <= left + 56
        assert digit.class_index == int(digit.label)
        assert 0.5 < digit.probability <= 1


def test_a_blank_page_has_no_digit() -> None:
    """That is an answer of its own."""
    with lamina.Model.digits() as model, pytest.raises(lamina.NoDigitError, match="no digit"):
        model.read_png(png(np.full((60, 60), 200, np.uint8)))

"""The sample digits beside the C example: complete, small, and made by their script."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from lamina import mnist

FOLDER = Path(__file__).resolve().parents[2] / "c" / "examples" / "digits"
DIGITS = sorted(FOLDER.glob("*.png"))
TEST_IMAGES = mnist.default_directory() / "t10k-images-idx3-ubyte"


def unpacked(path: Path) -> tuple[bytes, bytes]:
    """Give a PNG's beginning and its unpacked rows: zlib's versions pack differently."""
    content = path.read_bytes()
    start = content.index(b"IDAT")
    return content[: start - 4], zlib.decompressobj().decompress(content[start + 4 :])


def test_two_for_each_digit() -> None:
    """Named after their digits, and small."""
    assert [path.name[0] for path in DIGITS] == [digit for digit in "0123456789" for _ in "12"]
    assert sum(path.stat().st_size for path in DIGITS) < 200_000


@pytest.mark.skipif(not TEST_IMAGES.exists(), reason="needs MNIST (`make data`)")
def test_the_script_makes_the_same(tmp_path: Path) -> None:
    """`make_digits.py` gives the pixels that lie there."""
    subprocess.run([sys.executable, FOLDER / "make_digits.py", tmp_path], check=True)
    made = sorted(tmp_path.iterdir())
    assert [path.name for path in made] == [path.name for path in DIGITS]
    for path, committed in zip(made, DIGITS, strict=True):
        assert unpacked(path) == unpacked(committed)

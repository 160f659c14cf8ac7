"""`lamina.fashion_mnist`: what it asks for, and Debian's package. Without a network."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from urllib.error import URLError

import pytest

from lamina import _idx_files as idx
from lamina import fashion_mnist

SCRIPT = Path(fashion_mnist.__file__)
CONTENTS = {name: f"the content of {name}".encode() for name in idx.SIZES}


class Apt:
    """Stands in for apt-get and dpkg-deb; `failing` commands fail."""

    def __init__(self, failing: Sequence[str] = ()) -> None:
        """Start without a command."""
        self.failing = list(failing)
        self.verbs: list[str] = []
        self.commands: list[Sequence[str]] = []

    def run(self, command: Sequence[str], directory: Path) -> None:
        """Do what the command would."""
        verb = next(word for word in command[1:] if not word.startswith(("--quiet", "--option")))
        self.verbs.append(verb)
        self.commands.append(command)
        if verb in self.failing:
            self.failing.remove(verb)
            raise fashion_mnist.DataError(f"{verb} gave status 100")
        if verb == "download":
            (directory / "dataset-fashion-mnist_0.0_all.deb").touch()
        if verb == "--extract":
            folder = directory / fashion_mnist.PACKAGE_FOLDER
            folder.mkdir(parents=True)
            for name, content in CONTENTS.items():
                (folder / f"{name}.gz").write_bytes(gzip.compress(content))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let small contents be right, and no network and installed package be there."""
    urls: list[str] = []
    open_really = idx.open_url

    def open_url(url: str) -> IO[bytes]:
        urls.append(url)
        if url.startswith(fashion_mnist.MIRRORS):
            raise URLError("not here")
        return open_really(url)

    files = tuple(
        idx.IDXFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in CONTENTS.items()
    )
    monkeypatch.setattr(fashion_mnist, "FILES", files)
    monkeypatch.setattr(idx, "open_url", open_url)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return urls


def listing(folder: Path) -> dict[str, bytes]:
    """Give all that is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_package_is_the_last_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[str]
) -> None:
    """What is installed, then the mirrors, then the package, which stays uninstalled."""
    apt = Apt()
    monkeypatch.setattr(idx, "run", apt.run)
    fashion_mnist.fetch(tmp_path, report=lambda _: None)
    assert listing(tmp_path) == CONTENTS
    assert apt.verbs == ["download", "--extract"]
    assert asked[0] == ("file:///usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
    assert asked[:3] == [f"{mirror}/train-images-idx3-ubyte.gz" for mirror in fashion_mnist.MIRRORS]


def test_lists_of_packages_that_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[str]
) -> None:
    """They are got into a folder that needs no root and does not stay."""
    apt = Apt(failing=["download"])
    monkeypatch.setattr(idx, "run", apt.run)
    fashion_mnist.fetch(tmp_path, report=lambda _: None)
    assert listing(tmp_path) == CONTENTS
    assert len(asked) == 3 + 4
    assert apt.verbs == ["download", "update", "download", "--extract"]
    for command in apt.commands[1:3]:
        (lists,) = (word for word in command if word.startswith("--option=Dir::State::lists="))
        folder = Path(lists.rpartition("=")[2])
        assert folder.name == "lists"
        assert not folder.parent.exists()


def test_no_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[str]) -> None:
    """The lines say what each command gave; without apt they say that."""
    monkeypatch.setattr(idx, "run", Apt(failing=["download", "update"]).run)
    lines: list[str] = []
    with pytest.raises(fashion_mnist.DataError, match="no way gave Fashion-MNIST's train-images"):
        fashion_mnist.fetch(tmp_path, report=lines.append)
    assert "  did not work: update gave status 100" in lines
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(fashion_mnist.DataError):
        fashion_mnist.fetch(tmp_path, report=lines.append)
    assert lines[-1] == "  did not work: there is no apt-get and dpkg-deb here"
    assert len(asked) == 6
    assert listing(tmp_path) == {}


def test_where_the_data_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Swift looks for it, beside MNIST."""
    monkeypatch.setenv("LAMINA_DATA_HOME", "/data")
    assert fashion_mnist.default_directory() == Path("/data/fashion-mnist")


def test_the_script_needs_nothing_else(tmp_path: Path) -> None:
    """The file runs without the package and without NumPy, and exits 1 with a sentence."""
    blocked = tmp_path / "blocked"
    for name in ("numpy", "lamina"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text("raise ImportError('not here')")
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, SCRIPT, "--directory", tmp_path / "file" / "fashion-mnist"],
        env={**os.environ, "PYTHONPATH": str(blocked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("fashion_mnist.py: ")
    assert "file" in done.stderr
    assert len(done.stderr.splitlines()) == 1

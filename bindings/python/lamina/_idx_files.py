"""Get a data set of four IDX files that are named as MNIST's and whose sha256 are known.

What ``mnist.py`` and ``fashion_mnist.py`` share; it needs no other package. Each way is tried in
turn, only for the files that are still missing. A file appears under its name only whole and
checked.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

Report = Callable[[str], None]

ANSWER_SECONDS = 5.0
READ_SECONDS = 15.0
LEFTOVER_SECONDS = 3600.0
SIZES = {
    "train-images-idx3-ubyte": 47_040_016,
    "train-labels-idx1-ubyte": 60_008,
    "t10k-images-idx3-ubyte": 7_840_016,
    "t10k-labels-idx1-ubyte": 10_008,
}


class IDXFile(NamedTuple):
    """One file of a data set, uncompressed."""

    name: str
    size: int
    sha256: str


Way = Callable[[Sequence[IDXFile], Path, Report], None]
"""Puts files into a folder, or raises an error that says why it cannot."""


class DataError(OSError):
    """The data set, or one way to get it, is not to be had; the message says why."""


def idx_files(*sha256: str) -> tuple[IDXFile, ...]:
    """Give the four files, with their sums in the order of SIZES."""
    return tuple(
        IDXFile(name, size, known)
        for (name, size), known in zip(SIZES.items(), sha256, strict=True)
    )


def data_directory(name: str) -> Path:
    """Give ``${LAMINA_DATA_HOME:-${XDG_CACHE_HOME:-~/.cache}/lamina}/<name>``."""
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    return base.expanduser() / name


def fetch_files(
    title: str, files: Sequence[IDXFile], ways: Mapping[str, Way], folder: Path, report: Report
) -> Path:
    """Put `files` into `folder` and return it; files that are right stay as they are.

    `report` gets a line for each thing tried. Raises DataError when no way gives all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)
    absent = [file for file in files if not is_right(folder, file, report)]
    for name, way in ways.items():
        if not absent:
            break
        report(f"trying {name}")
        try:
            way(absent, folder, report)
        except (OSError, HTTPException, zlib.error) as error:
            report(f"  did not work: {error}")
        absent = [file for file in absent if not is_right(folder, file)]
    if absent:
        names = ", ".join(file.name for file in absent)
        raise DataError(
            f"no way gave {title}'s {names}; the files can be put into {folder} by hand"
        )
    report(f"{title} is in {folder}")
    return folder


def remove_leftovers(folder: Path) -> None:
    """Remove parts that a killed run left; one of the last hour may be another run's."""
    for part in folder.glob(".*-ubyte.*.part"):
        if time.time() - part.stat().st_mtime > LEFTOVER_SECONDS:
            part.unlink(missing_ok=True)


def is_right(folder: Path, file: IDXFile, report: Report | None = None) -> bool:
    """Say whether `file` is in `folder` with its sum; report a wrong one."""
    path = folder / file.name
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except FileNotFoundError:
        return False
    if digest.hexdigest() == file.sha256:
        return True
    if report:
        report(f"refused {path}: expected sha256 {file.sha256}, got {digest.hexdigest()}")
    return False


def store(folder: Path, file: IDXFile, content: bytes) -> None:
    """Write `content` as `file` in one step, or raise DataError when its sum is wrong."""
    got = hashlib.sha256(content).hexdigest()
    if got != file.sha256:
        raise DataError(f"refused {file.name}: expected sha256 {file.sha256}, got {got}")
    part = folder / f".{file.name}.{secrets.token_hex(4)}.part"
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(folder / file.name)
    finally:
        part.unlink(missing_ok=True)


def from_mirror(mirror: str, files: Sequence[IDXFile], folder: Path, report: Report) -> None:
    """Download `files` from `mirror`; stop at the first that fails."""
    for file in files:
        with open_url(f"{mirror}/{file.name}.gz") as response:
            packed = response.read(file.size + (1 << 20))
        # A body that inflates to more than it should is not inflated further.
        content = zlib.decompressobj(wbits=31).decompress(packed, file.size + 1)
        store(folder, file, content)
        report(f"  {file.name}: downloaded and checked")


def open_url(url: str) -> IO[bytes]:
    """Open `url`, or give up after ANSWER_SECONDS, looking the name up included."""
    opened: list[IO[bytes]] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            opened.append(urllib.request.urlopen(url, timeout=READ_SECONDS))
        except Exception as error:  # noqa: BLE001 (it is raised again in the calling thread)
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(ANSWER_SECONDS)
    if opened:
        return opened[0]
    raise failed[0] if failed else TimeoutError(f"no answer within {ANSWER_SECONDS:.0f} s")


def run(command: Sequence[str], directory: Path) -> None:
    """Run a command; raise DataError with the end of its output when it fails."""
    done = subprocess.run(
        command,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stdout.strip() or "no output").splitlines()[-1]
        raise DataError(f"{' '.join(command[:4])} ... gave status {done.returncode}: {last}")


def command_line(program: str, title: str, default: Path) -> argparse.ArgumentParser:
    """Make what reads the options that each program has."""
    parser = argparse.ArgumentParser(prog=program, description=f"Get the {title} data set.")
    parser.add_argument("--directory", type=Path, help=f"where the files go (default: {default})")
    return parser


def status_of(program: str, fetch: Callable[..., Path]) -> int:
    """Call `fetch` as a program does; give the exit status."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    try:
        fetch(report=partial(print, flush=True))
    except KeyboardInterrupt:
        print(f"{program}: interrupted", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    return 0

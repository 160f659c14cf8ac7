"""Get Fashion-MNIST, pictures of clothes, as four IDX files whose sha256 are known.

``lamina.fashion_mnist.fetch()`` in a program, or this file run with any Python 3.10 or newer: it
needs neither the rest of the package nor NumPy. What is already there is tried first, then what
Debian's package has installed, then public mirrors, then that package from the Debian mirror that
apt knows, without installing it.
"""

from __future__ import annotations

import os
import shutil
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
PACKAGE = "dataset-fashion-mnist"
PACKAGE_FOLDER = "usr/share/datasets/fashion-mnist"
MIRRORS = (
    f"file:///{PACKAGE_FOLDER}",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion",
)
FILES = idx.idx_files(
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
)


def default_directory() -> Path:
    """Give ``${LAMINA_DATA_HOME:-${XDG_CACHE_HOME:-~/.cache}/lamina}/fashion-mnist``."""
    return idx.data_directory("fashion-mnist")


def fetch(directory: str | os.PathLike[str] | None = None, *, report: idx.Report = print) -> Path:
    """Put the four files into `directory` and return it; files that are right stay as they are.

    `directory` defaults to `default_directory()`. `report` gets a line for each thing tried.
    Raises DataError when no way gives all four.
    """
    folder = Path(directory) if directory is not None else default_directory()
    ways: dict[str, idx.Way] = {mirror: partial(idx.from_mirror, mirror) for mirror in MIRRORS}
    ways[f"Debian's package {PACKAGE}"] = from_package
    return idx.fetch_files("Fashion-MNIST", FILES, ways, folder, report)


def from_package(files: Sequence[idx.IDXFile], folder: Path, report: idx.Report) -> None:
    """Take `files` out of Debian's package, which apt downloads and nobody installs."""
    if not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        raise DataError("there is no apt-get and dpkg-deb here")
    with tempfile.TemporaryDirectory(prefix="lamina-fashion-mnist-") as name:
        scratch = Path(name)
        download_package(scratch, report)
        (package,) = scratch.glob("*.deb")
        report(f"  {package.name}: downloaded")
        idx.run(["dpkg-deb", "--extract", str(package), str(scratch)], scratch)
        idx.from_mirror((scratch / PACKAGE_FOLDER).as_uri(), files, folder, report)


def download_package(scratch: Path, report: idx.Report) -> None:
    """Download the package into `scratch`, with new lists of packages where the old do not do.

    A machine may have no lists yet, or old ones. To renew the system's takes root; lists in a
    folder of one's own do not.
    """
    # Root's temporary folder is closed to the user that apt otherwise downloads as.
    options = ["--quiet", "--option=APT::Sandbox::User=root"]
    try:
        idx.run(["apt-get", "download", *options, PACKAGE], scratch)
    except DataError as error:
        report(f"  {error}")
        report("  getting the list of packages, into a temporary folder")
        options.append("--option=Acquire::Languages=none")
        for name, folder in (("State::lists", "lists"), ("Cache", "cache")):
            (scratch / folder / "partial").mkdir(parents=True)
            options.append(f"--option=Dir::{name}={scratch / folder}")
        idx.run(["apt-get", "update", *options], scratch)
        idx.run(["apt-get", "download", *options, PACKAGE], scratch)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = idx.command_line("fashion_mnist.py", "Fashion-MNIST", default_directory())
    options = parser.parse_args(arguments)
    return idx.status_of("fashion_mnist.py", partial(fetch, options.directory))


if __name__ == "__main__":
    sys.exit(main())

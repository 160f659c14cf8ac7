"""Which library is loaded, and what is said when none fits."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lamina
from lamina import _library
from lamina._abi import LAMINA_ABI_VERSION

PACKAGE = Path(lamina.__file__).resolve().parents[1]


def imported(**environment: str) -> subprocess.CompletedProcess[str]:
    """Import the package in a new process."""
    return subprocess.run(
        [sys.executable, "-c", "import lamina"],
        env={**os.environ, "PYTHONPATH": str(PACKAGE), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.smoke
def test_versions_agree() -> None:
    """The library that is loaded has the package's version and ABI."""
    assert _library.lib.lamina_version().decode() == lamina.__version__
    assert _library.lib.lamina_abi_version() == LAMINA_ABI_VERSION


def test_the_environment_decides_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """LAMINA_LIBRARY is final when it is set, and ignored when it is empty."""
    monkeypatch.setenv("LAMINA_LIBRARY", "/somewhere/liblamina.so")
    assert list(_library.candidates()) == ["/somewhere/liblamina.so"]
    monkeypatch.setenv("LAMINA_LIBRARY", "")
    assert list(_library.candidates())[-1] == "liblamina.so.0"


def test_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Beside the package comes before the checkout's build, that before the system's."""
    package = tmp_path / "bindings" / "python" / "lamina"
    built = tmp_path / "build" / "lib" / "liblamina.so"
    header = tmp_path / "include" / "lamina.h"
    for path in (package / "liblamina.so.0", built, header):
        path.parent.mkdir(parents=True)
        path.touch()
    monkeypatch.delenv("LAMINA_LIBRARY", raising=False)
    monkeypatch.setattr(_library, "__file__", str(package / "_library.py"))
    expected = [str(package / "liblamina.so.0"), str(built), "liblamina.so.0"]
    assert list(_library.candidates()) == expected
    header.unlink()
    assert list(_library.candidates()) == [expected[0], expected[2]]


def test_missing_library() -> None:
    """The error names what was tried and what to do."""
    done = imported(LAMINA_LIBRARY="/nowhere/liblamina.so")
    assert done.returncode != 0
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ImportError: cannot load liblamina (/nowhere/liblamina.so: ")
    assert last.endswith("LAMINA_LIBRARY must name the file that `make lib` builds, or be unset")


def test_advice_where_no_library_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A checkout needs a build, a package that was installed by pip an installation."""
    package = tmp_path / "bindings" / "python" / "lamina"
    header = tmp_path / "include" / "lamina.h"
    for folder in (package, header.parent):
        folder.mkdir(parents=True)
    header.touch()
    monkeypatch.delenv("LAMINA_LIBRARY", raising=False)
    monkeypatch.setattr(_library, "__file__", str(package / "_library.py"))
    monkeypatch.setattr(_library, "SONAME", "libnonesuch.so.0")
    with pytest.raises(ImportError, match=f"`make lib` in {re.escape(str(tmp_path))}, or let"):
        _library.load()
    header.unlink()
    with pytest.raises(ImportError, match=r"install it with `make install` .*LAMINA_LIBRARY"):
        _library.load()


def test_some_other_library() -> None:
    """A library without Lamina's functions is refused."""
    done = imported(LAMINA_LIBRARY="libc.so.6")
    assert "ImportError: libc.so.6 does not fit this package" in done.stderr


def test_other_abi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another ABI version is refused, both numbers named."""
    monkeypatch.setattr(_library, "LAMINA_ABI_VERSION", 99)
    with pytest.raises(ImportError, match="ABI version 1, but this package needs 99"):
        _library.load()

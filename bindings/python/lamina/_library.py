"""Find liblamina, load it once, and check that it speaks this package's ABI."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ._abi import FUNCTIONS, LAMINA_ABI_VERSION, LAMINA_OK, Status
from .errors import error_for_status

SONAME = "liblamina.so.0"


def checkout() -> Path | None:
    """Give the top folder of the checkout that this package is in, if it is in one."""
    for folder in Path(__file__).resolve().parents[3:4]:
        if (folder / "include" / "lamina.h").exists():
            return folder
    return None


def candidates() -> Iterator[str]:
    """List what to load, best first; ``$LAMINA_LIBRARY`` is final when it is set."""
    chosen = os.environ.get("LAMINA_LIBRARY")
    if chosen:
        yield chosen
        return
    package = Path(__file__).resolve().parent
    for name in (SONAME, "liblamina.so"):
        if (package / name).exists():
            yield str(package / name)
    if (top := checkout()) and (built := top / "build" / "lib" / "liblamina.so").exists():
        yield str(built)
    yield SONAME


def advice() -> str:
    """Say what to do when no library is there."""
    if os.environ.get("LAMINA_LIBRARY"):
        return "LAMINA_LIBRARY must name the file that `make lib` builds, or be unset"
    if top := checkout():
        return f"build it with `make lib` in {top}, or let LAMINA_LIBRARY name the file"
    return (
        "install it with `make install` in Lamina's repository, or let LAMINA_LIBRARY name "
        "the build/lib/liblamina.so that `make lib` builds there"
    )


def load() -> ctypes.CDLL:
    """Load the first library that is there; raise ImportError when none is, or it does not fit."""
    failures = []
    for name in candidates():
        try:
            library = ctypes.CDLL(name)
        except OSError as error:
            failures.append(f"{name}: {error}")
            continue
        return declare(library, name)
    tried = "; ".join(failures)
    raise ImportError(f"cannot load liblamina ({tried}); {advice()}")


def declare(library: ctypes.CDLL, name: str) -> ctypes.CDLL:
    """Give every function its types and let a status that is not LAMINA_OK raise."""
    try:
        library.lamina_abi_version.restype = ctypes.c_uint32
        version = library.lamina_abi_version()
        if version != LAMINA_ABI_VERSION:
            raise ImportError(
                f"{name} has ABI version {version}, but this package needs {LAMINA_ABI_VERSION}"
            )
        for function_name, (result, arguments) in FUNCTIONS.items():
            function = getattr(library, function_name)
            function.argtypes = arguments
            function.restype = result
            if result is Status:
                function.errcheck = raise_for_status
    except AttributeError as error:
        raise ImportError(f"{name} does not fit this package: {error}") from None
    return library


def raise_for_status(status: int, _function: Any, _arguments: Any) -> int:
    """Raise what the library says of the call that just failed in this thread."""
    if status != LAMINA_OK:
        message = lib.lamina_last_error_message() or lib.lamina_status_name(status)
        raise error_for_status(status, message.decode("utf-8", "replace"))
    return status


lib = load()

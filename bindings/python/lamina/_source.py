"""A file by path, or its content as bytes: how each reaches the library."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from .errors import InvalidArgumentError

Path = str | os.PathLike[str]
Bytes = bytes | bytearray | memoryview


class Source:
    """Where the library reads from; it must live as long as the call that gets `arguments`."""

    def __init__(self, source: Path | Bytes) -> None:
        """Take a path (str, os.PathLike) or content (anything with contiguous bytes; no copy)."""
        self.is_file = isinstance(source, (str, os.PathLike))
        self.arguments: tuple[Any, ...]
        if isinstance(source, (str, os.PathLike)):
            self.arguments = (path_bytes(source),)
            return
        try:
            view = memoryview(source)
        except TypeError:
            kind = type(source).__name__
            raise TypeError(f"expected a path (str, os.PathLike) or bytes, got {kind}") from None
        if not view.c_contiguous:
            raise TypeError("expected contiguous bytes, got a strided buffer")
        self._bytes = np.frombuffer(view if view.nbytes else b"\0", np.uint8)
        self.arguments = (self._bytes.ctypes.data, view.nbytes)


def path_bytes(path: Path) -> bytes:
    """Encode a path for the library; refuse one where C would stop at a zero byte.

    Raises InvalidArgumentError (a ValueError), naming the path.
    """
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise InvalidArgumentError(f"{path!r}: the path has a zero byte in it")
    return encoded

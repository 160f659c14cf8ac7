"""A loaded model in the library: who owns it, who may use it, when it is freed.

Whoever calls the library holds a reference to the `ModelHandle` meanwhile, so the last one to
let go frees it: `Model.close` in one thread cannot pull it from under a call in another.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_int64, c_size_t, create_string_buffer, sizeof
from typing import Any

from . import _abi
from ._in_place import InPlace
from ._library import lib


class SessionHandle:
    """Scratch memory for one thread at a time."""

    def __init__(self, model: ModelHandle) -> None:
        self.pointer = _abi.SessionPointer()
        options = _abi.SessionOptions(sizeof(_abi.SessionOptions), 0, model.threads)
        lib.lamina_session_create(model.pointer, byref(options), byref(self.pointer))
        _free_at_last(self, lib.lamina_session_free, self.pointer)
        self.in_place: InPlace | None = None
        if len(model.input_shapes) == len(model.output_shapes) == 1:
            self.in_place = InPlace(self.pointer, model.input_shapes[0], model.output_shapes[0])


class ModelHandle:
    """A model, the facts that every call needs, and the sessions that nobody uses right now."""

    def __init__(self, pointer: Any, threads: int) -> None:
        self.pointer = pointer
        self.threads = threads
        _free_at_last(self, lib.lamina_model_free, pointer)
        self._idle: list[SessionHandle] = []
        self.input_shapes = self._shapes(lib.lamina_model_input_count, lib.lamina_model_input_shape)
        self.output_shapes = self._shapes(
            lib.lamina_model_output_count, lib.lamina_model_output_shape
        )
        self.labels = tuple(
            self.text(lib.lamina_model_label, index)
            for index in range(self.count(lib.lamina_model_label_count))
        )

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Lend a session that no other thread uses; a new one when all are in use."""
        session = self._take()
        try:
            yield session.pointer
        finally:
            self._idle.append(session)

    def predict_in_place(self, x: Any, out: Any) -> Any:
        """Give the outputs; None where the general way has to look at it."""
        session = self._take()
        try:
            return session.in_place.predict(x, out) if session.in_place else None
        finally:
            self._idle.append(session)

    def _take(self) -> SessionHandle:
        """Give a session that no other thread uses."""
        try:
            return self._idle.pop()
        except IndexError:
            return SessionHandle(self)

    def call(self, function: Any, *arguments: Any) -> None:
        """Call a function of the model, which lives until it has returned."""
        function(self.pointer, *arguments)

    def count(self, function: Any) -> int:
        """Ask a function that gives one count."""
        count = c_size_t()
        function(self.pointer, byref(count))
        return count.value

    def text(self, function: Any, *arguments: Any) -> str:
        """Ask a function that gives a string by (buffer, capacity, needed)."""
        needed = c_size_t()
        function(self.pointer, *arguments, None, 0, byref(needed))
        buffer = create_string_buffer(needed.value)
        function(self.pointer, *arguments, buffer, needed.value, byref(needed))
        return buffer.raw[: needed.value - 1].decode()

    def _shapes(self, count: Any, shape: Any) -> tuple[tuple[int, ...], ...]:
        """List the shapes of all inputs or all outputs, without the batch axis."""
        shapes = []
        axes = (c_int64 * _abi.LAMINA_MAX_RANK)()
        rank = c_size_t()
        for index in range(self.count(count)):
            shape(self.pointer, index, axes, len(axes), byref(rank))
            shapes.append(tuple(axes[: rank.value]))
        return tuple(shapes)


def _free_at_last(owner: object, free: Any, pointer: Any) -> None:
    """Free `pointer` when `owner` is gone, but not at exit: a daemon thread may still use it."""
    weakref.finalize(owner, free, pointer).atexit = False

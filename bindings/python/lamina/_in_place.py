"""What `Model.predict` mostly does, in few steps: one array that is read where it is.

Whatever this does not take, and whatever is wrong, it leaves to the general way, which knows
every kind of array and says what it expects.
"""

from __future__ import annotations

from ctypes import addressof, byref, c_float, c_int, c_size_t, c_void_p, cast, sizeof
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _abi
from ._library import lib

_FLOAT32 = np.dtype(np.float32)
_KINDS = {
    np.dtype(np.float32): _abi.LAMINA_FLOAT32,
    np.dtype(np.uint8): _abi.LAMINA_UINT8,
    np.dtype(np.int32): _abi.LAMINA_INT32,
}
_ONE = c_size_t(1)

# Gives the address of a writable, C-contiguous array, and refuses others: five times as fast as
# `ndarray.ctypes` does.
_place: Any = (c_float * 0).from_buffer


def _untyped(name: str) -> Any:
    """Give a function that takes ctypes values as they are and gives its status."""
    function = lib[name]
    function.restype = c_int
    return function


_predict_float32 = _untyped("lamina_session_predict_float32")
_predict_tensors = _untyped("lamina_session_predict")


class InPlace:
    """How a session of a model with one input and one output predicts in place."""

    def __init__(self, pointer: Any, sample: tuple[int, ...], result: tuple[int, ...]) -> None:
        self._pointer = cast(pointer, c_void_p)
        self._sample = sample
        self._result = result
        self._result_count = c_size_t(int(np.prod(result)))
        self._input = _abi.Tensor(sizeof(_abi.Tensor), 0, len(sample) + 1)
        self._input.shape[1 : len(sample) + 1] = sample
        self._input_axes = self._input.shape
        self._output = _abi.Tensor(sizeof(_abi.Tensor), _abi.LAMINA_FLOAT32)

    def predict(self, x: Any, out: Any) -> NDArray[np.float32] | None:
        """Give the outputs; None where the general way has to look at it."""
        if type(x) is not np.ndarray:
            return None
        shape = x.shape
        if shape == self._sample:
            single, wanted = True, self._result
        elif shape[1:] == self._sample:
            single, wanted = False, (shape[0], *self._result)
        else:
            return None
        if out is None:
            out = np.empty(wanted, np.float32)
        elif type(out) is not np.ndarray or out.dtype is not _FLOAT32 or out.shape != wanted:
            return None
        try:
            source, target = _place(x), _place(out)
        except (TypeError, ValueError):
            return None
        if x.dtype is _FLOAT32:
            rows = _ONE if single else c_size_t(shape[0])
            count = self._result_count if single else c_size_t(out.size)
            status = _predict_float32(self._pointer, source, rows, target, count)
        else:
            status = self._predict_tensor(x, source, 1 if single else shape[0], out, target)
        return out if status == _abi.LAMINA_OK else None

    def _predict_tensor(self, x: Any, source: Any, rows: int, out: Any, target: Any) -> int:
        """Predict from numbers of any type that the library knows."""
        kind = _KINDS.get(x.dtype)
        if kind is None:
            return _abi.LAMINA_ERROR_INVALID_ARGUMENT
        tensor, result = self._input, self._output
        tensor.dtype = kind
        tensor.data = addressof(source)
        tensor.capacity = x.nbytes
        self._input_axes[0] = rows
        result.data = addressof(target)
        result.capacity = out.nbytes
        status: int = _predict_tensors(self._pointer, byref(tensor), _ONE, byref(result), _ONE)
        return status

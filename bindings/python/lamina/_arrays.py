"""NumPy arrays as the library's tensors, without a copy where the numbers allow it."""

from __future__ import annotations

from ctypes import sizeof

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi
from .errors import InvalidArgumentError

AnyArray = NDArray[np.float32] | NDArray[np.uint8] | NDArray[np.int32]

DTYPES = {
    np.dtype(np.float32): _abi.LAMINA_FLOAT32,
    np.dtype(np.uint8): _abi.LAMINA_UINT8,
    np.dtype(np.int32): _abi.LAMINA_INT32,
}


def input_array(value: ArrayLike, sample: tuple[int, ...]) -> tuple[AnyArray, bool]:
    """Give `value` as [rows, *sample] that the library can read, and whether it was one sample.

    Raises TypeError for numbers that have no one meaning as float32, InvalidArgumentError (a
    ValueError) for a wrong shape.
    """
    if np.ma.is_masked(value):
        raise TypeError("the input has masked values; give them a value with filled() first")
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        raise TypeError(f"the input's dtype is {array.dtype}, {_reason(array.dtype.kind)}")
    single = array.shape == sample
    if not single and not (array.ndim == len(sample) + 1 and array.shape[1:] == sample):
        raise InvalidArgumentError(
            f"the input's shape: expected {_text(('rows', *sample))} or one sample "
            f"{_text(sample)}, got {_text(array.shape)}"
        )
    native = array.dtype.newbyteorder("=")
    dtype = native if native in DTYPES else np.dtype(np.float32)
    usable: AnyArray = np.require(array, dtype, ["C_CONTIGUOUS", "ALIGNED"])
    return (usable[np.newaxis] if single else usable), single


def output_array(
    out: NDArray[np.float32] | None, shape: tuple[int, ...], source: AnyArray
) -> NDArray[np.float32]:
    """Give `out`, if the library can write a result of `shape` there, or a new array.

    Raises TypeError when `out` is no float32 array, InvalidArgumentError (a ValueError) when its
    shape or its memory does not do.
    """
    if out is None:
        return np.empty(shape, np.float32)
    if not isinstance(out, np.ndarray) or out.dtype != np.float32:
        what = out.dtype if isinstance(out, np.ndarray) else type(out).__name__
        raise TypeError(f"out: expected a NumPy array of native float32, got {what}")
    if out.shape != shape:
        raise InvalidArgumentError(f"out: expected shape {_text(shape)}, got {_text(out.shape)}")
    if not (out.flags.c_contiguous and out.flags.aligned and out.flags.writeable):
        raise InvalidArgumentError("out: expected an aligned, C-contiguous, writable array")
    if np.may_share_memory(out, source):
        raise InvalidArgumentError("out overlaps the input")
    return out


def tensor(array: AnyArray) -> _abi.Tensor:
    """Describe `array`, which must outlive the result, to the library."""
    result = _abi.Tensor(sizeof(_abi.Tensor), DTYPES[array.dtype], array.ndim)
    result.shape[: array.ndim] = array.shape
    result.data = array.ctypes.data
    result.capacity = array.nbytes
    return result


def _reason(kind: str) -> str:
    """Say why numbers of a dtype's kind are refused."""
    match kind:
        case "b":
            return "which may mean 0 and 1 or black and white; convert it, as by astype(np.float32)"
        case "c":
            return "but networks here are real; take its real part or its absolute value"
        case "O":
            return "not numbers; convert it, as by np.asarray(x, dtype=np.float32)"
        case _:
            return "not numbers of a kind that networks take; float32, uint8 or int32 are"


def _text(shape: tuple[int | str, ...]) -> str:
    """Write a shape as the library's messages do: [rows, 28, 28]."""
    return f"[{', '.join(map(str, shape))}]"

"""NumPy arrays as the library's tensors, without a copy where the numbers allow it."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import sizeof
from typing import Any

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


def input_array(
    value: ArrayLike, sample: tuple[int, ...], name: str = "the input"
) -> tuple[AnyArray, bool]:
    """Give `value` as [rows, *sample] that the library can read, and whether it was one sample.

    Raises TypeError for numbers that have no one meaning as float32, InvalidArgumentError (a
    ValueError) for a wrong shape; the message begins with `name`.
    """
    if np.ma.is_masked(value):
        raise TypeError(f"{name} has masked values; give them a value with filled() first")
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        raise TypeError(f"{name}'s dtype is {array.dtype}, {_reason(array.dtype.kind)}")
    single = array.shape == sample
    if not single and not (array.ndim == len(sample) + 1 and array.shape[1:] == sample):
        raise InvalidArgumentError(
            f"{name}'s shape: expected {_text(('rows', *sample))} or one sample "
            f"{_text(sample)}, got {_text(array.shape)}"
        )
    native = array.dtype.newbyteorder("=")
    dtype = native if native in DTYPES else np.dtype(np.float32)
    usable: AnyArray = np.require(array, dtype, ["C_CONTIGUOUS", "ALIGNED"])
    return (usable[np.newaxis] if single else usable), single


def input_arrays(values: Any, samples: Sequence[tuple[int, ...]]) -> tuple[list[AnyArray], bool]:
    """Give the batches of all inputs, of as many rows each, and whether they were one sample.

    A model of one input takes `values` itself, one of several a list or a tuple with an array
    for each. Raises what `input_array` raises.
    """
    if len(samples) == 1:
        batch, single = input_array(values, samples[0])
        return [batch], single
    if not isinstance(values, list | tuple):
        raise TypeError(
            f"expected a list of {len(samples)} arrays, one for each input, got "
            f"{type(values).__name__}"
        )
    if len(values) != len(samples):
        raise InvalidArgumentError(
            f"expected {len(samples)} arrays, one for each input, got {len(values)}"
        )
    pairs = [
        input_array(value, sample, f"input {index}")
        for index, (value, sample) in enumerate(zip(values, samples, strict=True))
    ]
    batches = [batch for batch, _ in pairs]
    single = pairs[0][1]
    for index, (batch, is_single) in enumerate(pairs):
        if is_single != single:
            kinds = ("a batch", "one sample")
            raise InvalidArgumentError(
                f"input {index} is {kinds[is_single]}, input 0 is {kinds[single]}"
            )
        if len(batch) != len(batches[0]):
            raise InvalidArgumentError(
                f"input {index} has {len(batch)} rows, input 0 has {len(batches[0])}"
            )
    return batches, single


def output_array(
    out: NDArray[np.float32],
    shape: tuple[int, ...],
    sources: Sequence[AnyArray],
    name: str = "out",
) -> NDArray[np.float32]:
    """Give `out`, if the library can write a result of `shape` there.

    Raises TypeError when `out` is no float32 array, InvalidArgumentError (a ValueError) when its
    shape or its memory does not do; the message begins with `name`.
    """
    if not isinstance(out, np.ndarray) or out.dtype != np.float32:
        what = out.dtype if isinstance(out, np.ndarray) else type(out).__name__
        raise TypeError(f"{name}: expected a NumPy array of native float32, got {what}")
    if out.shape != shape:
        raise InvalidArgumentError(f"{name}: expected shape {_text(shape)}, got {_text(out.shape)}")
    if not (out.flags.c_contiguous and out.flags.aligned and out.flags.writeable):
        raise InvalidArgumentError(f"{name}: expected an aligned, C-contiguous, writable array")
    if any(np.may_share_memory(out, source) for source in sources):
        raise InvalidArgumentError(f"{name} overlaps an input")
    return out


def output_arrays(
    out: NDArray[np.float32] | Sequence[NDArray[np.float32]] | None,
    shapes: Sequence[tuple[int, ...]],
    sources: Sequence[AnyArray],
) -> list[NDArray[np.float32]]:
    """Give an array for each output's shape: those of `out`, or new ones.

    A model of one output takes `out` itself, one of several a list or a tuple with an array for
    each. Raises what `output_array` raises.
    """
    if out is None:
        return [np.empty(shape, np.float32) for shape in shapes]
    if len(shapes) == 1:
        return [output_array(out, shapes[0], sources)]  # type: ignore[arg-type]
    if not isinstance(out, list | tuple):
        raise TypeError(
            f"out: expected a list of {len(shapes)} arrays, one for each output, got "
            f"{type(out).__name__}"
        )
    if len(out) != len(shapes):
        raise InvalidArgumentError(
            f"out: expected {len(shapes)} arrays, one for each output, got {len(out)}"
        )
    results: list[NDArray[np.float32]] = []
    for index, (array, shape) in enumerate(zip(out, shapes, strict=True)):
        name = f"out[{index}]"
        results.append(output_array(array, shape, sources, name))
        if any(np.may_share_memory(array, other) for other in results[:-1]):
            raise InvalidArgumentError(f"{name} overlaps another output")
    return results


def tensor(array: AnyArray) -> _abi.Tensor:
    """Describe `array`, which must outlive the result, to the library."""
    result = _abi.Tensor(sizeof(_abi.Tensor), DTYPES[array.dtype], array.ndim)
    result.shape[: array.ndim] = array.shape
    result.data = array.ctypes.data
    result.capacity = array.nbytes
    return result


def tensors(arrays: Sequence[AnyArray]) -> Any:
    """Describe arrays, which must outlive the result, to the library."""
    return (_abi.Tensor * len(arrays))(*map(tensor, arrays))


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

"""The short way of `Model.predict` gives what the general way gives, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import lamina
from lamina._arrays import input_arrays, output_arrays, tensors
from lamina._library import lib
from model_file import Floats


def general(model: lamina.Model, x: Any) -> Floats:
    """Predict by the general way."""
    handle = model._open()
    batches, single = input_arrays(x, handle.input_shapes)
    shape = handle.output_shapes[0] if single else (len(batches[0]), *handle.output_shapes[0])
    results = output_arrays(None, [shape], batches)
    with handle.session() as session:
        lib.lamina_session_predict(session, tensors(batches), 1, tensors(results), 1)
    return results[0]


@pytest.mark.parametrize("dtype", [np.float32, np.uint8, np.int32])
@pytest.mark.parametrize("shape", [(28, 28), (1, 28, 28), (0, 28, 28), (300, 28, 28)])
def test_short_way_gives_the_same_bits(
    model: lamina.Model, dtype: Any, shape: tuple[int, ...]
) -> None:
    """Arrays that can be read in place take the short way, and get the same outputs."""
    x = np.random.default_rng(7).integers(0, 200, shape).astype(dtype)
    result = model._open().predict_in_place(x, None)
    assert result is not None
    assert result.tobytes() == general(model, x).tobytes()
    assert result.shape == (*shape[:-2], 10)
    out = np.empty_like(result)
    assert model._open().predict_in_place(x, out) is out
    np.testing.assert_array_equal(out, result)


def read_only(x: Floats) -> Floats:
    """Give a copy that must not be written."""
    result = x.copy()
    result.flags.writeable = False
    return result


@pytest.mark.parametrize(
    "arrange",
    [
        read_only,
        lambda x: x[::2],
        lambda x: x.astype(np.float64),
        lambda x: x.astype(">f4"),
        lambda x: x.tolist(),
        lambda x: np.ma.array(x, mask=False),
        lambda x: x.view(np.recarray),
    ],
    ids=["read-only", "strided", "float64", "big-endian", "list", "masked", "subclass"],
)
def test_other_arrays_take_the_general_way(
    model: lamina.Model, batch: Floats, arrange: Any
) -> None:
    """What cannot be read in place is left alone, and predicted all the same."""
    x = arrange(batch)
    assert model._open().predict_in_place(x, None) is None
    np.testing.assert_array_equal(model.predict(x), general(model, np.asarray(x)))


def test_what_is_wrong_is_left_to_the_general_way(model: lamina.Model) -> None:
    """Neither a wrong shape nor an overlap writes anything."""
    memory = np.zeros(28 * 28, np.float32)
    handle = model._open()
    assert handle.predict_in_place(np.zeros((2, 3), np.float32), None) is None
    assert handle.predict_in_place(np.zeros((28, 28), np.float32), np.zeros(9, np.float32)) is None
    assert handle.predict_in_place(memory.reshape(28, 28), memory[:10]) is None
    assert not memory.any()
    assert len(handle._idle) == 1


def test_threads_do_not_change_bits(tiny: Any) -> None:
    """Any number of threads gives the same outputs."""
    x = np.random.default_rng(8).random((1000, 28, 28), np.float32)
    results = {
        lamina.Model.load(tiny.content, threads=threads).predict(x).tobytes()
        for threads in (1, 2, 3, None)
    }
    assert len(results) == 1


@pytest.mark.parametrize("threads", [0, -1, 65])
def test_threads_are_bounded(tiny: Any, threads: int) -> None:
    """A number of threads out of range is a ValueError."""
    with pytest.raises(ValueError, match=f"threads: expected 1 to 64, got {threads}"):
        lamina.Model.load(tiny.content, threads=threads)
    with pytest.raises(TypeError):
        lamina.Model.load(tiny.content, threads="2")  # type: ignore[arg-type]

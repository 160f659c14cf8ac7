"""`Model.predict`: NumPy's numbers, whatever kind of array comes in."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import lamina
from lamina._arrays import input_array
from model_file import Floats, TinyModel, safetensors_bytes


@pytest.mark.smoke
def test_outputs_are_numpys(model: lamina.Model, tiny: TinyModel, batch: Floats) -> None:
    """Logits within 1e-5 of NumPy's in float64."""
    result = model.predict(batch)
    assert result.dtype == np.float32
    assert result.shape == (7, 10)
    np.testing.assert_allclose(result, tiny.outputs(batch), rtol=1e-5, atol=1e-5)


def test_more_rows_than_a_session_takes_at_once(model: lamina.Model, tiny: TinyModel) -> None:
    """1,000 rows are done in pieces, and each row is what it is alone."""
    x = np.random.default_rng(3).random((1000, 28, 28), np.float32)
    result = model.predict(x)
    np.testing.assert_allclose(result, tiny.outputs(x), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(model.predict(x[999]), result[999], rtol=1e-5, atol=1e-6)


def test_one_sample_without_the_batch_axis(model: lamina.Model, batch: Floats) -> None:
    """[28, 28] gives [10], with or without out."""
    expected = model.predict(batch[3:4])[0]
    np.testing.assert_array_equal(model.predict(batch[3]), expected)
    out = np.empty(10, np.float32)
    assert model.predict(batch[3], out=out) is out
    np.testing.assert_array_equal(out, expected)


def test_zero_rows(model: lamina.Model) -> None:
    """No rows give no rows."""
    assert model.predict(np.empty((0, 28, 28), np.float32)).shape == (0, 10)


@pytest.mark.smoke
def test_bytes_are_pixels(model: lamina.Model, tiny: TinyModel) -> None:
    """uint8 is divided by the model's divisor, 255."""
    x = np.random.default_rng(4).integers(0, 256, (5, 28, 28), np.uint8)
    np.testing.assert_allclose(model.predict(x), tiny.outputs(x / 255), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", ["i1", "i2", "i4", ">i4", "i8", "u2", "u4", "f2", ">f4", "f8"])
def test_numbers_are_taken_as_they_are(model: lamina.Model, tiny: TinyModel, dtype: str) -> None:
    """Integers other than uint8 and floats of any size and byte order are numbers."""
    x = np.random.default_rng(5).integers(0, 3, (2, 28, 28)).astype(dtype)
    np.testing.assert_allclose(model.predict(x), tiny.outputs(x), rtol=1e-5, atol=1e-5)


def test_lists(model: lamina.Model, batch: Floats) -> None:
    """Nested lists work as they do in NumPy."""
    np.testing.assert_array_equal(model.predict(batch[:1].tolist()), model.predict(batch[:1]))


def misaligned(x: Floats) -> Floats:
    """Copy an array to an address that no float32 should have."""
    memory = np.empty(x.nbytes + 1, np.uint8)[1:]
    result = memory.view(np.float32).reshape(x.shape)
    result[...] = x
    return result


@pytest.mark.parametrize(
    "arrange",
    [
        np.asfortranarray,
        lambda x: np.repeat(x, 2, axis=0)[::2],
        lambda x: x[::-1].copy()[::-1],
        lambda x: np.ascontiguousarray(x.transpose(0, 2, 1)).transpose(0, 2, 1),
        misaligned,
    ],
    ids=["fortran", "strided", "reversed", "transposed", "misaligned"],
)
def test_any_memory_layout(model: lamina.Model, batch: Floats, arrange: Any) -> None:
    """What the library cannot read in place is copied."""
    x = arrange(batch)
    np.testing.assert_array_equal(x, batch)
    np.testing.assert_array_equal(model.predict(x), model.predict(batch))


@pytest.mark.parametrize("dtype", [np.float32, np.uint8, np.int32])
def test_nothing_is_copied_that_can_be_read_in_place(dtype: Any) -> None:
    """C-contiguous float32, uint8 and int32 reach the library where they are."""
    x = np.zeros((3, 28, 28), dtype)
    x.flags.writeable = False
    assert np.shares_memory(input_array(x, (28, 28))[0], x)
    assert np.shares_memory(input_array(x[1], (28, 28))[0], x)


@pytest.mark.parametrize(
    ("x", "reason"),
    [
        (np.zeros((1, 28, 28), bool), "bool, which may mean 0 and 1 or black and white"),
        (np.zeros((1, 28, 28), complex), "complex128, but networks here are real"),
        (np.zeros((1, 28, 28), object), "object, not numbers"),
        (np.zeros((1, 28, 28), "U1"), "<U1, not numbers of a kind"),
        (np.zeros((1, 28, 28), "M8[s]"), "not numbers of a kind"),
        (None, "object, not numbers"),
        (np.ma.masked_greater(np.zeros((1, 28, 28), np.float32), -1), "masked values"),
    ],
)
def test_refused_types(model: lamina.Model, x: Any, reason: str) -> None:
    """Types without one meaning are a TypeError that says why."""
    with pytest.raises(TypeError, match=reason):
        model.predict(x)


@pytest.mark.smoke
@pytest.mark.parametrize("shape", [(), (784,), (1, 784), (28,), (1, 28, 27), (1, 1, 28, 28), (0,)])
def test_wrong_shapes(model: lamina.Model, shape: tuple[int, ...]) -> None:
    """A wrong shape is a ValueError with what was expected and what came."""
    with pytest.raises(ValueError, match=r"expected \[rows, 28, 28\] or one sample") as caught:
        model.predict(np.zeros(shape, np.float32))
    assert isinstance(caught.value, lamina.InvalidArgumentError)
    assert str(caught.value).endswith(f"got {list(shape)}")


def test_out(model: lamina.Model, batch: Floats) -> None:
    """The result is written where the caller wants it."""
    out = np.full((7, 10), np.nan, np.float32)
    assert model.predict(batch, out=out) is out
    np.testing.assert_array_equal(out, model.predict(batch))


def read_only() -> Floats:
    """Give an array that must not be written."""
    array = np.zeros((7, 10), np.float32)
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    ("out", "error", "reason"),
    [
        (np.zeros((7, 10)), TypeError, "expected a NumPy array of native float32, got float64"),
        (np.zeros((7, 10), ">f4"), TypeError, "got >f4"),
        ([0.0] * 10, TypeError, "got list"),
        (np.zeros((7, 11), np.float32), ValueError, r"expected shape \[7, 10\], got \[7, 11\]"),
        (np.zeros((10, 7), np.float32).T, ValueError, "C-contiguous"),
        (read_only(), ValueError, "writable"),
        (misaligned(np.zeros((7, 10), np.float32)), ValueError, "aligned"),
    ],
)
def test_refused_out(
    model: lamina.Model, batch: Floats, out: Any, error: type[Exception], reason: str
) -> None:
    """What cannot receive the result is refused before anything is computed."""
    with pytest.raises(error, match=reason):
        model.predict(batch, out=out)


def test_out_must_not_overlap_the_input(model: lamina.Model) -> None:
    """Input and output in the same memory are refused."""
    memory = np.zeros(28 * 28, np.float32)
    with pytest.raises(ValueError, match="overlaps"):
        model.predict(memory.reshape(1, 28, 28), out=memory[:10].reshape(1, 10))


def test_not_finite(model: lamina.Model) -> None:
    """NaN in one row stays in that row."""
    x = np.zeros((2, 28, 28), np.float32)
    x[0] = np.nan
    result = model.predict(x)
    assert np.isnan(result[0]).all()
    assert np.isfinite(result[1]).all()


def test_other_sizes() -> None:
    """Shapes come from the model, not from MNIST; no preprocessing means no divisor."""
    small = TinyModel(input_shape=(5,), hidden=3, classes=2, labels=(), seed=9)
    wanted = {"lamina_format_version": "1", "config": json.dumps(small.config)}
    with lamina.Model.load(safetensors_bytes(small.tensors, wanted)) as model:
        assert (model.input_shape, model.output_shape, model.labels) == ((5,), (2,), ())
        x = np.random.default_rng(6).random((4, 5), np.float32)
        np.testing.assert_allclose(model.predict(x), small.outputs(x), rtol=1e-5, atol=1e-5)

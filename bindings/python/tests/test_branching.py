"""Models of several inputs and outputs: a list in, a list out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import lamina
from model_file import BranchingModel, Floats

Pair = tuple[Floats, Floats]


@pytest.fixture(scope="module")
def branching() -> BranchingModel:
    """Give the weights and expectations."""
    return BranchingModel()


@pytest.fixture
def model(branching: BranchingModel) -> Iterator[lamina.Model]:
    """Load the model from memory."""
    with lamina.Model.load(branching.content) as loaded:
        yield loaded


@pytest.fixture
def pair() -> Pair:
    """Give five random samples of both inputs."""
    random = np.random.default_rng(3)
    return random.random((5, 2, 3), np.float32), random.random((5, 4), np.float32)


def check(results: Any, expected: Pair) -> None:
    """Compare both outputs."""
    assert isinstance(results, list)
    assert len(results) == 2
    for result, wanted in zip(results, expected, strict=True):
        assert result.dtype == np.float32
        np.testing.assert_allclose(result, wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.smoke
def test_a_list_in_a_list_out(model: lamina.Model, branching: BranchingModel, pair: Pair) -> None:
    """Outputs within 1e-5 of NumPy's in float64; a tuple does as well."""
    expected = branching.outputs(*pair)
    check(model.predict(list(pair)), expected)
    check(model.predict(pair), expected)


def test_facts(model: lamina.Model) -> None:
    """Shapes are those of each input and each output, in the configuration's order."""
    assert model.input_shapes == ((2, 3), (4,))
    assert model.output_shapes == ((3,), (2, 2))
    assert repr(model) == "<lamina.Model [2, 3], [4] -> [3], [2, 2], 40 parameters>"
    with pytest.raises(lamina.InvalidArgumentError, match="2 inputs; see input_shapes"):
        _ = model.input_shape
    with pytest.raises(lamina.InvalidArgumentError, match="2 outputs; see output_shapes"):
        _ = model.output_shape


def test_from_config(branching: BranchingModel, pair: Pair) -> None:
    """A configuration gives the same network with fresh weights."""
    with lamina.Model.from_config(branching.config, seed=1) as model:
        assert model.config["class_name"] == "Functional"
        shapes = [result.shape for result in model.predict(pair)]
    assert shapes == [(5, 3), (5, 2, 2)]


def test_one_sample(model: lamina.Model, branching: BranchingModel, pair: Pair) -> None:
    """Without the batch axis on all inputs there is none on any output."""
    kinds, amounts = branching.outputs(*pair)
    check(model.predict([pair[0][2], pair[1][2]]), (kinds[2], amounts[2]))


def test_each_input_has_its_own_type(model: lamina.Model, branching: BranchingModel) -> None:
    """Bytes beside doubles."""
    left = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    right = np.linspace(-1, 1, 8).reshape(2, 4)
    check(model.predict([left, right.tolist()]), branching.outputs(left, right))


def test_zero_rows(model: lamina.Model) -> None:
    """No rows give no rows."""
    results = model.predict([np.empty((0, 2, 3), np.float32), np.empty((0, 4), np.float32)])
    assert [result.shape for result in results] == [(0, 3), (0, 2, 2)]


def test_out(model: lamina.Model, branching: BranchingModel, pair: Pair) -> None:
    """The results are written where the caller wants them."""
    out = [np.full((5, 3), np.nan, np.float32), np.full((5, 2, 2), np.nan, np.float32)]
    assert model.predict(pair, out=out) is out
    check(out, branching.outputs(*pair))


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        (
            lambda left, _: left,
            TypeError,
            "expected a list of 2 arrays, one for each input, got",
        ),
        (lambda left, _: [left], ValueError, "expected 2 arrays, one for each input, got 1"),
        (lambda left, right: [right, left], ValueError, "input 0's shape: expected .rows, 2, 3."),
        (lambda left, right: [left, right[:, :3]], ValueError, r"input 1's shape: .* got \[5, 3\]"),
        (lambda left, right: [left, right[:4]], ValueError, "input 1 has 4 rows, input 0 has 5"),
        (
            lambda left, right: [left, right[0]],
            ValueError,
            "input 1 is one sample, input 0 is a",
        ),
        (lambda left, right: [left, right > 0], TypeError, "input 1's dtype is bool"),
    ],
)
def test_refused_inputs(
    model: lamina.Model, pair: Pair, change: Any, error: type[Exception], reason: str
) -> None:
    """An error names the input, what was expected and what came."""
    with pytest.raises(error, match=reason):
        model.predict(change(*pair))


@pytest.mark.parametrize(
    ("out", "error", "reason"),
    [
        (np.zeros((5, 3), np.float32), TypeError, "out: expected a list of 2 arrays"),
        ([np.zeros((5, 3), np.float32)], ValueError, "out: expected 2 arrays, .* got 1"),
        ([None, None], TypeError, r"out\[0\]: expected a NumPy array of native float32"),
        (
            [np.zeros((5, 3), np.float32), np.zeros((5, 4), np.float32)],
            ValueError,
            r"out\[1\]: expected shape \[5, 2, 2\], got \[5, 4\]",
        ),
    ],
)
def test_refused_out(
    model: lamina.Model, pair: Pair, out: Any, error: type[Exception], reason: str
) -> None:
    """So does one about the outputs."""
    with pytest.raises(error, match=reason):
        model.predict(pair, out=out)


def test_out_must_not_overlap(model: lamina.Model, pair: Pair) -> None:
    """Neither an input nor another output."""
    memory = np.zeros(35, np.float32)
    kinds, amounts = memory[:15].reshape(5, 3), memory[14:34].reshape(5, 2, 2)
    with pytest.raises(ValueError, match=r"out\[1\] overlaps another output"):
        model.predict(pair, out=[kinds, amounts])
    with pytest.raises(ValueError, match=r"out\[1\] overlaps an input"):
        model.predict([pair[0], memory[:20].reshape(5, 4)], out=[np.zeros_like(kinds), amounts])


def test_one_input_and_several_outputs() -> None:
    """Such a model takes an array and gives a list; with one output of several inputs, an array."""
    config = BranchingModel().config
    described = config["config"]
    described["output_layers"] = [["kind", 0, 0]]
    with lamina.Model.from_config(config, seed=1) as model:
        assert model.predict([np.zeros((2, 2, 3)), np.zeros((2, 4))]).shape == (2, 3)
    described["layers"] = [described["layers"][index] for index in (0, 2, 3)]
    described["input_layers"] = [["left", 0, 0]]
    described["output_layers"] = [["hidden", 0, 0], ["flatten", 0, 0]]
    with lamina.Model.from_config(config, seed=1) as model:
        hidden, flat = model.predict(np.ones((2, 2, 3)))
        assert hidden.shape == (2, 4)
        np.testing.assert_array_equal(flat, np.ones((2, 6), np.float32))


def test_pictures_are_refused(model: lamina.Model) -> None:
    """Pictures are for models of one input and one output."""
    with pytest.raises(lamina.InvalidArgumentError, match="expected a model of one input"):
        model.classify_png(b"")
    with pytest.raises(lamina.InvalidArgumentError, match="expected a model of one input"):
        model.preprocess_png(b"")


def test_convolutions() -> None:
    """Image layers work from a configuration: a mean of pixels, by hand."""
    layers = [
        ("InputLayer", {"batch_shape": [None, 4, 4, 1]}),
        ("Conv2D", {"filters": 1, "kernel_size": 2, "kernel_initializer": "ones"}),
        ("GlobalAveragePooling2D", {}),
    ]
    described = [{"class_name": kind, "config": config} for kind, config in layers]
    config = {"class_name": "Sequential", "config": {"layers": described}}
    with lamina.Model.from_config(config) as model:
        x = np.random.default_rng(4).random((3, 4, 4, 1), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(x[..., 0], (2, 2), axis=(1, 2))
        expected = windows.sum(axis=(3, 4)).mean(axis=(1, 2))[:, None]
        np.testing.assert_allclose(model.predict(x), expected, rtol=1e-5)

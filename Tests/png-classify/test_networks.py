"""Which networks png-classify works with."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from program import (
    ROOT,
    SEVEN,
    data_folder,
    functional,
    layer,
    run,
    write_model,
)

BRANCHING = ROOT / "Tests/Fixtures/models/branching.safetensors"


@pytest.fixture
def convolutional(tmp_path: Path) -> Path:
    """Write a functional network of one input with a channel axis."""
    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28, 1]),
        layer("Conv2D", "conv2d", "image", filters=2, kernel_size=5, activation="relu"),
        layer("GlobalAveragePooling2D", "mean", "conv2d"),
        layer("Dense", "dense", "mean", units=10, activation="softmax"),
    ]
    tensors = {
        "conv2d/kernel": [5, 5, 1, 2],
        "conv2d/bias": [2],
        "dense/kernel": [2, 10],
        "dense/bias": [10],
    }
    return write_model(tmp_path / "network.safetensors", functional(layers, "dense"), tensors)


def test_a_functional_network_of_one_input_works(convolutional: Path) -> None:
    """It classifies, is measured and is shown."""
    result = run("--model", convolutional, "--format", "csv", "--top-k", "10", SEVEN)
    assert (result.status, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert len(rows) == 10
    assert abs(sum(float(row["probability"]) for row in rows) - 1) < 1e-5
    assert {row["label"] for row in rows} == set(map(str, range(10)))

    result = run("evaluate", "--model", convolutional, "--data", "mnist")
    assert result.status == 0, result.err
    assert re.fullmatch(r"Test accuracy: .* % *, loss .* \(10000 pictures of mnist\)\n", result.out)

    result = run("summary", "--model", convolutional)
    assert result.status == 0
    for text in ['Model: "network"', "conv2d (Conv2D)", "mean (GlobalAverage"]:
        assert text in result.out


def test_a_network_of_other_labels_is_measured_with_a_warning(
    model: Path, convolutional: Path
) -> None:
    """Only where both are known."""
    assert run("evaluate", "--model", model, "--data", "mnist").err == ""
    assert run("evaluate", "--model", convolutional, "--data", "mnist").err == ""
    if not (data_folder("fashion-mnist") / "t10k-images-idx3-ubyte").exists():
        pytest.skip("Fashion-MNIST is not there (make data gets it)")
    result = run("evaluate", "--model", model, "--data", "fashion-mnist")
    assert result.status == 0
    assert result.err.startswith("png-classify: warning: the model's labels (0, 1, 2, 3, ")
    assert " are not those of fashion-mnist (T-shirt/top, Trouser, " in result.err
    folder = data_folder("fashion-mnist")
    assert run("evaluate", "--model", model, "--data", folder).err == ""


def test_networks_of_several_inputs_or_outputs_are_refused(tmp_path: Path) -> None:
    """With a sentence; their table is shown nevertheless."""
    result = run("--model", BRANCHING, SEVEN)
    assert (result.status, result.out) == (2, "")
    assert f"{BRANCHING}: expected a model of one input, a picture; it has 2" in result.err
    result = run("evaluate", "--model", BRANCHING)
    assert (result.status, result.out) == (2, "")
    sentence = "expected a model of one input and one output, it has 2 and 2"
    assert f"{BRANCHING}: {sentence}" in result.err
    result = run("summary", "--model", BRANCHING)
    assert result.status == 0
    assert 'Model: "branching"' in result.out

    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28]),
        layer("Flatten", "flatten", "image"),
        layer("Dense", "dense", "flatten", units=2),
    ]
    tensors = {"dense/kernel": [784, 2], "dense/bias": [2]}
    path = tmp_path / "two.safetensors"
    write_model(path, functional(layers, "dense", "flatten"), tensors)
    result = run("--model", path, SEVEN)
    assert (result.status, result.out) == (2, "")
    assert f"{path}: expected a model of one output, a score for each class; it has 2" in result.err

"""`Model`: loading, saving, facts, closing."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors
import safetensors.numpy

import lamina
from model_file import Floats, TinyModel, safetensors_bytes


@pytest.mark.smoke
def test_load_from_everywhere(tiny: TinyModel, model_path: Path, batch: Floats) -> None:
    """A path as str or Path, and content as bytes, bytearray or memoryview, are the same model."""
    sources: list[Any] = [str(model_path), model_path, tiny.content, bytearray(tiny.content)]
    sources.append(memoryview(tiny.content))
    results = [lamina.Model.load(source).predict(batch) for source in sources]
    for result in results:
        np.testing.assert_allclose(result, tiny.outputs(batch), rtol=1e-5, atol=1e-5)


@pytest.mark.smoke
def test_the_librarys_own_model(tmp_path: Path) -> None:
    """`digits` needs no file, and its model is one as any other."""
    with lamina.Model.digits() as digits:
        assert digits.labels == tuple("0123456789")
        assert int(np.prod(digits.input_shape)) == 784
        assert digits.output_shape == (10,)
        assert "training" in digits.metadata
        path = tmp_path / "digits.safetensors"
        digits.save(path)
        pixels = np.arange(784, dtype=np.uint8).reshape(digits.input_shape)
        with lamina.Model.load(path) as again:
            np.testing.assert_array_equal(again.predict(pixels), digits.predict(pixels))
    with pytest.raises(lamina.InvalidArgumentError, match="threads"):
        lamina.Model.digits(threads=0)


def test_facts(model: lamina.Model, tiny: TinyModel) -> None:
    """Shapes, labels, metadata and counts are the file's."""
    assert model.input_shape == (28, 28)
    assert model.input_shapes == ((28, 28),)
    assert model.output_shape == (10,)
    assert model.output_shapes == ((10,),)
    assert model.labels == tiny.labels
    assert model.parameter_count == sum(array.size for array in tiny.tensors.values())
    assert model.metadata["training"] == tiny.metadata["training"]
    assert model.metadata["made-by"] == tiny.metadata["made-by"]
    assert json.loads(model.metadata["config"]) == model.config
    layers = model.config["config"]["layers"]
    assert [layer["config"]["name"] for layer in layers if layer["class_name"] == "Dense"] == [
        "dense",
        "dense_1",
    ]
    assert "dense" in model.summary()
    assert repr(model) == "<lamina.Model [28, 28] -> [10], 12,730 parameters>"


@pytest.mark.smoke
def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is an OSError that names it."""
    with pytest.raises(OSError, match=r"nothing\.safetensors") as caught:
        lamina.Model.load(tmp_path / "nothing.safetensors")
    assert type(caught.value) is lamina.FileError
    assert caught.value.status == 2


def test_odd_sources(tmp_path: Path) -> None:
    """What is neither a path nor bytes is a TypeError, a zero byte in a path a ValueError."""
    with pytest.raises(TypeError, match=r"expected a path .* or bytes, got int"):
        lamina.Model.load(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="strided"):
        lamina.Model.load(memoryview(b"abcdef")[::2])
    with pytest.raises(lamina.InvalidArgumentError, match=r"a\\x00b': the path has a zero byte"):
        lamina.Model.load(str(tmp_path / "a\0b"))
    with pytest.raises(lamina.InvalidArgumentError, match=r"path is not UTF-8: .*/a\ufffdb"):
        lamina.Model.load(os.fsdecode(os.fsencode(tmp_path) + b"/a\xffb"))


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """Put `new` in the place of the one `old`, which is as long."""
    assert len(old) == len(new)
    assert content.count(old) == 1
    return content.replace(old, new)


@pytest.mark.smoke
@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:7],
        lambda content: content[:500],
        lambda content: content[:-1],
        lambda content: b"\xff" * 8 + content[8:],
        lambda content: struct.pack("<Q", 1 << 40) + content[8:],
        lambda content: replaced(content, b'"dense_1/kernel"', b'"dense_7/kernel"'),
    ],
    ids=["empty", "7 bytes", "half a header", "one byte short", "no end", "1 TB header", "missing"],
)
def test_damaged_files(tiny: TinyModel, damage: Any) -> None:
    """Damage is a ModelFormatError (a ValueError), with a sentence."""
    with pytest.raises(lamina.ModelFormatError) as caught:
        lamina.Model.load(damage(tiny.content))
    assert isinstance(caught.value, ValueError)
    assert caught.value.status == 3
    assert len(str(caught.value)) > 10


def test_newer_format(tiny: TinyModel) -> None:
    """A file of a newer format version is refused as such."""
    metadata = {**tiny.metadata, "lamina_format_version": "99"}
    with pytest.raises(lamina.UnsupportedError, match="99"):
        lamina.Model.load(safetensors_bytes(tiny.tensors, metadata))


@pytest.mark.smoke
def test_the_safetensors_package_reads_what_lamina_writes(
    model: lamina.Model, tiny: TinyModel, tmp_path: Path
) -> None:
    """Bit-equal arrays, equal metadata, and Lamina loads it again."""
    path = tmp_path / "saved.safetensors"
    model.save(path)
    arrays = safetensors.numpy.load_file(path)
    assert set(arrays) == set(tiny.tensors)
    for name, array in tiny.tensors.items():
        assert arrays[name].dtype == np.float32
        np.testing.assert_array_equal(arrays[name].view(np.uint32), array.view(np.uint32))
    with safetensors.safe_open(path, "np") as opened:
        metadata = opened.metadata()
    outputs = json.loads(metadata.pop("test_vector"))["outputs"]
    assert [len(numbers) for numbers in outputs] == [10]
    assert metadata == model.metadata
    again = tmp_path / "again.safetensors"
    with lamina.Model.load(path) as loaded:
        assert loaded.metadata == model.metadata
        loaded.save(again)
    assert again.read_bytes() == path.read_bytes()


def test_lamina_reads_what_the_safetensors_package_writes(tiny: TinyModel, batch: Floats) -> None:
    """Another writer's order of tensors and metadata is as good."""
    content = safetensors.numpy.save(tiny.tensors, tiny.metadata)
    with lamina.Model.load(content) as model:
        np.testing.assert_allclose(model.predict(batch), tiny.outputs(batch), rtol=1e-5, atol=1e-5)


def test_save_into_nowhere(model: lamina.Model, tmp_path: Path) -> None:
    """A folder that is not there is an OSError that names the file."""
    with pytest.raises(lamina.FileError, match=r"nowhere/model\.safetensors"):
        model.save(tmp_path / "nowhere" / "model.safetensors")


def test_fresh_weights(tiny: TinyModel, batch: Floats) -> None:
    """The same seed gives the same weights, another one others."""
    models = [lamina.Model.from_config(tiny.config, seed=seed) for seed in (1, 1, 2)]
    results = [model.predict(batch) for model in models]
    np.testing.assert_array_equal(results[0], results[1])
    assert not np.array_equal(results[0], results[2])
    again = lamina.Model.from_config(json.dumps(models[0].config), seed=1)
    np.testing.assert_array_equal(again.predict(batch), results[0])


def test_bad_configurations(tiny: TinyModel) -> None:
    """What is no configuration, or asks for the unknown, says so."""
    with pytest.raises(lamina.ModelFormatError):
        lamina.Model.from_config("no JSON")
    with pytest.raises(lamina.InvalidArgumentError, match="zero character"):
        lamina.Model.from_config("{}\0")
    with pytest.raises(lamina.InvalidArgumentError, match="seed"):
        lamina.Model.from_config(tiny.config, seed=-1)
    strange = json.dumps(tiny.config).replace('"Dropout"', '"Flangate"')
    with pytest.raises(lamina.UnsupportedError, match="Flangate"):
        lamina.Model.from_config(strange)


@pytest.mark.smoke
def test_after_close_everything_says_so(tiny: TinyModel, tmp_path: Path) -> None:
    """A closed model raises InvalidArgumentError (a ValueError); closing again is nothing."""
    with lamina.Model.load(tiny.content) as model:
        assert model.labels
    model.close()
    assert repr(model) == "<lamina.Model, closed>"
    uses = [
        lambda: model.predict(np.zeros((28, 28))),
        lambda: model.classify_png(b""),
        lambda: model.preprocess_png(b""),
        lambda: model.save(tmp_path / "model.safetensors"),
        model.summary,
        model.__enter__,
        *(
            lambda name=name: getattr(model, name)
            for name in ("config", "input_shape", "labels", "metadata", "parameter_count")
        ),
    ]
    for use in uses:
        with pytest.raises(ValueError, match="the model is closed"):
            use()

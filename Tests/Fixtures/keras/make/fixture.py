"""A fixture: cases of one class, in one safetensors file.

`__metadata__` has the version of Keras and the cases, a JSON array of objects. The tensors of
case i are named "i/<name>". "i/<name>@64" is what the same code of Keras gives in float64: where
float32 rounds, it says what is right.
"""

import contextlib
import json
from pathlib import Path

import jax
import keras
import numpy as np
from keras.src.backend.common import dtypes

FOLDER = Path(__file__).resolve().parent.parent
DTYPES = {"float32": "F32", "float64": "F64", "int32": "I32"}


def generator_of(*seed):
    """Make a generator of random numbers from integers and names."""
    parts = [list(part.encode()) if isinstance(part, str) else [part] for part in seed]
    return np.random.default_rng([number for part in parts for number in part])


def normal(generator, *shape):
    """Draw from the standard normal distribution."""
    return generator.standard_normal(shape).astype(np.float32)


@contextlib.contextmanager
def precision(dtype):
    """Have Keras compute in "float32" or "float64".

    On JAX, Keras takes float64 for float32 wherever it promotes types; this turns that off.
    """
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = dtype
    try:
        with jax.enable_x64(dtype == "float64"):
            yield
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")
        dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float32"


def serialized(thing):
    """Give what Keras writes of a layer, loss, optimizer and so on: class name and config."""
    return keras.saving.serialize_keras_object(thing)


def compute_both(compute, inputs):
    """Call `compute(inputs)`, which gives arrays by name, in float32 and in float64.

    `inputs` are arrays by name; float64 gets the float32 numbers, not others.
    """
    results = []
    for dtype in ("float32", "float64"):
        with precision(dtype):
            cast = {
                name: value.astype(dtype) if value.dtype == np.float32 else value
                for name, value in inputs.items()
            }
            results.append({name: np.asarray(value) for name, value in compute(cast).items()})
            for name, value in results[-1].items():
                assert value.dtype in (dtype, "int32"), f"{name} is {value.dtype}, not {dtype}"
    return results


class Fixture:
    """The file `<topic>/<name>.safetensors`, case by case."""

    def __init__(self, topic, name):
        """Begin a file; `write` makes it."""
        self.path = FOLDER / topic / f"{name}.safetensors"
        self.cases = []
        self.tensors = {}

    def add(self, case, inputs, compute=None):
        """Add a case: a JSON object, its arrays by name (float32 or int32), and what follows.

        `compute(inputs)` gives arrays by name. It is called in float32, for the values, and in
        float64, for the references; it makes its layers and variables anew in each call, so that
        they have the type. Without `compute`, the inputs are all there is.
        """
        inputs = {name: np.asarray(value) for name, value in inputs.items()}
        values, references = compute_both(compute, inputs) if compute else ({}, {})
        assert not inputs.keys() & values.keys()
        for name, value in {**inputs, **values}.items():
            assert value.dtype in ("float32", "int32"), f"{name} is {value.dtype}"
            self._store(name, value)
            if name in references and value.dtype == np.float32:
                self._store(f"{name}@64", references[name])
        self.cases.append(case)

    def _store(self, name, value):
        self.tensors[f"{len(self.cases)}/{name}"] = np.ascontiguousarray(value).reshape(value.shape)

    def write(self):
        """Write the file; the same cases give the same bytes."""
        names = [case["name"] for case in self.cases]
        assert len(set(names)) == len(names), f"{self.path.name}: a name is there twice"
        cases = json.dumps(self.cases, separators=(",", ":"), allow_nan=False)
        header = {"__metadata__": {"keras": keras.__version__, "cases": cases}}
        data = bytearray()
        for name, value in self.tensors.items():
            begin = len(data)
            data += value.astype(value.dtype.newbyteorder("<")).tobytes()
            header[name] = {
                "dtype": DTYPES[value.dtype.name],
                "shape": list(value.shape),
                "data_offsets": [begin, len(data)],
            }
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(len(text).to_bytes(8, "little") + text + data)
        print(f"{self.path.relative_to(FOLDER)}: {len(self.cases)} cases, {len(data)} bytes")

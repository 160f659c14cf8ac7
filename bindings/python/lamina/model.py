"""`Model`: a network with its weights, to predict and to classify pictures with."""

from __future__ import annotations

import json
import operator
import os
from collections.abc import Mapping, Sequence
from ctypes import byref, c_size_t, c_uint64, sizeof
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi
from ._arrays import input_arrays, output_arrays, tensors
from ._handle import ModelHandle
from ._library import lib
from ._source import Bytes, Path, Source, path_bytes
from .errors import InvalidArgumentError
from .reading import Reading, read

if TYPE_CHECKING:
    from typing import Self

Shape = tuple[int, ...]

_MOST_THREADS = 64


class Prediction(NamedTuple):
    """One answer of a classification."""

    label: str
    """The class's label; its number where the model has no labels."""
    probability: float
    """Its probability, 0 to 1."""
    class_index: int
    """The class, from 0."""


class Model:
    """A network with its weights, labels and preprocessing; immutable.

    `Model.load` and `Model.digits` make one. Any number of threads may use it at once. Its memory
    goes when the last reference does, or at `close`, which ``with`` calls; calls that are under way
    in other threads finish first, later ones raise InvalidArgumentError.
    """

    def __init__(self, handle: ModelHandle) -> None:
        """Wrap a handle; programs use `load` or `from_config`."""
        self._handle: ModelHandle | None = handle

    @classmethod
    def load(cls, source: Path | Bytes, *, threads: int | None = None) -> Model:
        """Load a weights file, by its path or from its content (bytes are always content).

        `threads`, 1 to 64, is how many threads of the library share a batch at most; None stands
        for the number of processors that this process may use. Results do not depend on it.
        Raises FileError (an OSError), ModelFormatError (a ValueError), UnsupportedError.
        """
        count = _thread_count(threads)
        pointer = _abi.ModelPointer()
        place = Source(source)
        load = lib.lamina_model_load_file if place.is_file else lib.lamina_model_load_memory
        load(*place.arguments, byref(pointer))
        return cls(ModelHandle(pointer, count))

    @classmethod
    def digits(cls, *, threads: int | None = None) -> Model:
        """Load the model inside the library, which reads digits.

        [rows, 28, 28] gives logits, [rows, 10]; the labels are "0" to "9". `threads` is that of
        `load`.
        """
        count = _thread_count(threads)
        pointer = _abi.ModelPointer()
        lib.lamina_model_load_builtin(byref(pointer))
        return cls(ModelHandle(pointer, count))

    @classmethod
    def from_config(
        cls, config: Mapping[str, Any] | str, *, seed: int = 0, threads: int | None = None
    ) -> Model:
        """Make a model with fresh weights from what `config` gives, or its JSON.

        `seed`, 0 to 2**64 - 1, decides the weights; `threads` is that of `load`.
        Raises ModelFormatError (a ValueError), UnsupportedError.
        """
        text = config if isinstance(config, str) else json.dumps(config)
        number = operator.index(seed)
        if not 0 <= number < 1 << 64:
            raise InvalidArgumentError(f"seed: expected 0 to 2**64 - 1, got {number}")
        if "\0" in text:
            raise InvalidArgumentError("config: expected JSON, got a zero character")
        count = _thread_count(threads)
        pointer = _abi.ModelPointer()
        lib.lamina_model_create(text.encode(), number, byref(pointer))
        return cls(ModelHandle(pointer, count))

    def predict(
        self,
        x: ArrayLike | Sequence[Any],
        *,
        out: NDArray[np.float32] | Sequence[NDArray[np.float32]] | None = None,
    ) -> Any:
        """Compute the outputs for a batch: [rows, *input_shape] gives [rows, *output_shape].

        One sample without the batch axis gives its output without the batch axis. Outputs are
        what the last layer gives: logits, if it has no activation. float32, int32 and uint8 are
        read in place when C-contiguous; uint8 are pixels, which are divided by the model's
        divisor (255 for digits). Other real numbers are taken as they are, as float32.
        A model of several inputs takes a list with an array for each, all of as many rows; one of
        several outputs gives a list with an array for each.
        `out`, a float32, C-contiguous, writable array of the result's shape, receives the result
        and is returned; for several outputs, a list of such arrays.
        Raises TypeError for dtypes without a meaning here, InvalidArgumentError (a ValueError)
        for wrong shapes.
        """
        handle = self._open()
        result = handle.predict_in_place(x, out)
        if result is not None:
            return result
        batches, single = input_arrays(x, handle.input_shapes)
        rows = () if single else (len(batches[0]),)
        shapes = [(*rows, *shape) for shape in handle.output_shapes]
        results = output_arrays(out, shapes, batches)
        inputs, outputs = tensors(batches), tensors(results)
        with handle.session() as session:
            lib.lamina_session_predict(session, inputs, len(inputs), outputs, len(outputs))
        if len(results) == 1:
            return results[0]
        return results if out is None else out

    def classify_png(
        self, source: Path | Bytes, top_k: int = 1, *, max_pixels: int = 0
    ) -> list[Prediction]:
        """Classify the digit in a PNG of any kind, by its path or from its content.

        Gives the `top_k` best classes, the best first, or all if there are fewer. A picture of
        more than `max_pixels` is refused; 0 means the default, 10**9. For models of one input and
        one output.
        Raises FileError (an OSError), ImageError (a ValueError), NoDigitError (an ImageError).
        """
        handle = self._open()
        wanted = operator.index(top_k)
        if wanted < 1:
            raise InvalidArgumentError(f"top_k: expected 1 or more, got {wanted}")
        wanted = min(wanted, int(np.prod(handle.output_shapes[0])))
        found = (_abi.Prediction * wanted)()
        count = c_size_t()
        options = _png_options(max_pixels)
        place = Source(source)
        classify = (
            lib.lamina_session_classify_png_file
            if place.is_file
            else lib.lamina_session_classify_png_memory
        )
        with handle.session() as session:
            classify(session, *place.arguments, options, found, wanted, byref(count))
        return [
            Prediction(_label(handle.labels, best.class_index), best.probability, best.class_index)
            for best in found[: count.value]
        ]

    def read_png(self, source: Path | Bytes, *, max_pixels: int = 0) -> Reading:
        """Read all digits of a PNG, a line or a page, in reading order.

        Gives the text, with a space between words and a line break between lines, and each digit
        with its box, in pixels of the file's picture, and its probability. `source` and
        `max_pixels` are those of `classify_png`, and so are the errors.
        """
        handle = self._open()
        options = _png_options(max_pixels)
        place = Source(source)
        function = lib.lamina_read_png_file if place.is_file else lib.lamina_read_png_memory
        with handle.session() as session:
            return read(function, (session, *place.arguments, options), handle.labels)

    def preprocess_png(self, source: Path | Bytes, *, max_pixels: int = 0) -> NDArray[np.uint8]:
        """Give a PNG as the model sees it: uint8 of the input's shape, light digit on black.

        `predict` takes the result. Arguments and errors are those of `classify_png`.
        """
        handle = self._open()
        pixels = np.empty(handle.input_shapes[0], np.uint8)
        target = pixels.ctypes.data_as(_abi.BytePointer)
        options = _png_options(max_pixels)
        place = Source(source)
        preprocess = (
            lib.lamina_model_preprocess_png_file
            if place.is_file
            else lib.lamina_model_preprocess_png_memory
        )
        handle.call(preprocess, *place.arguments, options, target, pixels.nbytes, None)
        return pixels

    def save(self, path: Path) -> None:
        """Write the model to a weights file, atomically. Raises FileError (an OSError)."""
        self._open().call(lib.lamina_model_save_file, path_bytes(path))

    def summary(self) -> str:
        """Give the table of layers, output shapes and parameters that Keras prints."""
        return self._open().text(lib.lamina_model_summary)

    @property
    def config(self) -> dict[str, Any]:
        """The architecture as Keras's ``get_config`` describes it; `from_config` takes it."""
        config: dict[str, Any] = json.loads(self._open().text(lib.lamina_model_config))
        return config

    @property
    def input_shapes(self) -> tuple[Shape, ...]:
        """The shape of one sample of each input, without the batch axis."""
        return self._open().input_shapes

    @property
    def output_shapes(self) -> tuple[Shape, ...]:
        """The shape of one sample of each output, without the batch axis."""
        return self._open().output_shapes

    @property
    def input_shape(self) -> Shape:
        """The shape of one sample: (28, 28) for digits. For models of one input."""
        return _only(self.input_shapes, "input")

    @property
    def output_shape(self) -> Shape:
        """The shape of one sample's output: (10,) for digits. For models of one output."""
        return _only(self.output_shapes, "output")

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes' labels in order; empty when the model has none."""
        return self._open().labels

    @property
    def metadata(self) -> dict[str, str]:
        """What the weights file says beside the weights and their test vector, in its order."""
        handle = self._open()
        keys = [
            handle.text(lib.lamina_model_metadata_key, index)
            for index in range(handle.count(lib.lamina_model_metadata_count))
        ]
        return {key: handle.text(lib.lamina_model_metadata, key.encode()) for key in keys}

    @property
    def parameter_count(self) -> int:
        """The number of weights, trainable or not."""
        count = c_uint64()
        self._open().call(lib.lamina_model_parameter_count, byref(count))
        return count.value

    def close(self) -> None:
        """Give the memory back, once the calls that are under way have finished."""
        self._handle = None

    def __enter__(self) -> Self:
        """Give the model itself; leaving the block closes it."""
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the model."""
        self.close()

    def __repr__(self) -> str:
        """Say what the model takes and gives."""
        if self._handle is None:
            return "<lamina.Model, closed>"
        inputs, outputs = (
            ", ".join(str(list(shape)) for shape in shapes)
            for shapes in (self.input_shapes, self.output_shapes)
        )
        return f"<lamina.Model {inputs} -> {outputs}, {self.parameter_count:,} parameters>"

    def _open(self) -> ModelHandle:
        """Give the handle; the caller's reference keeps it alive."""
        handle = self._handle
        if handle is None:
            raise InvalidArgumentError("the model is closed")
        return handle


def _thread_count(threads: int | None) -> int:
    """Give the number of threads, or of the processors that this process may use."""
    if threads is None:
        usable = getattr(os, "sched_getaffinity", None)
        return min(len(usable(0)) if usable else os.cpu_count() or 1, _MOST_THREADS)
    number = operator.index(threads)
    if not 1 <= number <= _MOST_THREADS:
        raise InvalidArgumentError(f"threads: expected 1 to {_MOST_THREADS}, got {number}")
    return number


def _only(shapes: tuple[Shape, ...], what: str) -> Shape:
    """Give the one shape there is; raise InvalidArgumentError when there are more."""
    if len(shapes) != 1:
        raise InvalidArgumentError(f"the model has {len(shapes)} {what}s; see {what}_shapes")
    return shapes[0]


def _label(labels: tuple[str, ...], index: int) -> str:
    """Give a class's label, or its number where there is none."""
    return labels[index] if index < len(labels) else str(index)


def _png_options(max_pixels: int) -> Any:
    """Give the options for the library, or None for the defaults."""
    number = operator.index(max_pixels)
    if not 0 <= number < 1 << 64:
        raise InvalidArgumentError(f"max_pixels: expected 0 to 2**64 - 1, got {number}")
    return byref(_abi.PNGOptions(sizeof(_abi.PNGOptions), number)) if number else None

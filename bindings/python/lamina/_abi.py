"""The C interface of include/lamina.h as ctypes: constants, structs and functions.

A test holds this file against the header, name by name and type by type.
"""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_double,
    c_float,
    c_int,
    c_int32,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from typing import Any

LAMINA_VERSION = "0.1.0"
LAMINA_ABI_VERSION = 1
LAMINA_MAX_RANK = 8

LAMINA_OK = 0
LAMINA_ERROR_INVALID_ARGUMENT = 1
LAMINA_ERROR_IO = 2
LAMINA_ERROR_FORMAT = 3
LAMINA_ERROR_UNSUPPORTED = 4
LAMINA_ERROR_IMAGE = 5
LAMINA_ERROR_NO_DIGIT = 6
LAMINA_ERROR_BUFFER_TOO_SMALL = 7
LAMINA_ERROR_OUT_OF_MEMORY = 8
LAMINA_ERROR_BUSY = 9

LAMINA_FLOAT32 = 0
LAMINA_UINT8 = 1
LAMINA_INT32 = 2

LAMINA_EVENT_TRAINING_BEGAN = 1
LAMINA_EVENT_TRAINING_ENDED = 2
LAMINA_EVENT_EPOCH_BEGAN = 4
LAMINA_EVENT_EPOCH_ENDED = 8
LAMINA_EVENT_BATCH_BEGAN = 16
LAMINA_EVENT_BATCH_ENDED = 32
LAMINA_EVENT_VALIDATION_BEGAN = 64
LAMINA_EVENT_VALIDATION_ENDED = 128
LAMINA_EVENT_POLL = 256
LAMINA_EVENT_ALL = 0x7FFFFFFF

LAMINA_CONTINUE = 0
LAMINA_STOP = 1


class Model(Structure):
    """``lamina_model``, opaque."""


class Session(Structure):
    """``lamina_session``, opaque."""


class SessionOptions(Structure):
    """``lamina_session_options``."""

    _fields_ = (
        ("struct_size", c_size_t),
        ("max_batch", c_size_t),
        ("thread_count", c_size_t),
    )


class Tensor(Structure):
    """``lamina_tensor``."""

    _fields_ = (
        ("struct_size", c_size_t),
        ("dtype", c_int),
        ("rank", c_uint32),
        ("shape", c_int64 * LAMINA_MAX_RANK),
        ("data", c_void_p),
        ("capacity", c_size_t),
    )


class PNGOptions(Structure):
    """``lamina_png_options``."""

    _fields_ = (("struct_size", c_size_t), ("max_pixels", c_uint64))


class Prediction(Structure):
    """``lamina_prediction``."""

    _fields_ = (("class_index", c_int32), ("probability", c_float))


class ReadDigit(Structure):
    """``lamina_read_digit``."""

    _fields_ = (
        ("class_index", c_int32),
        ("probability", c_float),
        ("x", c_uint32),
        ("y", c_uint32),
        ("width", c_uint32),
        ("height", c_uint32),
        ("line", c_uint32),
        ("begins_word", c_uint32),
    )


class Dataset(Structure):
    """``lamina_dataset``."""

    _fields_ = (
        ("struct_size", c_size_t),
        ("inputs", POINTER(Tensor)),
        ("input_count", c_size_t),
        ("targets", POINTER(Tensor)),
        ("target_count", c_size_t),
        ("sample_weights", POINTER(c_float)),
    )


class Event(Structure):
    """``lamina_event``."""

    _fields_ = (
        ("struct_size", c_size_t),
        ("kind", c_int),
        ("reserved", c_uint32),
        ("epoch", c_uint64),
        ("epoch_count", c_uint64),
        ("batch", c_uint64),
        ("batch_count", c_uint64),
        ("batch_loss", c_double),
        ("value_count", c_size_t),
        ("names", POINTER(c_char_p)),
        ("values", POINTER(c_double)),
    )


EventCallback = CFUNCTYPE(c_int, POINTER(Event), c_void_p)


class FitOptions(Structure):
    """``lamina_fit_options``."""

    _fields_ = (
        ("struct_size", c_size_t),
        ("batch_size", c_size_t),
        ("epochs", c_size_t),
        ("initial_epoch", c_size_t),
        ("steps_per_epoch", c_size_t),
        ("validation", POINTER(Dataset)),
        ("validation_split", c_double),
        ("class_weights", POINTER(c_float)),
        ("class_weight_count", c_size_t),
        ("keeps_order", c_uint32),
        ("event_kinds", c_uint32),
        ("callback", EventCallback),
        ("context", c_void_p),
        ("callbacks_json", c_char_p),
    )


Status = c_int
ModelPointer = POINTER(Model)
SessionPointer = POINTER(Session)
SizePointer = POINTER(c_size_t)
BytePointer = POINTER(c_uint8)

_TEXT = (c_char_p, c_size_t, SizePointer)
_SHAPE = (ModelPointer, c_size_t, POINTER(c_int64), c_size_t, SizePointer)
_PREDICTIONS = (POINTER(PNGOptions), POINTER(Prediction), c_size_t, SizePointer)
_READING = (POINTER(PNGOptions), *_TEXT, POINTER(ReadDigit), c_size_t, SizePointer)
_FIGURES = (POINTER(c_double), c_size_t, SizePointer)
_PIXELS = (POINTER(PNGOptions), BytePointer, c_size_t, SizePointer)

# The result and the arguments of each function, in the order of the header.
FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "lamina_version": (c_char_p, ()),
    "lamina_abi_version": (c_uint32, ()),
    "lamina_status_name": (c_char_p, (Status,)),
    "lamina_last_error_message": (c_char_p, ()),
    "lamina_model_load_file": (Status, (c_char_p, POINTER(ModelPointer))),
    "lamina_model_load_memory": (Status, (c_void_p, c_size_t, POINTER(ModelPointer))),
    "lamina_model_load_builtin": (Status, (POINTER(ModelPointer),)),
    "lamina_model_create": (Status, (c_char_p, c_uint64, POINTER(ModelPointer))),
    "lamina_model_save_file": (Status, (ModelPointer, c_char_p)),
    "lamina_model_save_memory": (Status, (ModelPointer, c_void_p, c_size_t, SizePointer)),
    "lamina_model_free": (None, (ModelPointer,)),
    "lamina_model_parameter_count": (Status, (ModelPointer, POINTER(c_uint64))),
    "lamina_model_input_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_output_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_input_shape": (Status, _SHAPE),
    "lamina_model_output_shape": (Status, _SHAPE),
    "lamina_model_label_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_label": (Status, (ModelPointer, c_size_t, *_TEXT)),
    "lamina_model_summary": (Status, (ModelPointer, *_TEXT)),
    "lamina_model_config": (Status, (ModelPointer, *_TEXT)),
    "lamina_model_metadata_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_metadata_key": (Status, (ModelPointer, c_size_t, *_TEXT)),
    "lamina_model_metadata": (Status, (ModelPointer, c_char_p, *_TEXT)),
    "lamina_model_set_metadata": (Status, (ModelPointer, c_char_p, c_char_p)),
    "lamina_model_layer_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_layer_name": (Status, (ModelPointer, c_size_t, *_TEXT)),
    "lamina_model_set_layer_trainable": (Status, (ModelPointer, c_char_p, c_int32)),
    "lamina_session_create": (
        Status,
        (ModelPointer, POINTER(SessionOptions), POINTER(SessionPointer)),
    ),
    "lamina_session_free": (None, (SessionPointer,)),
    "lamina_session_predict": (
        Status,
        (SessionPointer, POINTER(Tensor), c_size_t, POINTER(Tensor), c_size_t),
    ),
    "lamina_session_predict_float32": (
        Status,
        (SessionPointer, POINTER(c_float), c_size_t, POINTER(c_float), c_size_t),
    ),
    "lamina_session_classify_png_file": (Status, (SessionPointer, c_char_p, *_PREDICTIONS)),
    "lamina_session_classify_png_memory": (
        Status,
        (SessionPointer, c_void_p, c_size_t, *_PREDICTIONS),
    ),
    "lamina_model_preprocess_png_file": (Status, (ModelPointer, c_char_p, *_PIXELS)),
    "lamina_model_preprocess_png_memory": (Status, (ModelPointer, c_void_p, c_size_t, *_PIXELS)),
    "lamina_read_png_file": (Status, (SessionPointer, c_char_p, *_READING)),
    "lamina_read_png_memory": (Status, (SessionPointer, c_void_p, c_size_t, *_READING)),
    "lamina_model_compile": (Status, (ModelPointer, c_char_p)),
    "lamina_model_metric_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_metric_name": (Status, (ModelPointer, c_size_t, *_TEXT)),
    "lamina_model_set_seed": (Status, (ModelPointer, c_uint64)),
    "lamina_model_set_thread_count": (Status, (ModelPointer, c_size_t)),
    "lamina_model_fit": (Status, (ModelPointer, POINTER(Dataset), POINTER(FitOptions))),
    "lamina_model_history": (Status, (ModelPointer, *_TEXT)),
    "lamina_model_evaluate": (Status, (ModelPointer, POINTER(Dataset), c_size_t, *_FIGURES)),
    "lamina_model_train_on_batch": (Status, (ModelPointer, POINTER(Dataset), *_FIGURES)),
    "lamina_model_compute_gradients": (
        Status,
        (ModelPointer, POINTER(Dataset), POINTER(c_float), c_size_t, *_FIGURES),
    ),
    "lamina_model_apply_gradients": (Status, (ModelPointer, POINTER(c_float), c_size_t)),
    "lamina_model_trainable_count": (Status, (ModelPointer, POINTER(c_uint64))),
    "lamina_model_get_parameters": (
        Status,
        (ModelPointer, POINTER(c_float), c_size_t, SizePointer),
    ),
    "lamina_model_set_parameters": (Status, (ModelPointer, POINTER(c_float), c_size_t)),
    "lamina_model_variable_count": (Status, (ModelPointer, SizePointer)),
    "lamina_model_variable_name": (Status, (ModelPointer, c_size_t, *_TEXT)),
    "lamina_model_variable_shape": (Status, _SHAPE),
    "lamina_model_variable_place": (
        Status,
        (ModelPointer, c_size_t, POINTER(c_uint64), POINTER(c_uint64), POINTER(c_int32)),
    ),
    "lamina_model_learning_rate": (Status, (ModelPointer, POINTER(c_float))),
    "lamina_model_set_learning_rate": (Status, (ModelPointer, c_float)),
    "lamina_model_save_checkpoint": (Status, (ModelPointer, c_char_p)),
    "lamina_model_restore_checkpoint": (Status, (ModelPointer, c_char_p)),
}

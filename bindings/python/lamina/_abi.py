"""The C interface of include/lamina.h as ctypes: constants, structs and functions.

A test holds this file against the header, name by name and type by type.
"""

from __future__ import annotations

from ctypes import (
    POINTER,
    Structure,
    c_char_p,
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


Status = c_int
ModelPointer = POINTER(Model)
SessionPointer = POINTER(Session)
SizePointer = POINTER(c_size_t)
BytePointer = POINTER(c_uint8)

_TEXT = (c_char_p, c_size_t, SizePointer)
_SHAPE = (ModelPointer, c_size_t, POINTER(c_int64), c_size_t, SizePointer)
_PREDICTIONS = (POINTER(PNGOptions), POINTER(Prediction), c_size_t, SizePointer)
_READING = (POINTER(PNGOptions), *_TEXT, POINTER(ReadDigit), c_size_t, SizePointer)
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
}

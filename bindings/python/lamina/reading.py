"""What `Model.read_png` gives: the digits of a line or a page."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import byref, c_size_t, create_string_buffer
from typing import Any, NamedTuple

from . import _abi
from .errors import BufferTooSmallError

# Enough for most pages at the first call; the library says what the others need.
_DIGITS = 512
_TEXT = 4 * _DIGITS


class Box(NamedTuple):
    """A rectangle, in pixels of the file's picture."""

    left: int
    top: int
    width: int
    height: int


class ReadDigit(NamedTuple):
    """A digit of a page."""

    label: str
    """The class's label; its number where the model has no labels."""
    probability: float
    """Its probability, 0 to 1."""
    box: Box
    """Where it stands."""
    line: int
    """The line that it stands in, from 0 at the top."""
    begins_word: bool
    """Whether it is the first of its line or stands behind a wide gap."""
    class_index: int
    """The class, from 0."""


class Reading(NamedTuple):
    """The digits of a line or a page, in reading order."""

    text: str
    """Their labels, with a space between words and a line break between lines."""
    digits: tuple[ReadDigit, ...]
    """Each of them."""


def read(function: Any, arguments: Sequence[Any], labels: Sequence[str]) -> Reading:
    """Call one of the library's reading functions, a second time where there is much to read."""
    text, digits = create_string_buffer(_TEXT), (_abi.ReadDigit * _DIGITS)()
    needed, count = c_size_t(), c_size_t()

    def call() -> None:
        results = (text, len(text), byref(needed), digits, len(digits), byref(count))
        function(*arguments, *results)

    try:
        call()
    except BufferTooSmallError:
        text = create_string_buffer(needed.value)
        digits = (_abi.ReadDigit * count.value)()
        call()
    return Reading(
        text.value.decode(), tuple(_read_digit(digit, labels) for digit in digits[: count.value])
    )


def _read_digit(digit: _abi.ReadDigit, labels: Sequence[str]) -> ReadDigit:
    index = digit.class_index
    return ReadDigit(
        labels[index] if index < len(labels) else str(index),
        digit.probability,
        Box(digit.x, digit.y, digit.width, digit.height),
        digit.line,
        bool(digit.begins_word),
        index,
    )

"""What the library's status codes are in Python."""

from __future__ import annotations

from . import _abi


class LaminaError(Exception):
    """Anything that the library refuses; `status` is the ``lamina_status`` behind it.

    The message is the library's own: what was expected, what came, and where.
    """

    status = -1

    def __init__(self, message: str, status: int | None = None) -> None:
        """Take the message and, where the class has no status of its own, the status."""
        super().__init__(message)
        if status is not None:
            self.status = status


class InvalidArgumentError(LaminaError, ValueError):
    """An argument is out of range or does not fit the model."""

    status = _abi.LAMINA_ERROR_INVALID_ARGUMENT


class FileError(LaminaError, OSError):
    """A file cannot be opened, read or written."""

    status = _abi.LAMINA_ERROR_IO


class ModelFormatError(LaminaError, ValueError):
    """A weights file or a configuration is damaged."""

    status = _abi.LAMINA_ERROR_FORMAT


class UnsupportedError(LaminaError):
    """A weights file or a configuration asks for what this version lacks."""

    status = _abi.LAMINA_ERROR_UNSUPPORTED


class ImageError(LaminaError, ValueError):
    """A picture is no PNG, is damaged, or has more pixels than allowed."""

    status = _abi.LAMINA_ERROR_IMAGE


class NoDigitError(ImageError):
    """A picture is blank: there is no digit in it."""

    status = _abi.LAMINA_ERROR_NO_DIGIT


class BufferTooSmallError(LaminaError):
    """A buffer cannot hold the result; `Model` sizes its own, so this is a defect."""

    status = _abi.LAMINA_ERROR_BUFFER_TOO_SMALL


class OutOfMemoryError(LaminaError, MemoryError):
    """Memory ran out in the library."""

    status = _abi.LAMINA_ERROR_OUT_OF_MEMORY


class BusyError(LaminaError):
    """The model is being trained by another call."""

    status = _abi.LAMINA_ERROR_BUSY


_BY_STATUS: dict[int, type[LaminaError]] = {
    error.status: error
    for error in (
        InvalidArgumentError,
        FileError,
        ModelFormatError,
        UnsupportedError,
        ImageError,
        NoDigitError,
        BufferTooSmallError,
        OutOfMemoryError,
        BusyError,
    )
}


def error_for_status(status: int, message: str) -> LaminaError:
    """Make the exception for `status`; a number of a newer library gives a LaminaError."""
    return _BY_STATUS.get(status, LaminaError)(message, status)

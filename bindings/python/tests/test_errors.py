"""Status codes as exceptions."""

from __future__ import annotations

import pickle

import pytest

import lamina
from lamina import _abi
from lamina._library import lib
from lamina.errors import error_for_status

STATUSES = {name: value for name, value in vars(_abi).items() if name.startswith("LAMINA_ERROR_")}
BUILT_IN = [
    (lamina.InvalidArgumentError, ValueError),
    (lamina.FileError, OSError),
    (lamina.ModelFormatError, ValueError),
    (lamina.ImageError, ValueError),
    (lamina.NoDigitError, lamina.ImageError),
    (lamina.OutOfMemoryError, MemoryError),
]


@pytest.mark.parametrize("name", STATUSES)
def test_every_status_has_its_exception(name: str) -> None:
    """One class a status, with the message, the number and the library's name for it."""
    error = error_for_status(STATUSES[name], "what happened")
    assert type(error) is not lamina.LaminaError
    assert isinstance(error, lamina.LaminaError)
    assert (str(error), error.status) == ("what happened", STATUSES[name])
    assert type(error).status == STATUSES[name]
    assert lib.lamina_status_name(error.status).decode() == name


@pytest.mark.parametrize(("error", "parent"), BUILT_IN)
def test_exceptions_fit_pythons_own(error: type[Exception], parent: type[Exception]) -> None:
    """Programs may catch what Python itself would raise."""
    assert issubclass(error, parent)


def test_a_status_of_a_newer_library() -> None:
    """A number that is not known gives the base class."""
    error = error_for_status(1234, "something new")
    assert type(error) is lamina.LaminaError
    assert error.status == 1234


def test_exceptions_travel_between_processes() -> None:
    """Message and status survive pickling."""
    for status in (*STATUSES.values(), 1234):
        error = error_for_status(status, "what happened")
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), str(copy), copy.status) == (type(error), "what happened", status)

"""The ctypes declarations say what include/lamina.h says, name by name and type by type."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from typing import Any

import pytest

from lamina import _abi

HEADER = Path(__file__).resolve().parents[3] / "include" / "lamina.h"
SOURCE = re.sub(r"/\*.*?\*/", " ", HEADER.read_text(encoding="utf-8"), flags=re.DOTALL)

STRUCTS: dict[str, type[ctypes.Structure]] = {
    "lamina_model": _abi.Model,
    "lamina_session": _abi.Session,
    "lamina_session_options": _abi.SessionOptions,
    "lamina_tensor": _abi.Tensor,
    "lamina_png_options": _abi.PNGOptions,
    "lamina_prediction": _abi.Prediction,
    "lamina_read_digit": _abi.ReadDigit,
    "lamina_dataset": _abi.Dataset,
    "lamina_event": _abi.Event,
    "lamina_fit_options": _abi.FitOptions,
}
VALUES: dict[str, Any] = {
    "lamina_status": ctypes.c_int,
    "lamina_dtype": ctypes.c_int,
    "lamina_event_kind": ctypes.c_int,
    "lamina_event_callback": _abi.EventCallback,
    "float": ctypes.c_float,
    "double": ctypes.c_double,
    "size_t": ctypes.c_size_t,
    "int32_t": ctypes.c_int32,
    "int64_t": ctypes.c_int64,
    "uint8_t": ctypes.c_uint8,
    "uint32_t": ctypes.c_uint32,
    "uint64_t": ctypes.c_uint64,
    **STRUCTS,
}


def ctype(text: str) -> Any:
    """Give the ctypes type of a C type such as ``const lamina_model *``."""
    stars = text.count("*")
    (name,) = set(text.replace("*", " ").split()) - {"const"}
    if name in {"void", "char"}:
        assert stars or name == "void"
        result = {"char": ctypes.c_char_p, "void": ctypes.c_void_p if stars else None}[name]
        return ctypes.POINTER(result) if stars > 1 else result
    result = VALUES[name]
    for _ in range(stars):
        result = ctypes.POINTER(result)
    return result


def declared(text: str) -> tuple[str, Any]:
    """Split ``int64_t shape[LAMINA_MAX_RANK]`` or ``size_t *count`` into name and ctypes type."""
    match = re.fullmatch(r"\s*(.*?[\s*])(\w+)\s*(?:\[(\w+)\])?\s*", text, re.DOTALL)
    assert match, text
    kind = ctype(match[1])
    return match[2], kind * getattr(_abi, match[3]) if match[3] else kind


def functions() -> dict[str, tuple[Any, list[Any]]]:
    """List the header's functions: result, arguments."""
    found = {}
    for result, name, arguments in re.findall(
        r"^((?:const )?\w+[\s*]+)(lamina_\w+)\(([^)]*)\);", SOURCE, re.MULTILINE
    ):
        parts = [] if arguments.strip() == "void" else arguments.split(",")
        found[name] = (ctype(result), [declared(part)[1] for part in parts])
    return found


HEADER_FUNCTIONS = functions()


def test_every_function_is_declared_in_the_headers_order() -> None:
    """Nothing is missing, nothing is made up."""
    assert set(re.findall(r"\b(lamina_\w+)\s*\((?!\*)", SOURCE)) == set(HEADER_FUNCTIONS)
    assert list(_abi.FUNCTIONS) == list(HEADER_FUNCTIONS)


@pytest.mark.parametrize("name", HEADER_FUNCTIONS)
def test_function_types(name: str) -> None:
    """Result and arguments are the header's."""
    result, arguments = HEADER_FUNCTIONS[name]
    assert _abi.FUNCTIONS[name][0] is result
    assert list(_abi.FUNCTIONS[name][1]) == arguments


def test_every_struct_is_declared() -> None:
    """All structs of the header, opaque ones too, have a class."""
    assert set(re.findall(r"struct (\w+)", SOURCE)) == set(STRUCTS)


@pytest.mark.parametrize("name", STRUCTS)
def test_struct_fields(name: str) -> None:
    """Fields have the header's names, types and order; opaque structs have none."""
    body = re.search(rf"struct {name} \{{(.*?)\}}", SOURCE, re.DOTALL)
    expected = [declared(part) for part in body[1].split(";") if part.strip()] if body else []
    assert list(getattr(STRUCTS[name], "_fields_", ())) == expected


def test_enumerators() -> None:
    """Every enumerator of the header is there with its value, and no other."""
    found = re.findall(r"(LAMINA_\w+) = (\w+)", SOURCE)
    expected = {name: int(value, 0) for name, value in found}
    bodies = re.findall(r"enum \w+ \{(.*?)\}", SOURCE, re.DOTALL)
    assert sum(len([part for part in body.split(",") if part.strip()]) for body in bodies) == len(
        expected
    )
    macros = {"LAMINA_VERSION", "LAMINA_ABI_VERSION", "LAMINA_MAX_RANK"}
    given = {name: value for name, value in vars(_abi).items() if name.startswith("LAMINA_")}
    assert {name: value for name, value in given.items() if name not in macros} == expected


def test_callback() -> None:
    """The callback's type is the header's."""
    assert "typedef lamina_decision (*lamina_event_callback)(const lamina_event *event, " in SOURCE
    assert _abi.EventCallback._restype_ is ctypes.c_int
    assert tuple(_abi.EventCallback._argtypes_) == (ctypes.POINTER(_abi.Event), ctypes.c_void_p)


def test_macros() -> None:
    """The macros that are values are there."""
    macros = dict(re.findall(r"^#define (LAMINA_\w+) (\S+)$", SOURCE, re.MULTILINE))
    expected = {name: value.strip('"') for name, value in macros.items()}
    assert expected == {
        "LAMINA_VERSION": _abi.LAMINA_VERSION,
        "LAMINA_ABI_VERSION": str(_abi.LAMINA_ABI_VERSION),
        "LAMINA_MAX_RANK": str(_abi.LAMINA_MAX_RANK),
    }

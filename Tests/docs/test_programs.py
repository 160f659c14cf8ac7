"""The programs of the documentation print what it says, and its pictures show what they compute.

$LAMINA_DOCUMENTATION names the package that ``make test-docs`` built of them; by default it is
build/docs. MNIST must be where ``make data`` puts it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from programs import ROOT, Program, executable, programs

PACKAGE = Path(os.environ.get("LAMINA_DOCUMENTATION") or ROOT / "build/docs").resolve()
PAGE = "docs/from-neuron-to-network.md"
PICTURES = ROOT / "docs/pictures"

# Processors round sums differently, and training makes more of it. Whole numbers must agree.
TOLERANCE = 0.02
# How far numbers of the pictures may be off: what a network answers, where it doubts, more.
PICTURE_TOLERANCES = {"batch_losses": 0.05, "xor_regions": 0.1, "digits": 0.2}


def differences(actual: Any, expected: Any, tolerance: float) -> list[str]:
    """Say where two values of JSON differ by more than the tolerance."""
    if isinstance(expected, float) and isinstance(actual, float):
        close = abs(actual - expected) <= tolerance
        return [] if close else [f"{actual} is not {expected} within {tolerance}"]
    pairs: list[tuple[Any, Any]] = []
    if isinstance(expected, dict) and isinstance(actual, dict) and actual.keys() == expected.keys():
        pairs = [(actual[key], expected[key]) for key in expected]
    elif isinstance(expected, list) and isinstance(actual, list) and len(actual) == len(expected):
        pairs = list(zip(actual, expected, strict=True))
    elif actual != expected:
        return [f"{actual!r} is not {expected!r}"]
    return [text for pair in pairs for text in differences(*pair, tolerance)]


def parts(text: str) -> list[float | str]:
    """Split text into numbers with a decimal point, and what is between them."""
    pieces = re.split(r"(-?\d+\.\d+)", text)
    return [float(piece) if index % 2 else piece for index, piece in enumerate(pieces)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all programs run, since one reads the file that another one saved."""
    return tmp_path_factory.mktemp("programs")


@pytest.mark.parametrize("program", programs(PAGE), ids=lambda program: program.name)
def test_program_prints_what_its_page_shows(program: Program, folder: Path) -> None:
    """Word for word, numbers with a decimal point within the tolerance."""
    output = program.run(PACKAGE, folder)
    assert differences(parts(output), parts(program.output or ""), TOLERANCE) == [], output


def test_readme_promises_no_more_than_its_program_reaches(folder: Path) -> None:
    """The first program of README trains the network, and prints its accuracy."""
    program = programs("README.md")[0]
    assert float(program.run(PACKAGE, folder)) > 0.97
    assert (folder / "mnist.safetensors").stat().st_size > 400_000


def test_every_program_of_the_page_has_its_output() -> None:
    """Nothing on the page is left to belief."""
    found = programs(PAGE)
    assert len(found) == (ROOT / PAGE).read_text(encoding="utf-8").count("```swift\n")
    assert [program.name for program in found if not program.output] == []


@pytest.mark.parametrize("other", ["loss 0.53", "loss 0.50 ", "gain 0.50", "loss 1", "loss 0.5\n1"])
def test_another_output_is_a_difference(other: str) -> None:
    """What the comparison is for."""
    assert differences(parts("loss 0.50"), parts("loss 0.51"), TOLERANCE) == []
    assert differences(parts(other), parts("loss 0.50"), TOLERANCE) != []


def test_pictures_show_the_numbers_that_are_kept(tmp_path: Path) -> None:
    """Drawn again they are the same, byte for byte; each is small, well-formed and on the page."""
    subprocess.run([sys.executable, PICTURES / "draw.py", tmp_path], check=True)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    # The benchmark draws its own.
    kept = {path.name for path in PICTURES.glob("*.svg")} - {"performance.svg"}
    assert drawn == sorted(kept)
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    for name in drawn:
        assert (tmp_path / name).read_bytes() == (PICTURES / name).read_bytes(), name
        assert (PICTURES / name).stat().st_size < 30_000, name
        assert ET.parse(PICTURES / name).getroot().tag == "{http://www.w3.org/2000/svg}svg"
        assert f"](pictures/{name})" in page


def test_kept_numbers_are_what_the_networks_give() -> None:
    """The numbers that the pictures show are those of today's library."""
    command = [executable(PACKAGE, "numbers")]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    actual = json.loads(output)
    expected = json.loads((PICTURES / "numbers.json").read_text(encoding="utf-8"))
    assert actual.keys() == expected.keys()
    for key, values in expected.items():
        tolerance = PICTURE_TOLERANCES.get(key, TOLERANCE)
        assert differences(actual[key], values, tolerance) == [], key

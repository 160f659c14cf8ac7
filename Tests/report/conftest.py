"""The pages that are looked at, and the browser that shows them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "png-classify"))

from browser import Browser, installed_browser
from program import data_folder, run
from reference import Figures, dense_figures, mnist_test


@dataclass
class Report:
    """A page, and what it must say."""

    path: Path
    accuracy: str
    confusion: list[list[int]]
    picture_count: int


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser for all tests."""
    program = installed_browser()
    if program is None:
        pytest.skip("there is no chromium")
    browser = Browser(program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty folder for networks and pages."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def digits(folder: Path) -> Report:
    """Measure a network on MNIST."""
    model, page = folder / "mnist.safetensors", folder / "mnist.html"
    training = run("train", "--epochs", "2", "--seed", "1", "--output", model)
    assert training.status == 0, training.err
    result = run("evaluate", "--model", model, "--report", page)
    assert result.status == 0, result.err
    figures: Figures = dense_figures(model)
    return Report(page, f"{100 * figures.accuracy:.2f} %", figures.confusion.tolist(), 42)


@pytest.fixture(scope="session")
def scans(folder: Path, digits: Report) -> Path:
    """Measure it on files, of which one shows nothing and one is no picture."""
    images, labels = mnist_test()
    data = folder / "scans with a name that is long enough to need more than one line"
    for index in range(60):
        file = data / str(labels[index]) / f"a-name-without-any-space-{'x' * 60}-{index}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        digit = Image.fromarray(255 - images[index]).resize((60, 40)).rotate(30, fillcolor=255)
        picture = Image.new("L", (400, 90), 255)
        picture.paste(digit, (220, 20))
        picture.save(file)
    Image.new("L", (9, 300), 255).save(data / "1/blank.png")
    (data / "2/broken.png").write_bytes(b"no picture")
    page = folder / "scans.html"
    model = digits.path.with_suffix(".safetensors")
    result = run("evaluate", "--model", model, "--data", data, "--report", page)
    assert result.status == 1, result.err
    return page


@pytest.fixture(scope="session")
def clothes(folder: Path) -> Path:
    """Measure a network on clothes, whose labels are long."""
    if not (data_folder("fashion-mnist") / "train-images-idx3-ubyte").exists():
        pytest.skip("Fashion-MNIST is not there (make data gets it)")
    model, page = folder / "fashion.safetensors", folder / "fashion.html"
    data = ["--data", "fashion-mnist", "--batch-size", "512"]
    assert run("train", *data, "--epochs", "1", "--output", model).status == 0
    result = run("evaluate", *data[:2], "--model", model, "--report", page)
    assert result.status == 0, result.err
    return page


@pytest.fixture(scope="session")
def curves(folder: Path) -> Path:
    """Draw the curves of a training."""
    page = folder / "curves.html"
    options = ["--epochs", "31", "--batch-size", "8192", "--output", folder / "x.safetensors"]
    assert run("train", *options, "--curves", page).status == 0
    return page

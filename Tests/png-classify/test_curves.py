"""What `png-classify train --curves` draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from program import run
from test_report import Page

QUICK = ["--batch-size", "2048", "--seed", "3"]
BLUE = (0x1F, 0x6F, 0xC5)


@pytest.mark.parametrize("epochs", [1, 4])
def test_curves_are_drawn_as_a_picture(tmp_path: Path, epochs: int) -> None:
    """A line for the loss, which falls, and one for the accuracy, which rises."""
    output, curves = tmp_path / "x.safetensors", tmp_path / "curves.png"
    options = ["--epochs", str(epochs), "--output", output, "--curves", curves]
    result = run("train", *QUICK, *options)
    assert result.status == 0
    assert result.out.splitlines()[1:] == [f"Saved {output}", f"Saved {curves}"]
    drawing = Image.open(curves)
    half = drawing.width // 2
    for side, rises in [(0, False), (half, True)]:
        part = drawing.crop((side, 0, side + half, drawing.height))
        pixels = part.load()
        heights = {
            x: [y for y in range(part.height) if pixels[x, y] == BLUE] for x in range(part.width)
        }
        line = {x: sum(ys) / len(ys) for x, ys in heights.items() if ys}
        if epochs == 1:
            assert max(line) - min(line) < 10
            continue
        assert max(line) - min(line) > 400
        assert (line[min(line)] > line[max(line)]) == rises


def test_curves_are_a_page_where_the_name_says_so(tmp_path: Path) -> None:
    """The page has the numbers of each epoch, and the network is the same as without."""
    output, curves = tmp_path / "x.safetensors", tmp_path / "curves.html"
    options = ["--epochs", "3", "--output", output]
    result = run("train", *QUICK, *options, "--curves", curves)
    assert result.status == 0
    page = Page(curves)
    rows = page.table("epoch", "loss", "accuracy")
    lines = re.findall(r"loss: ([\d.]+) - accuracy: ([\d.]+)", result.err)
    assert [row[1] for row in rows] == [loss for loss, _ in lines]
    assert "Training of x.safetensors" in page.text
    assert result.out.splitlines()[0] in page.text
    again = tmp_path / "y.safetensors"
    run("train", *QUICK, "--epochs", "3", "--output", again)
    assert again.read_bytes() == output.read_bytes()


def test_curves_that_cannot_be_written_stop_before_training(tmp_path: Path) -> None:
    """No epoch is lost on it."""
    (tmp_path / "folder.png").mkdir()
    output = tmp_path / "x.safetensors"
    for place in [tmp_path / "folder.png", tmp_path / "missing/x.png", Path("/dev/null")]:
        result = run("train", "--epochs", "1000", "--output", output, "--curves", place)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"png-classify: {place}: cannot be written: ")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]
    for value, message in [("", "--curves is empty"), (str(output), "are the same file")]:
        result = run("train", "--output", output, "--curves", value)
        assert (result.status, result.out) == (64, "")
        assert message in result.err

"""What `png-classify explain` draws."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image
from program import DAMAGED, DIGITS, SEVEN, functional, layer, run, write_model

# Where things are drawn: the squares' left edges, their upper edge and their side.
LEFT = [48, 344, 640, 936]
TOP = 128
SIDE = 252
BARS = 476
BLUE = (0x1F, 0x6F, 0xC5)
TRACK = (0xEF, 0xF2, 0xF6)


def explained(model: Path, picture: Path, output: Path, status: int = 0) -> Image.Image:
    """Explain a picture, and open what was drawn."""
    result = run("explain", "--model", model, picture, "--output", output)
    assert result.status == status, result.err
    return Image.open(output)


def panel(drawing: Image.Image, number: int) -> Image.Image:
    """Cut a square out, without its frame."""
    left = LEFT[number]
    return drawing.crop((left + 2, TOP + 2, left + SIDE - 2, TOP + SIDE - 2))


def is_lettered(drawing: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Say whether there is dark text in a part that is light otherwise."""
    extrema = drawing.crop(box).convert("L").getextrema()
    return extrema[0] < 130 and extrema[1] > 200


def test_the_last_panel_is_what_the_network_sees(model: Path, tmp_path: Path) -> None:
    """A picture of MNIST's form goes through as it is, each pixel as nine by nine."""
    drawing = explained(model, SEVEN, tmp_path / "steps.png")
    assert drawing.mode == "RGB"
    seen = drawing.crop((LEFT[3], TOP, LEFT[3] + SIDE, TOP + SIDE)).convert("L")
    middles = [[seen.getpixel((9 * x + 4, 9 * y + 4)) for x in range(28)] for y in range(28)]
    original = Image.open(SEVEN).convert("L")
    assert middles == [[original.getpixel((x, y)) for x in range(28)] for y in range(28)]


def test_the_answer_is_that_of_classify(model: Path, tmp_path: Path) -> None:
    """Name, label and probability are the same, and the file is named."""
    for picture in sorted(DIGITS.glob("*.png")):
        output = tmp_path / "steps.png"
        result = run("explain", "--model", model, picture, "--output", output)
        assert (result.status, result.err) == (0, "")
        answer, saved = result.out.splitlines()
        classified = run("--model", model, picture).out.rstrip("\n")
        assert re.sub(" +", " ", answer) == re.sub(" +", " ", classified)
        assert saved == f"Saved {output}"


def test_it_has_captions_and_a_bar_for_each_label(model: Path, tmp_path: Path) -> None:
    """The first bar is as long as the first label is probable, and all have figures."""
    drawing = explained(model, DIGITS / "9-large.png", tmp_path / "steps.png")
    width, height = drawing.size
    assert is_lettered(drawing, (40, 30, width, 110))
    for left in LEFT:
        assert is_lettered(drawing, (left, TOP + SIDE + 10, left + SIDE, TOP + SIDE + 60))
    for row in range(10):
        top = BARS + 30 * row
        assert is_lettered(drawing, (40, top, 70, top + 30))
        assert is_lettered(drawing, (width - 110, top, width, top + 30))
    assert height == BARS + 300 + 48
    row = [drawing.getpixel((x, BARS + 15)) for x in range(width)]
    track = [drawing.getpixel((x, BARS + 30 * 4 + 15)) for x in range(width)].count(TRACK)
    answer = run("--model", model, DIGITS / "9-large.png").out
    probability = float(re.search(r"([\d.]+) %", answer)[1]) / 100
    assert track > 900
    assert row.count(BLUE) == pytest.approx(probability * track, abs=6)


@pytest.mark.parametrize(
    ("size", "at", "side"),
    [((60, 900), (5, 700), 50), ((900, 50), (800, 3), 44), ((1000, 1000), (100, 150), 700)],
)
def test_pictures_of_any_shape_keep_it(
    model: Path, tmp_path: Path, size: tuple[int, int], at: tuple[int, int], side: int
) -> None:
    """Tall, wide and large ones lie in the middle of their square."""
    picture = Image.new("L", size, 255)
    digit = Image.open(SEVEN).convert("L").point(lambda grey: 255 - grey)
    picture.paste(digit.resize((side, side), Image.Resampling.BICUBIC), at)
    picture.save(tmp_path / "picture.png")
    drawing = explained(model, tmp_path / "picture.png", tmp_path / "steps.png")
    ink = panel(drawing, 1).convert("L").point(lambda grey: 255 if grey < 40 else 0)
    left, top, right, bottom = ink.getbbox()
    expected = (SIDE * min(1, size[0] / size[1]), SIDE * min(1, size[1] / size[0]))
    assert right - left == pytest.approx(expected[0], abs=6)
    assert bottom - top == pytest.approx(expected[1], abs=6)
    assert (left + right) / 2 == pytest.approx(SIDE / 2 - 2, abs=2)
    assert (top + bottom) / 2 == pytest.approx(SIDE / 2 - 2, abs=2)


def test_colours_are_kept(model: Path, tmp_path: Path) -> None:
    """The picture and its box have them, the ink has none."""
    drawing = explained(model, DIGITS / "2-coloured-ink.png", tmp_path / "steps.png")

    def colourfulness(number: int) -> int:
        """Give the largest difference between a pixel's channels."""
        colours = panel(drawing, number).getcolors(1 << 20)
        return max(max(colour) - min(colour) for _, colour in colours)

    assert colourfulness(0) > 80
    assert colourfulness(2) > 80
    assert max(colourfulness(1), colourfulness(3)) == 0


def test_the_box_is_where_the_digit_is(model: Path, tmp_path: Path) -> None:
    """Of a large picture what is near is seen, with the digit in the middle of it."""
    picture = Image.new("L", (2400, 1600), 255)
    digit = Image.open(SEVEN).convert("L").point(lambda grey: 255 - grey)
    picture.paste(digit.resize((200, 200), Image.Resampling.BICUBIC), (1500, 300))
    picture.save(tmp_path / "picture.png")
    drawing = explained(model, tmp_path / "picture.png", tmp_path / "steps.png")
    box = panel(drawing, 2)
    orange = [
        (x, y)
        for x in range(box.width)
        for y in range(box.height)
        if box.getpixel((x, y)) == (0xD9, 0x48, 0x0F)
    ]
    left, right = min(x for x, _ in orange), max(x for x, _ in orange)
    top, bottom = min(y for _, y in orange), max(y for _, y in orange)
    # A third of the panel, as high as it is wide or higher, as a seven is.
    assert 60 < right - left <= bottom - top < 110
    assert (left + right) / 2 == pytest.approx(box.width / 2, abs=4)
    assert (top + bottom) / 2 == pytest.approx(box.height / 2, abs=4)
    ink = box.crop((left + 4, top + 4, right - 3, bottom - 3)).convert("L")
    assert ink.getextrema()[0] < 60


@pytest.mark.parametrize("size", [(1, 1), (300, 100)])
def test_a_picture_without_a_digit_is_drawn_with_the_reason(
    model: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The status is that of a file that has no answer."""
    picture = tmp_path / "blank.png"
    Image.new("RGB", size, (90, 140, 60)).save(picture)
    output = tmp_path / "steps.png"
    result = run("explain", "--model", model, picture, "--output", output)
    assert result.status == run("--model", model, picture).status != 0
    assert result.out == f"Saved {output}\n"
    assert result.err.startswith(f"png-classify: {picture}: no digit found: ")
    drawing = Image.open(output)
    assert is_lettered(drawing, (40, BARS, drawing.width, drawing.height))
    assert is_lettered(drawing, (40, 60, 400, 110))


def test_standard_input_is_explained(model: Path, tmp_path: Path) -> None:
    """Its bytes give the same picture but for the name."""
    output = tmp_path / "steps.png"
    options = ["explain", "--model", model, "-", "--output", output]
    result = run(*options, stdin=SEVEN.read_bytes())
    assert result.status == 0
    assert result.out.startswith("standard input: 7 ")
    named = explained(model, SEVEN, tmp_path / "named.png")
    below = (0, 60, *named.size)
    assert Image.open(output).crop(below).tobytes() == named.crop(below).tobytes()


def test_the_same_picture_gives_the_same_bytes(model: Path, tmp_path: Path) -> None:
    """There is no time in it, nor anything else that changes."""
    for name in ["a.png", "b.png"]:
        explained(model, SEVEN, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_long_labels_and_many_classes_fit(tmp_path: Path) -> None:
    """Labels are cut with dots; of more than twelve, the rest is summed up."""
    for count in [2, 12, 13, 300]:
        layers = [
            layer("InputLayer", "image", batch_shape=[None, 28, 28]),
            layer("Flatten", "flatten", "image"),
            layer("Dense", "dense", "flatten", units=count, activation="softmax"),
        ]
        tensors = {"dense/kernel": [784, count], "dense/bias": [count]}
        labels = [f"label {number} that is longer than any drawing" for number in range(count)]
        model = write_model(tmp_path / "model", functional(layers, "dense"), tensors, labels=labels)
        drawing = explained(model, SEVEN, tmp_path / "steps.png")
        rows = max(3, min(count, 12))
        assert drawing.height == BARS + 30 * rows + 48
        # Between label and bar there is room.
        gap = drawing.crop((48 + 225, BARS, 48 + 234, BARS + 30 * rows))
        assert gap.getextrema() == ((255, 255),) * 3


def test_a_strange_name_is_drawn(model: Path, tmp_path: Path) -> None:
    """Whatever a file is called, and however long the name is."""
    for name in ["é\n日\x1b[31m.png", "x" * 240 + ".png", " !\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~.png"]:
        shutil.copy(SEVEN, tmp_path / name)
        drawing = explained(model, tmp_path / name, tmp_path / "steps.png")
        assert is_lettered(drawing, (40, 30, drawing.width, 64))
        margin = drawing.crop((drawing.width - 46, 0, drawing.width, drawing.height))
        assert margin.getextrema() == ((255, 255),) * 3


def test_what_cannot_be_read_or_written_is_reported(model: Path, tmp_path: Path) -> None:
    """A damaged or missing file writes nothing; an output is looked at first."""
    output = tmp_path / "steps.png"
    for picture in [DAMAGED, tmp_path / "missing.png", tmp_path]:
        result = run("explain", "--model", model, picture, "--output", output)
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"png-classify: {picture}: ")
    (tmp_path / "folder").mkdir()
    for place in [tmp_path / "folder", tmp_path / "missing/x.png", Path("/dev/null")]:
        result = run("explain", "--model", model, SEVEN, "--output", place)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"png-classify: {place}: cannot be written: ")
    result = run("explain", "--model", SEVEN, SEVEN, "--output", output)
    assert result.status == 2
    bad = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png")
    for arguments in [[bad, "--output", output], [SEVEN, "--output", bad]]:
        result = run("explain", "--model", model, *arguments)
        assert result.status != 0
        assert "the file's name is not UTF-8" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x.png"], "--output"),
        (["--output", "y.png"], "Missing expected argument '<file>'"),
        (["--output", "", "x.png"], "--output is empty"),
        (["--output", "y.png", ""], "the file's name is empty"),
        (["--output", "y.png", "x.png", "z.png"], "Unexpected argument 'z.png'"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], message: str) -> None:
    """The exit status is then 64."""
    result = run("explain", *arguments)
    assert (result.status, result.out) == (64, "")
    assert message in result.err


def test_help_has_examples_and_statuses() -> None:
    """Whoever asks for help sees what it does."""
    result = run("explain", "--help")
    assert result.status == 0
    for text in ["png-classify explain", "EXAMPLES", "EXIT STATUS", "--output"]:
        assert text in result.out
    assert "explain" in run("--help").out


def test_the_size_of_a_large_picture_is_written_in_full(model: Path, tmp_path: Path) -> None:
    """Beside its reduction it has room in its panel."""
    picture = tmp_path / "large.png"
    Image.new("1", (30000, 30000), 1).save(picture)
    drawing = explained(model, picture, tmp_path / "steps.png", status=3)
    below = TOP + SIDE
    assert is_lettered(drawing, (LEFT[0], below + 38, LEFT[0] + 120, below + 60))
    rest = drawing.crop((LEFT[0] + 232, below + 38, LEFT[1] - 4, below + 60)).convert("L")
    assert rest.getextrema()[0] > 200

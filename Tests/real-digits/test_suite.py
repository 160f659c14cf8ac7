"""What the suite of hard cases promises: its lists and its pictures."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import make
import numpy as np
import pytest
import render_fonts
from PIL import Image
from suite import cases, colours, fonts, handwriting, mnist, png_forms, rendered, wear
from suite.chance import choose, generator
from suite.reading import Reader

KINDS = cases.kinds()
WITHOUT_FONTS = [kind for kind in KINDS if kind.group != "printed"]
HERE = Path(__file__).resolve().parent
NAMES = [kind.name for kind in KINDS]


@pytest.fixture(scope="session")
def families() -> dict[str, tuple[fonts.Family, ...]]:
    """Give the families of all splits; without a way to get them, skip."""
    try:
        return {split: fonts.families(split) for split in fonts.SPLITS}
    except fonts.FontError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Load a model: whether it reads right is nothing to these tests."""
    given = os.environ.get("LAMINA_TEST_MODEL")
    return Reader(Path(given) if given else None)


def hashes(split: str, kinds: list[cases.Kind], index: int) -> list[str]:
    """Give the sum of one picture of each kind."""
    return [hashlib.sha256(cases.make(split, kind, index).png).hexdigest() for kind in kinds]


def test_kinds_have_names_of_their_own_and_steps_that_exist() -> None:
    assert len(set(NAMES)) == len(NAMES)
    known = set(cases.PICTURE_STEPS) | {"pen", "stroke", "turn", "slant", "draw", "canvas", "crop"}
    known |= {"greys", "inks", "contrast", "invert", "form"}
    for kind in KINDS:
        steps = [str(step["step"]) for step in kind.steps]
        assert set(steps) <= known, kind.name
        assert len(set(steps)) == len(steps), kind.name
        assert steps[-1] == "form", kind.name
        assert kind.steps[-1]["of"] in png_forms.FORMS


def test_ranges_of_the_list_go_from_least_to_most() -> None:
    for kind in KINDS:
        for step in kind.steps:
            for value in step.values():
                if isinstance(value, dict) and "choice" not in value:
                    ((_, (least, most)),) = value.items()
                    assert least < most, kind.name


def test_values_are_drawn_from_their_ranges() -> None:
    chance = generator("values")
    for _ in range(100):
        assert 2 <= float(choose({"range": [2, 3]}, chance)) <= 3
        assert 10 <= float(choose({"log": [10, 1000]}, chance)) <= 1000
        assert choose({"choice": ["a", "b"]}, chance) in {"a", "b"}
    assert choose(7, chance) == 7
    with pytest.raises(ValueError, match="not 'normal'"):
        choose({"normal": [0, 1]}, chance)


def test_no_family_and_no_kin_is_on_two_sides() -> None:
    sides: dict[str, set[str]] = {}
    for split in fonts.SPLITS:
        names = [family.name for family in fonts.listed(split)]
        assert len(set(names)) == len(names)
        for family in fonts.listed(split):
            sides.setdefault(family.name, set()).add(split)
            sides.setdefault(family.kin, set()).add(split)
    assert {name: where for name, where in sides.items() if len(where) > 1} == {}


def test_every_style_of_print_is_trained_chosen_and_tested_on() -> None:
    for split in fonts.SPLITS:
        styles = {family.style for family in fonts.listed(split)}
        assert {"sans", "serif", "mono", "display", "handwriting"} <= styles


def test_faces_have_ten_different_digits(families: dict[str, tuple[fonts.Family, ...]]) -> None:
    for split in fonts.SPLITS:
        for family in families[split]:
            for face in family.faces:
                looks = {face.ink(digit, 40).tobytes() for digit in range(10)}
                assert len(looks) == 10, f"{family.name} {face.style}"
                assert b"" not in looks, f"{family.name} {face.style}"


def test_record_names_the_families_of_the_list() -> None:
    looks = rendered.recorded()
    assert list(looks) == list(fonts.SPLITS)
    for split in fonts.SPLITS:
        assert list(looks[split]) == [family.name for family in fonts.listed(split)]


def test_other_digits_than_recorded_are_told_with_their_family(
    families: dict[str, tuple[fonts.Family, ...]],
) -> None:
    for split in fonts.SPLITS:
        for change in rendered.changes(split, families[split], rendered.recorded()):
            warnings.warn(change, stacklevel=1)
    first, second = families["validation"][:2]
    looks = {"validation": {first.name: first.look, second.name: second.look}}
    assert rendered.changes("validation", (first, second), looks) == []
    other = replace(second, faces=first.faces)
    (change,) = rendered.changes("validation", (first, other), looks)
    assert second.name in change
    assert second.package in change


def test_rendered_digits_are_dark_on_white_and_the_same_again(
    families: dict[str, tuple[fonts.Family, ...]],
) -> None:
    for family in families["validation"]:
        first = render_fonts.picture(family, 4, 1, turn=True)
        assert np.array_equal(first, render_fonts.picture(family, 4, 1, turn=True))
        assert first.shape == (64, 64)
        border = np.concatenate([first[0], first[-1], first[:, 0], first[:, -1]])
        assert int(border.min()) > int(first.min()) + 40
        assert float(border.mean()) > 200


def test_splits_of_mnist_share_no_picture() -> None:
    train, _ = mnist.digits("train")
    validation, labels = mnist.digits("validation")
    test, _ = mnist.digits("test")
    assert (len(train), len(validation), len(test)) == (55_000, 5_000, 10_000)
    assert len(labels) == 5_000
    assert not np.shares_memory(train, validation)
    assert not {picture.tobytes() for picture in validation} & {
        picture.tobytes() for picture in test
    }


@pytest.mark.parametrize("kind", WITHOUT_FONTS, ids=lambda kind: kind.name)
def test_pictures_are_png_files_that_pillow_and_lamina_read(
    kind: cases.Kind, reader: Reader, tmp_path: Path
) -> None:
    for index in range(6):
        case = cases.make("validation", kind, index)
        with Image.open(io.BytesIO(case.png)) as picture:
            assert picture.format == "PNG"
            picture.load()
        assert case.label == cases.NO_DIGIT if kind.group == "empty" else case.label in "0123456789"
        path = tmp_path / "picture.png"
        path.write_bytes(case.png)
        assert reader.read(path)[0] in {*"0123456789", cases.NO_DIGIT}


def test_pictures_are_the_same_in_another_process_with_other_hashes() -> None:
    names = [kind.name for kind in WITHOUT_FONTS]
    program = (
        "import test_suite; print(*test_suite.hashes('validation', test_suite.WITHOUT_FONTS, 3))"
    )
    output = subprocess.run(
        [sys.executable, "-c", program],
        cwd=HERE,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    again = dict(zip(names, output.split(), strict=True))
    assert dict(zip(names, hashes("validation", WITHOUT_FONTS, 3), strict=True)) == again


def test_pictures_of_other_numbers_and_splits_differ() -> None:
    drawn = [kind for kind in WITHOUT_FONTS if kind.group in {"handwritten", "drawn"}]
    first = hashes("validation", drawn, 0)
    assert not set(first) & set(hashes("validation", drawn, 10))
    assert not set(first) & set(hashes("test", drawn, 0))


def test_fewer_pictures_are_the_first_of_more(tmp_path: Path) -> None:
    kinds = [cases.named("tight"), cases.named("drawn-black")]
    assert make.write("validation", kinds, 3, tmp_path / "few") == 6
    assert make.write("validation", kinds, 5, tmp_path / "more") == 10
    for path in (tmp_path / "few").rglob("*.png"):
        same = tmp_path / "more" / path.relative_to(tmp_path / "few")
        assert path.read_bytes() == same.read_bytes()


def test_plain_pictures_hold_mnist_exactly_in_every_form() -> None:
    images, labels = mnist.digits("validation")
    for index in range(40):
        case = cases.make("validation", cases.named("plain"), index)
        place = int(case.source.split()[1])
        assert case.label == str(labels[place])
        assert np.array_equal(decoded(case.png)[..., 0], images[place])


def decoded(png: bytes) -> np.ndarray:
    """Read a PNG file with Pillow as red, green, blue and alpha bytes."""
    with Image.open(io.BytesIO(png)) as picture:
        if not picture.mode.startswith("I"):
            return np.asarray(picture.convert("RGBA"))
        grey = (np.asarray(picture) // 257).astype(np.uint8)
        return np.asarray(Image.fromarray(grey).convert("RGBA"))


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize(
    "name", ["grey", "rgb", "grey16", "rgba", "palette", "grey-alpha", "rgba16", "rgb16"]
)
def test_forms_keep_the_pixels(name: str, interlaced: bool) -> None:
    chance = generator("forms", name, interlaced)
    grey = chance.integers(0, 256, (9, 13, 1)).astype(np.uint8)
    transparent = None if name not in {"grey-alpha", "rgba", "rgba16"} else grey[::-1, ::-1, 0]
    samples = png_forms.in_form(name, grey, transparent)
    read = decoded(png_forms.encoded(samples, chance, interlaced=interlaced))
    assert np.array_equal(read[..., :3], np.repeat(grey, 3, axis=2))
    assert np.array_equal(
        read[..., 3], np.full((9, 13), 255) if transparent is None else transparent
    )


@pytest.mark.parametrize("name", ["grey1", "grey2", "palette1"])
def test_forms_of_few_bits_keep_black_and_white(name: str) -> None:
    chance = generator("few bits", name)
    values = (chance.integers(0, 2, (7, 11, 1)) * 255).astype(np.uint8)
    read = decoded(
        png_forms.encoded(png_forms.in_form(name, values, None), chance, interlaced=True)
    )
    assert np.array_equal(read[..., :1], values)


def test_transparent_pictures_are_transparent_around_the_ink() -> None:
    for index in range(10):
        case = cases.make("validation", cases.named("transparent-white"), index)
        alpha = decoded(case.png)[..., 3]
        assert alpha.min() == 0
        assert alpha.max() > 200


def test_inks_of_equal_luma_have_another_colour() -> None:
    chance = generator("equal luma")
    for _ in range(200):
        paper = colours.paper("any", chance)
        ink = colours.ink("same-luma", paper, chance)
        assert abs(colours.luma(ink) - colours.luma(paper)) <= 12
        assert np.linalg.norm(ink - paper) >= 100


def test_low_contrast_is_what_the_list_says() -> None:
    kind = cases.named("low-contrast")
    for index in range(50):
        chance = generator("validation", kind.name, index)
        steps = {"contrast": {"of": choose(kind.steps[2]["of"], chance)}}
        paper, ink = cases.inks(steps, chance)
        assert 0.12 * 255 <= abs(paper[0] - ink[0]) <= 0.3 * 255
        assert 0 <= min(paper[0], ink[0]) <= max(paper[0], ink[0]) <= 255


def test_lines_of_paper_are_paler_than_a_quarter_of_the_ink() -> None:
    paper, ink = np.full(3, 250.0), np.full(3, 20.0)
    for index in range(20):
        coverage = np.zeros((90, 90), np.float32)
        page = wear.Page(coverage, 50, np.full((90, 90, 3), 250, np.float32), paper, ink)
        chosen = {"across": 1, "down": 1, "spacing": 0.5, "width": 0.03, "contrast": 0.25}
        wear.lines(page, chosen, generator("lines", index))
        drop = 250 - (page.pixels @ colours.LUMA).min()
        assert 0 < drop <= 0.2501 * 230


def test_strokes_become_as_wide_as_the_list_says() -> None:
    images, _ = mnist.digits("validation")
    for picture in images[:20]:
        field = handwriting.of_mnist(picture)
        inks = [
            handwriting.ink_of(handwriting.with_stroke(field, {"width": 0.03}), 200),
            handwriting.ink_of(field, 200),
            handwriting.ink_of(handwriting.with_stroke(field, {"wider": 0.07}), 200),
        ]
        thin, plain, thick = (float(ink.mean()) for ink in inks)
        assert thin < 0.7 * plain
        assert thick > 1.15 * plain
        assert all(max(ink.shape) == 200 for ink in inks)


def test_canvas_keeps_all_ink() -> None:
    for name in ("far-off-centre", "scan", "tiny"):
        kind = cases.named(name)
        for index in range(20):
            chance = generator("validation", name, index)
            steps = {str(step["step"]): cases.choose_all(step, chance) for step in kind.steps}
            side, height = cases.sizes(steps)
            ink = np.ones((side, side // 2), np.float32)
            drawn = cases.on_canvas(ink, height, steps, chance)
            assert drawn.coverage.sum() == ink.sum()

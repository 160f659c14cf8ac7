"""What a browser shows of the pages that png-classify writes.

Chromium shows them wide and narrow, light and dark. Without Chromium all is skipped; `make
test-report` installs it.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageStat

if TYPE_CHECKING:
    from browser import Browser
    from conftest import Report

WIDTHS = [320, 400, 768, 1280, 1920]

# All text that is seen, with its colour on what lies behind it; of translucent colours each is
# laid on the next.
CONTRASTS = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const parts = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  };
  const over = (upper, lower) =>
    [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3])).concat(1);
  const ground = (element) => {
    if (!element) return parts(getComputedStyle(document.documentElement).colorScheme &&
      matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#ffffff");
    const colour = parts(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour : over(colour, ground(element.parentElement));
  };
  const luminance = (colour) => {
    const linear = colour.slice(0, 3).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.tagName === "title") continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const colour = over(parts(element.closest("svg") ? style.fill : style.color), behind);
    const [darker, lighter] = [luminance(colour), luminance(behind)].sort((a, b) => a - b);
    found.push([text.slice(0, 40), (lighter + 0.05) / (darker + 0.05), parseFloat(style.fontSize)]);
  }
  return found;
})()
"""


@pytest.fixture(params=["digits", "scans", "clothes", "curves"])
def page(request: pytest.FixtureRequest) -> Path:
    """Give each of the pages."""
    made = request.getfixturevalue(request.param)
    return made if isinstance(made, Path) else made.path


def test_the_figures_are_those_of_another_computation(browser: Browser, digits: Report) -> None:
    """Title, accuracy and each cell of the confusion matrix, as they are seen."""
    browser.show(digits.path, 1280)
    assert browser.evaluate("document.title") == "Evaluation of mnist.safetensors"
    assert browser.evaluate("document.querySelector('h1').innerText") == (
        "Evaluation of mnist.safetensors"
    )
    shown = browser.evaluate("document.querySelector('.tile .figure').innerText")
    assert shown == digits.accuracy
    rows = "[...document.querySelectorAll('.matrix tbody tr')]"
    cells = browser.evaluate(rows + ".map((r) => [...r.cells].map((c) => +c.innerText))")
    assert cells == [[digit, *row] for digit, row in enumerate(digits.confusion)]


def test_the_diagonal_stands_out(browser: Browser, digits: Report) -> None:
    """What is right has another colour than what is wrong, and more of it."""
    browser.show(digits.path, 1280)
    colour = "(c) => getComputedStyle(c).backgroundColor"
    right = browser.evaluate(f"[...document.querySelectorAll('.matrix .right')].map({colour})")
    wrong = browser.evaluate(f"[...document.querySelectorAll('.matrix .taken')].map({colour})")
    assert len(right) == 10
    assert not set(right) & set(wrong)
    assert "rgba(0, 0, 0, 0)" not in {*right, *wrong}


def test_all_pictures_of_mistakes_are_seen(browser: Browser, digits: Report, scans: Path) -> None:
    """Each is loaded, described, and large enough to be looked at."""
    for path, expected in [(digits.path, digits.picture_count), (scans, None)]:
        browser.show(path, 1280)
        images = browser.evaluate(
            "Promise.all([...document.images].map((i) => i.decode().then(() => "
            "[i.naturalWidth, i.naturalHeight, i.clientWidth, i.clientHeight, i.alt.length])))"
        )
        assert len(images) == expected or expected is None
        assert len(images) > 10
        for width, height, shown_width, shown_height, description in images:
            assert min(width, height) > 0
            assert min(shown_width, shown_height) >= 100
            assert description > 0


def test_nothing_is_asked_of_anybody(browser: Browser, page: Path) -> None:
    """The page is the only file that is read, and the browser finds no fault with it."""
    browser.show(page, 1280)
    outside = [url for url in browser.requests if not url.startswith("data:")]
    assert outside == [page.resolve().as_uri()]
    assert browser.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(browser: Browser, page: Path, width: int) -> None:
    """What is wider, such as a matrix of long labels, is moved by itself."""
    browser.show(page, width)
    browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    outside = browser.evaluate(
        "[...document.querySelectorAll('p, h1, h2, h3, li, figcaption, svg, img, .tile, summary')]"
        f".filter((e) => e.getBoundingClientRect().right > {width} && !e.closest('.scroll'))"
        ".map((e) => e.outerHTML.slice(0, 80))"
    )
    assert outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Browser, page: Path, scheme: str) -> None:
    """Its contrast is at least 4.5 (WCAG 2, level AA), and it is not tiny."""
    browser.show(page, 1280, scheme)
    browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    contrasts = browser.evaluate(CONTRASTS)
    assert len(contrasts) > 20
    assert [found for found in contrasts if found[1] < 4.5 or found[2] < 11] == []


def test_light_and_dark_are_what_their_names_say(browser: Browser, page: Path) -> None:
    """The page is bright in one and dim in the other."""
    brightness = {}
    for scheme in ["light", "dark"]:
        browser.show(page, 1280, scheme)
        picture = Image.open(io.BytesIO(browser.screenshot())).convert("L")
        brightness[scheme] = ImageStat.Stat(picture).mean[0]
    assert brightness["light"] > 200
    assert brightness["dark"] < 70


def test_diagrams_are_drawn(browser: Browser, digits: Report, curves: Path) -> None:
    """The calibration's columns stand on the axis, and curves have a point for each epoch."""
    browser.show(digits.path, 1280)
    columns = browser.evaluate(
        "[...document.querySelectorAll('svg .column')]"
        ".map((c) => [c.y.baseVal.value + c.height.baseVal.value, c.height.baseVal.value])"
    )
    assert len(columns) > 5
    bottom = columns[0][0]
    for end, height in columns:
        assert end == pytest.approx(bottom, abs=0.02)
        assert 0 <= height <= 360
    points = "[...document.querySelectorAll('svg .series')].map((s) => s.points.numberOfItems)"
    assert browser.evaluate(points) == [2, 2]
    browser.show(curves, 1280)
    assert browser.evaluate(points) == [31, 31]


def test_headings_and_tables_have_names(browser: Browser, page: Path) -> None:
    """Who hears a page instead of seeing it knows what is what."""
    browser.show(page, 1280)
    assert browser.evaluate("document.documentElement.lang") == "en"
    assert browser.evaluate("document.querySelectorAll('h1').length") == 1
    nameless = browser.evaluate(
        "[...document.querySelectorAll('section, svg, img, [role=region]')].filter((e) => !("
        "e.getAttribute('aria-label') || e.alt ||"
        "document.getElementById(e.getAttribute('aria-labelledby'))"
        ")).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert nameless == []
    headless = browser.evaluate(
        "[...document.querySelectorAll('table')].filter((t) => !t.querySelector('th[scope=col]'))"
        ".length"
    )
    assert headless == 0

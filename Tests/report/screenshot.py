"""Writes the beginning of a page, as a browser shows it, as a PNG file.

python3 screenshot.py PAGE OUTPUT [WIDTH HEIGHT]
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from browser import Browser, installed_browser
from PIL import Image


def main(page: str, output: str, width: str = "1120", height: str = "880") -> None:
    """Show the page, and cut out its beginning."""
    program = installed_browser()
    if program is None:
        sys.exit("there is no chromium")
    browser = Browser(program)
    browser.show(Path(page), int(width))
    picture = Image.open(io.BytesIO(browser.screenshot())).convert("RGB")
    browser.close()
    # A screenshot has few colours: a palette makes a small file of it.
    picture.crop((0, 0, int(width), int(height))).quantize(128).save(output, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

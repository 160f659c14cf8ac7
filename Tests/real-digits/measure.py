"""Measure how much of the suite Lamina reads right.

python Tests/real-digits/measure.py DIR [--model FILE] [--write]

DIR is a folder that make.py filled. Without --model the library's own digits model reads. The
tables are printed; --write puts them into docs/real-digits.md. DIR/results.csv has each answer,
DIR/pages-results.csv that of each page.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from suite import page_reading, report
from suite.page_reading import PageResult
from suite.reading import INDEX, Reader, Result, read_folder

import lamina


def main() -> int:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test", help="what make.py was given")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    model = options.model.name if options.model else "the model inside the library"
    results: list[Result] = []
    of_pages: list[PageResult] = []
    try:
        reader = Reader(options.model)
        if (options.folder / INDEX).exists():
            results = read_folder(options.folder, reader)
        if (options.folder / page_reading.INDEX).exists():
            of_pages = page_reading.read_pages(options.folder, reader)
    except (lamina.LaminaError, OSError) as error:
        sys.exit(f"measure.py: {error}")
    if not results and not of_pages:
        sys.exit(f"measure.py: make.py put nothing into {options.folder}")
    tables = report.all_tables(results, of_pages, options.split, model)
    if options.write:
        text = report.DOCUMENT.read_text(encoding="utf-8")
        for name, lines in tables.items():
            text = report.replace(text, name, lines)
        report.DOCUMENT.write_text(text, encoding="utf-8")
        print(f"wrote {report.DOCUMENT}")
    for name, lines in tables.items():
        if not options.write or name == "summary":
            print("\n".join([f"{name}:", *lines, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes docs/performance.md anew: what stands between its marks; the prose stays.

python3 -m harness.report          from the last full run
python3 -m harness.report --quick  from the last short one, into build/bench
"""

from __future__ import annotations

import sys
from pathlib import Path

from harness import places
from harness.picture import draw
from harness.results import Results
from harness.tables import all_tables

DOCUMENT = places.ROOT / "docs/performance.md"
PICTURE = "pictures/performance.svg"


class DocumentError(Exception):
    """A document without the marks that it needs."""


def replace(text: str, name: str, lines: list[str]) -> str:
    """Put lines between a part's two marks."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise DocumentError(f"docs/performance.md has no place for {name}: {begin.strip()} … {end}")
    body = "\n".join(lines)
    return f"{before}{begin}\n{body}\n\n{end}{after}"


def write(results: Results, *, quick: bool) -> None:
    """Write the document and its picture."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, lines in all_tables(results).items():
        text = replace(text, name, lines)
    folder = places.BUILD if quick else DOCUMENT.parent
    for path, content in {
        folder / "performance.md": text,
        folder / PICTURE: draw(results),
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(f"wrote {shown(path)}", flush=True)


def shown(path: Path) -> str:
    """Give a path as seen from the repository's top."""
    return str(path.relative_to(places.ROOT))


if __name__ == "__main__":
    is_quick = "--quick" in sys.argv
    source = places.RESULTS / ("quick.json" if is_quick else "full.json")
    if not source.exists():
        sys.exit(f"{shown(source)} is not there; `make bench` makes it")
    write(Results.load(source), quick=is_quick)

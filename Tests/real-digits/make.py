"""Make the suite's pictures as PNG files.

python Tests/real-digits/make.py --split validation --per-kind 200 --output DIR

writes DIR/KIND/LABEL-INDEX.png and DIR/index.csv; and --pages 40 pages of each kind of page,
DIR/KIND/INDEX.png with its truth in INDEX.json, and DIR/pages.csv. The same pictures come at each
run, and a smaller --per-kind or --pages gives the first of them.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from suite import cases, fonts, mnist, pages, rendered

PIECE = 25
PIECE_OF_PAGES = 4

Piece = tuple[str, str, int, int, Path]
"""Split, kind, first and last index, folder."""


def write_piece(split: str, name: str, start: int, stop: int, output: Path) -> list[list[str]]:
    """Make some pictures of a kind; give their rows of the index."""
    kind = cases.named(name)
    rows = []
    for index in range(start, stop):
        case = cases.make(split, kind, index)
        file = f"{name}/{case.label}-{index:05}.png"
        (output / file).write_bytes(case.png)
        rows.append([file, kind.group, name, case.label, case.source])
    return rows


def write_pages_piece(
    split: str, name: str, start: int, stop: int, output: Path
) -> list[list[str]]:
    """Make some pages of a kind, each with its truth beside it; give their rows of the index."""
    kind = pages.named(name)
    rows = []
    for index in range(start, stop):
        case = pages.make(split, kind, index)
        file = f"{name}/{index:05}.png"
        (output / file).write_bytes(case.png)
        (output / file).with_suffix(".json").write_text(case.truth.as_json(), encoding="utf-8")
        rows.append([file, name])
    return rows


def write(split: str, chosen: list[cases.Kind], per_kind: int, output: Path) -> int:
    """Make `per_kind` pictures of each kind, with all processors; give how many there are."""
    pieces = in_pieces(split, chosen, per_kind, output, PIECE)
    rows = made(write_piece, pieces)
    write_index(output / "index.csv", ["file", "group", "kind", "label", "source"], rows)
    return len(rows)


def write_pages(split: str, chosen: list[cases.Kind], per_kind: int, output: Path) -> int:
    """Make `per_kind` pages of each kind, with all processors; give how many there are."""
    pieces = in_pieces(split, chosen, per_kind, output, PIECE_OF_PAGES)
    rows = made(write_pages_piece, pieces)
    write_index(output / "pages.csv", ["file", "kind"], rows)
    return len(rows)


def in_pieces(
    split: str, chosen: list[cases.Kind], per_kind: int, output: Path, piece: int
) -> list[Piece]:
    """Part the work into pieces, and make room for it."""
    for kind in chosen:
        (output / kind.name).mkdir(parents=True, exist_ok=True)
        for old in (output / kind.name).iterdir():
            if old.suffix in {".png", ".json"}:
                old.unlink()
    return [
        (split, kind.name, start, min(start + piece, per_kind), output)
        for kind in chosen
        for start in range(0, per_kind, piece)
    ]


def made(make_piece: Callable[..., list[list[str]]], pieces: list[Piece]) -> list[list[str]]:
    """Do the pieces of the work with all processors; give the rows of the index."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    with ProcessPoolExecutor(processors) as pool:
        return [row for rows in pool.map(make_piece, *zip(*pieces, strict=True)) for row in rows]


def write_index(path: Path, head: list[str], rows: list[list[str]]) -> None:
    """Write the list of pictures."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main() -> int:
    """Make the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=fonts.SPLITS, required=True)
    parser.add_argument("--per-kind", type=int, default=200)
    parser.add_argument("--pages", type=int, default=40, help="pages of each kind of page")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--only", default="", help="groups or kinds, with commas between them")
    options = parser.parse_args()
    wanted = set(filter(None, options.only.split(",")))
    listed = [*cases.kinds(), *pages.kinds()]
    known = {name for kind in listed for name in (kind.name, kind.group)}
    if wanted - known:
        sys.exit(f"make.py: no group or kind is called {', '.join(sorted(wanted - known))}")
    chosen = [kind for kind in listed if not wanted or {kind.name, kind.group} & wanted]
    try:
        if any(kind.group in {"printed", pages.GROUP} for kind in chosen):
            fonts.unpack((options.split,))
            for change in rendered.changed(options.split):
                print(f"make.py: warning: {change}", file=sys.stderr)
        mnist.digits(options.split)
    except (fonts.FontError, mnist.DataError) as error:
        sys.exit(f"make.py: {error}")
    single = [kind for kind in chosen if kind.group != pages.GROUP]
    of_pages = [kind for kind in chosen if kind.group == pages.GROUP]
    for write_all, kinds, count in (
        (write, single, options.per_kind),
        (write_pages, of_pages, options.pages),
    ):
        if kinds and count > 0:
            total = write_all(options.split, kinds, count, options.output)
            print(f"{total:,} pictures of {len(kinds)} kinds in {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes docs/performance.md anew: what stands between its marks; the prose stays.

python3 -m harness.report          from the last full run
python3 -m harness.report --quick  from the last short one, into build/bench
python3 -m harness.report --part   from the last one of some kinds of work, into build/bench
"""

from __future__ import annotations

import sys
from pathlib import Path

from harness import kernel_tables, places, tables
from harness.picture import draw
from harness.results import Results

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


def all_tables(results: Results) -> dict[str, list[str]]:
    """Give the lines of every part of the document that is written anew."""
    parts = {work.replace(" ", "-"): tables.work_table(results, work) for work in tables.TABLES}
    return parts | {
        "goals": tables.goals_table(results),
        "editions": tables.editions_table(results),
        "size": tables.size_table(results),
        "limits": kernel_tables.limits_table(results),
        "products": kernel_tables.products_table(results),
        "density": kernel_tables.density_table(results),
        "machine": tables.machine_lines(results),
    }


def tables_of_part(results: Results) -> dict[str, list[str]]:
    """Give those of the kinds of work that were measured; the others stay as they are."""
    names = {work.replace(" ", "-").replace("machine", "limits") for work in results.works}
    parts = {name: lines for name, lines in all_tables(results).items() if name in names}
    works = ", ".join(sorted(results.works))
    note = f"Of this run are only the tables of: {works}. All others are of another run."
    return parts | {"machine": [*tables.machine_lines(results), "", note]}


def write(results: Results, kind: str) -> None:
    """Write the document and its picture: where readers look, if this was a full run."""
    text = DOCUMENT.read_text(encoding="utf-8")
    written = tables_of_part(results) if kind == "part" else all_tables(results)
    for name, lines in written.items():
        text = replace(text, name, lines)
    folder = DOCUMENT.parent if kind == "full" else places.BUILD
    made = {folder / "performance.md": text}
    if kind != "part":
        made[folder / PICTURE] = draw(results)
    for path, content in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(f"wrote {shown(path)}", flush=True)


def shown(path: Path) -> str:
    """Give a path as seen from the repository's top."""
    return str(path.relative_to(places.ROOT))


def main() -> None:
    """Write what the command line says."""
    kind = sys.argv[1].removeprefix("--") if sys.argv[1:] else "full"
    source = places.RESULTS / f"{kind}.json"
    if not source.exists():
        sys.exit(f"{shown(source)} is not there; `make bench` makes it")
    write(Results.load(source), kind)


if __name__ == "__main__":
    main()

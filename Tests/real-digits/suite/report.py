"""The tables of docs/real-digits.md, each between its markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from . import cases, fonts, pages
from .page_reading import PageResult
from .reading import Result

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/real-digits.md"


class DocumentError(Exception):
    """The document has no place for a table."""


def part_right(results: Iterable[Result]) -> float:
    """Give the part of the answers that are right; 0 where there are none."""
    rights = [result.right for result in results]
    return sum(rights) / max(len(rights), 1)


def percent(part: float, places: int = 1) -> str:
    """Write a part as per cent."""
    return f"{100 * part:.{places}f} %"


def grouped(results: list[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    """Sort results into groups, in the order in which the groups first come."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return groups


def of_group(results: list[Result], group: str) -> list[Result]:
    """Choose the results of one of the list's groups."""
    return [result for result in results if result.group == group]


def table(head: list[str], rows: list[list[str]], *, text_columns: int) -> list[str]:
    """Write a table: its first columns are text, the others are numbers."""
    rule = ["---"] * text_columns + ["---:"] * (len(head) - text_columns)
    return ["| " + " | ".join(row) + " |" for row in [head, rule, *rows]]


def kinds_table(results: list[Result]) -> list[str]:
    """Write right answers kind by kind, and over all of the group's pictures."""
    head = ["kind", "what it stands for", "pictures", "right", "no digit found"]
    rows = [
        [name, cases.named(name).stands_for, *counts(part, places=1)]
        for name, part in grouped(results, lambda result: result.kind).items()
    ]
    everything = ["**all**", "", *(f"**{cell}**" for cell in counts(results, places=2))]
    return table(head, [*rows, everything], text_columns=2)


def counts(results: list[Result], *, places: int) -> list[str]:
    """Write how many there are, how many are right, how many were said to have no digit."""
    silent = sum(result.answer == cases.NO_DIGIT for result in results)
    return [f"{len(results):,}", percent(part_right(results), places), f"{silent:,}"]


def empty_table(results: list[Result]) -> list[str]:
    """Write how many of the pictures without a digit were found to have none."""
    rows = [
        [name, cases.named(name).stands_for, f"{len(part):,}", percent(part_right(part))]
        for name, part in grouped(results, lambda result: result.kind).items()
    ]
    return table(["kind", "what it stands for", "pictures", "no digit found"], rows, text_columns=2)


def families_table(results: list[Result], split: str) -> list[str]:
    """Write right answers family by family, the styles one after the other."""
    listed = {family.name: family for family in fonts.listed(split)}
    rows = [
        [
            listed[name].style,
            name,
            listed[name].package,
            f"{len(part):,}",
            percent(part_right(part)),
        ]
        for name, part in grouped(results, lambda result: result.source.split(" | ")[0]).items()
    ]
    order = {style: place for place, style in enumerate(("sans", "serif", "mono"))}
    rows.sort(key=lambda row: (order.get(row[0], len(order)), row[0]))
    return table(["style", "family", "package", "pictures", "right"], rows, text_columns=3)


def pages_table(results: list[PageResult]) -> list[str]:
    """Write what was read on pages, kind by kind."""
    head = [
        "kind",
        "what it stands for",
        "pages",
        "digits",
        "digits right",
        "word ends right",
        "boxes",
        "pages without an error",
    ]
    by_kind: dict[str, list[PageResult]] = {}
    for result in results:
        by_kind.setdefault(result.kind, []).append(result)
    rows = [
        [name, pages.named(name).stands_for, *page_counts(part)] for name, part in by_kind.items()
    ]
    everything = ["**all**", "", *(f"**{cell}**" for cell in page_counts(results))]
    return table(head, [*rows, everything], text_columns=2)


def page_counts(results: list[PageResult]) -> list[str]:
    """Write what there was to read on some pages, and how much of it was read right."""
    breaks = sum(result.breaks for result in results)
    found = sum(result.found for result in results)
    right = sum(result.breaks_right for result in results) / max(breaks, 1)
    overlap = sum(result.overlap for result in results) / max(found, 1)
    faultless = sum(result.faultless for result in results) / max(len(results), 1)
    return [
        f"{len(results):,}",
        f"{sum(result.digits for result in results):,}",
        percent(part_of_digits(results)),
        percent(right) if breaks else "",
        f"{overlap:.2f}" if found else "",
        percent(faultless, 0),
    ]


def part_of_digits(results: Iterable[PageResult]) -> float:
    """Give 1 - errors / digits over all pages; no less than 0."""
    counted = [(result.errors, result.digits) for result in results]
    errors, digits = (sum(column) for column in zip(*counted, strict=True))
    return max(0.0, 1 - errors / max(digits, 1))


def pages_summary(results: list[PageResult]) -> str:
    """Say in words what came of the pages."""
    digits = sum(result.digits for result in results)
    kinds = len({result.kind for result in results})
    right = percent(part_of_digits(results), 2)
    return f"**{right}** of {digits:,} digits on {len(results):,} lines and pages of {kinds} kinds"


def summary(results: list[Result], of_pages: list[PageResult], split: str, model: str) -> list[str]:
    """Say in words what was measured and what came of it."""
    source = {"test": "10,000 test pictures", "validation": "validation split"}
    sentences = []
    for group, words in (
        ("handwritten", f"of handwriting, made from MNIST's {source.get(split, split)}"),
        ("drawn", "of drawn strokes"),
        ("printed", f"of print, in {len(fonts.listed(split))} families that no training has seen"),
    ):
        part = of_group(results, group)
        kinds = len(grouped(part, lambda result: result.kind))
        if part:
            right = percent(part_right(part), 2)
            sentences.append(f"**{right}** of {len(part):,} pictures in {kinds} kinds {words}")
    if of_pages:
        sentences.append(pages_summary(of_pages))
    return [f"Right with {model}: {'; '.join(sentences)}."]


def all_tables(
    results: list[Result], of_pages: list[PageResult], split: str, model: str
) -> dict[str, list[str]]:
    """Write a table for each group there is, by the name of its place in the document."""
    tables = {"summary": summary(results, of_pages, split, model)}
    for group, part in grouped(results, lambda result: result.group).items():
        tables[group] = empty_table(part) if group == "empty" else kinds_table(part)
        if group == "printed":
            tables["families"] = families_table(part, split)
    if of_pages:
        tables["pages"] = pages_table(of_pages)
    return tables


def replace(text: str, name: str, lines: list[str]) -> str:
    """Put lines between the markers of a name."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    pattern = re.compile(f"({re.escape(begin)}).*?({re.escape(end)})", re.DOTALL)
    if not pattern.search(text):
        message = f"{DOCUMENT.name} has no place for {name}"
        raise DocumentError(message)
    body = "\n".join(lines)
    return pattern.sub(lambda match: f"{match[1]}\n{body}\n\n{match[2]}", text)

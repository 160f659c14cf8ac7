"""Reads a report of png-classify as a browser would."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """A report: its text, its tables' cells and its pictures."""

    NO_END = frozenset({"meta", "img", "br"})

    def __init__(self, path: Path) -> None:
        """Read it; every element must be closed."""
        super().__init__()
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.images: list[bytes] = []
        self.descriptions: list[str] = []
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        assert self.open == []
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = dict(attrs)
        for name in ["href", "srcset", "data", "action"]:
            assert name not in values
        if tag == "img":
            kind, _, data = (values["src"] or "").partition(",")
            assert kind == "data:image/png;base64"
            self.images.append(base64.b64decode(data, validate=True))
            assert values["alt"]
            self.descriptions.append(values["alt"] or "")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        if tag not in self.NO_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        """Meet an element without contents, as drawings have them."""
        assert tag in {"line", "polyline"}

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if "style" in self.open:
            return
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += data

    def table(self, *heads: str) -> list[list[str]]:
        """Give the rows of the table whose head begins so."""
        for table in self.tables:
            if table[0][: len(heads)] == list(heads):
                return table[1:]
        raise AssertionError(heads)

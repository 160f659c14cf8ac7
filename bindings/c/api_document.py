"""Makes docs/c-api.md of include/lamina.h, and a C program of the examples in it.

api_document.py            print the document
api_document.py --write    write docs/c-api.md
api_document.py --check    fail where docs/c-api.md is not what would be written
api_document.py --examples print a program that compiles where all examples do
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "include" / "lamina.h"
DOCUMENT = ROOT / "docs" / "c-api.md"

# What the examples take for granted.
PRELUDE = """\
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>

static lamina_model *model;
static lamina_session *session;
static lamina_status status;
static lamina_dataset data;
static size_t size, count, needed, gradient_count;
static const void *bytes;
static const float *weights;
static float *gradients;
static char text[256];
"""


class Entry(NamedTuple):
    """A declaration and what the header says of it."""

    section: str
    name: str
    declaration: str
    lines: list[str]


def comment_lines(comment: str) -> list[str]:
    """The text of a comment, without its stars."""
    lines = [re.sub(r"^ ?\* ?", "", line) for line in comment.strip().split("\n")]
    return [line.rstrip() for line in lines]


def name_of(declaration: str) -> str:
    """What a declaration declares."""
    for pattern in (
        r"#define (\w+)",
        r"\} (\w+);",
        r"typedef struct \w+ (\w+);",
        r"\(\*(\w+)\)",
        r"(\w+)\(",
    ):
        if match := re.search(pattern, declaration):
            return match.group(1)
    raise SystemExit(f"lamina.h: no name in: {declaration}")


def declaration_at(text: str, start: int) -> str:
    """The declaration that begins there: a line of the preprocessor's, or up to a semicolon."""
    if text.startswith("#define", start):
        return text[start : text.index("\n", start)]
    depth = 0
    for position in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if text[position] == ";" and depth == 0:
            return text[start : position + 1]
    raise SystemExit(f"lamina.h: no end of: {text[start : start + 60]}")


def parse(header: str) -> tuple[list[str], list[Entry]]:
    """The opening comment, and each declaration with its documentation."""
    opening = re.match(r"/\*(.*?)\*/", header, re.DOTALL)
    if opening is None:
        raise SystemExit("lamina.h: no opening comment")
    entries = []
    section = ""
    position = opening.end()
    pattern = re.compile(r"/\* -+ ([\w ]+?) -- \*/|/\*\*(.*?)\*/\s*", re.DOTALL)
    while match := pattern.search(header, position):
        position = match.end()
        if match.group(1):
            section = match.group(1)
        else:
            declaration = declaration_at(header, position)
            position += len(declaration)
            entries.append(
                Entry(section, name_of(declaration), declaration, comment_lines(match.group(2)))
            )
    return comment_lines(opening.group(1)), entries


def blocks(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Paragraphs, and whether each is indented as code is."""
    found: list[tuple[bool, list[str]]] = []
    for line in [*lines, ""]:
        is_code = line.startswith("    ")
        if not line:
            if found and found[-1][1] and found[-1][0]:
                found[-1][1].append("")
            else:
                found.append((False, []))
        elif found and found[-1][1] and found[-1][0] == is_code:
            found[-1][1].append(line)
        else:
            found.append((is_code, [line]))
    return [(is_code, "\n".join(part).rstrip().split("\n")) for is_code, part in found if any(part)]


def is_c(code: list[str]) -> bool:
    """Whether a block of code is C rather than JSON."""
    return any("lamina_" in line for line in code)


def unindented(code: list[str]) -> list[str]:
    """Code without the indentation that marks it."""
    return [line[4:] for line in code]


def markdown(lines: list[str]) -> list[str]:
    """A comment as Markdown, whose paragraphs are single lines."""
    result = []
    for is_code, part in blocks(lines):
        if is_code:
            result += [f"```{'c' if is_c(part) else 'json'}", *unindented(part), "```", ""]
        else:
            text = " ".join(part)
            text = re.sub(r"^(Errors): ", r"**\1:** ", text)
            text = re.sub(r"^(Ownership|Threads|Errors|Versions)\. ", r"**\1.** ", text)
            result += [re.sub(r" (Errors): ", r"\n\n**\1:** ", text), ""]
    return result


def document(header: str) -> str:
    """The whole document."""
    opening, entries = parse(header)
    title, *rest = opening
    lines = [
        "# The C interface",
        "",
        "<!-- Made of include/lamina.h by bindings/c/api_document.py; `make docs-c-api`. -->",
        "",
        title.removeprefix("lamina.h: ").replace("the ", "The ", 1),
        "",
        *markdown(rest),
    ]
    section = ""
    for entry in entries:
        if entry.section != section:
            section = entry.section
            lines += [f"## {section.capitalize()}", ""]
        lines += [f"### `{entry.name}`", "", "```c", *entry.declaration.split("\n"), "```", ""]
        lines += markdown(entry.lines)
    return "\n".join(lines).rstrip() + "\n"


def examples(header: str) -> str:
    """A program with a function for each example."""
    functions = []
    for entry in parse(header)[1]:
        found = [part for is_code, part in blocks(entry.lines) if is_code and is_c(part)]
        if not found and "(" in entry.declaration and not entry.declaration.startswith("typedef"):
            raise SystemExit(f"lamina.h: {entry.name} has no example")
        for number, code in enumerate(found):
            body = "\n".join("  " + line for line in unindented(code))
            functions.append((f"example_{entry.name}_{number}", body))
    text = PRELUDE
    for name, body in functions:
        text += f"\nstatic void {name}(void) {{\n{body}\n}}\n"
    calls = "\n".join(f"  if (status) {name}();" for name, _ in functions)
    return text + f"\nint main(void) {{\n{calls}\n  return 0;\n}}\n"


def main() -> int:
    """Does what the command line asks for."""
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    header = HEADER.read_text()
    if mode == "--examples":
        print(examples(header))
    elif mode == "--write":
        DOCUMENT.write_text(document(header))
    elif mode == "--check":
        if not DOCUMENT.exists() or DOCUMENT.read_text() != document(header):
            print("docs/c-api.md is not what lamina.h says: make docs-c-api")
            return 1
    else:
        print(document(header))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes png-classify's man pages from what the command says of itself.

manual_pages.py COMMAND FOLDER
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

Description = dict[str, Any]


def roff(text: str) -> str:
    """A line of text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def option_names(argument: Description) -> list[str]:
    """The names that an option has on the command line, the short one first."""
    return [
        ("-" if name["kind"] == "short" else "--") + name["name"]
        for name in sorted(argument.get("names", []), key=lambda name: len(name["name"]))
    ]


def usage(argument: Description) -> str:
    """An argument as it stands in the synopsis, in roff."""
    value = f"\\fI{roff(argument.get('valueName', 'value'))}\\fR"
    if argument["kind"] == "positional":
        shown = value
    else:
        shown = f"\\fB{roff(option_names(argument)[-1])}\\fR"
        if argument["kind"] == "option":
            shown += f" {value}"
    if argument.get("isRepeating"):
        shown += " ..."
    return f"[{shown}]" if argument.get("isOptional") else shown


def heading(argument: Description) -> str:
    """An argument as it stands before its explanation, in roff."""
    value = f"\\fI{roff(argument.get('valueName', 'value'))}\\fR"
    if argument["kind"] == "positional":
        return value
    names = ", ".join(f"\\fB{roff(name)}\\fR" for name in option_names(argument))
    return f"{names} {value}" if argument["kind"] == "option" else names


def discussion(text: str) -> list[str]:
    """The command's own text: capitals with a colon begin a section, indented lines stay."""
    lines = []
    is_kept = False
    for line in text.split("\n"):
        if re.fullmatch(r"[A-Z][A-Z ]+:", line):
            lines += [".fi"] * is_kept + [f".SH {line[:-1]}"]
            is_kept = False
        elif line.startswith("  "):
            lines += [".nf"] * (not is_kept) + [roff(line)]
            is_kept = True
        elif line:
            lines += [".fi"] * is_kept + [roff(line)]
            is_kept = False
        elif not is_kept:
            lines.append(".PP")
    # No paragraph begins where a section does, nor at the end.
    text = "\n".join(lines + [".fi"] * is_kept)
    return re.sub(r"(\.PP\n)+(?=\.SH)|(\.PP\n?)+$", "", text).split("\n")


def page(command: Description, parents: list[str], version: str) -> str:
    """The page of a command."""
    words = [*parents, command["commandName"]]
    name = "-".join(words)
    shown = [item for item in command.get("arguments", []) if item.get("shouldDisplay", True)]
    abstract = command.get("abstract", "").rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 "" "Lamina {version}" "User Commands"',
        ".SH NAME",
        f"{roff(name)} \\- {roff(abstract[:1].lower() + abstract[1:])}",
        ".SH SYNOPSIS",
        f"\\fB{roff(' '.join(words))}\\fR " + "\n".join(usage(item) for item in shown),
    ]
    lines += [".SH DESCRIPTION", roff(command.get("abstract", ""))]
    if command.get("discussion"):
        lines += [".PP", *discussion(command["discussion"])]
    lines.append(".SH OPTIONS")
    for item in shown:
        lines += [".TP", heading(item)]
        lines += [roff(line) for line in item.get("abstract", "").split("\n") if line]
        if item.get("defaultValue"):
            lines.append(roff(f"(default: {item['defaultValue']})"))
    subcommands = visible_subcommands(command)
    related = [f"{name}-{subcommand['commandName']}" for subcommand in subcommands]
    related += ["-".join(parents)] if parents else []
    if related:
        references = ", ".join(f"\\fB{roff(other)}\\fR(1)" for other in related)
        lines += [".SH SEE ALSO", references]
    return "\n".join(lines) + "\n"


def visible_subcommands(command: Description) -> list[Description]:
    """The commands below a command, without the one that shows help."""
    return [
        subcommand
        for subcommand in command.get("subcommands", [])
        if subcommand["commandName"] != "help" and subcommand.get("shouldDisplay", True)
    ]


def write(command: Description, parents: list[str], version: str, folder: Path) -> None:
    """Writes the page of a command and of those below it."""
    name = "-".join([*parents, command["commandName"]])
    (folder / f"{name}.1").write_text(page(command, parents, version), encoding="utf-8")
    for subcommand in visible_subcommands(command):
        write(subcommand, [*parents, command["commandName"]], version, folder)


def main() -> None:
    """Asks the command, and writes."""
    program, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)

    def ask(*arguments: str) -> str:
        return subprocess.run(
            [program, *arguments], check=True, capture_output=True, text=True
        ).stdout

    description = json.loads(ask("--experimental-dump-help"))["command"]
    write(description, [], ask("--version").split()[-1], folder)


if __name__ == "__main__":
    main()

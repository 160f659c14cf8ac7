"""Keeps the list of what a compiled program relies on: bindings/c/abi.txt.

abi.py --check fails where lamina.h is not what the list says. abi.py --write writes the list; it is
refused where programs of the same LAMINA_ABI_VERSION would break.

The list has LAMINA_ABI_VERSION, each function's type, each enumerator's value, and each struct's
size with its members' offsets and sizes, as the C compiler gives them. Functions, enumerators and
members at the end of a struct that begins with struct_size may be added; anything else needs
another version.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "include" / "lamina.h"
LIST = ROOT / "bindings" / "c" / "abi.txt"


def source() -> str:
    """The header without comments."""
    return re.sub(r"/\*.*?\*/", " ", HEADER.read_text(), flags=re.DOTALL)


def functions(text: str) -> list[str]:
    """A line for each function: its type."""
    found = re.findall(r"^((?:const )?\w+[\s*]+lamina_\w+\([^)]*\));", text, re.MULTILINE)
    found += re.findall(r"^typedef (\w+ \(\*lamina_\w+\)\([^)]*\));", text, re.MULTILINE)
    return [f"function {' '.join(declaration.split())}" for declaration in found]


def struct_members(text: str) -> dict[str, list[str]]:
    """The members of each struct that has any."""
    bodies = re.findall(r"struct (\w+) \{(.*?)\}", text, re.DOTALL)
    return {
        name: re.findall(r"(\w+)(?:\[\w+\])?\s*;", body) for name, body in bodies if body.strip()
    }


def measured(text: str) -> list[str]:
    """Lines for version, enumerators and structs, from a program that the compiler makes."""
    prints = ['printf("version %d\\n", LAMINA_ABI_VERSION);']
    prints += [
        f'printf("enumerator {name} %d\\n", (int){name});'
        for name in re.findall(r"(LAMINA_\w+) = \w+", text)
    ]
    for struct, members in struct_members(text).items():
        prints.append(f'printf("struct {struct} %zu", sizeof({struct}));')
        for member in members:
            place = f"offsetof({struct}, {member}), sizeof((({struct} *)0)->{member})"
            prints.append(f'printf(" {member}@%zu+%zu", {place});')
        prints.append('printf("\\n");')
    program = "#include <lamina.h>\n#include <stdio.h>\nint main(void) {\n"
    program += "\n".join(prints) + "\nreturn 0; }\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "abi.c"
        path.write_text(program)
        compiler = os.environ.get("CC", "cc")
        command = [compiler, f"-I{ROOT / 'include'}", str(path), "-o", str(path.with_suffix(""))]
        subprocess.run(command, check=True)
        run = subprocess.run(
            [str(path.with_suffix(""))], check=True, capture_output=True, text=True
        )
    return run.stdout.splitlines()


def key(line: str) -> str:
    """What a line is about."""
    kind, rest = line.split(" ", 1)
    if kind == "function":
        match = re.search(r"(lamina_\w+)\)?\(", rest)
        return f"function {match.group(1) if match else rest}"
    return " ".join(line.split(" ")[:2]) if kind != "version" else kind


def breaks(old: str, new: str | None) -> bool:
    """Whether a program that was compiled with the old line fails with the new one."""
    if new is None:
        return True
    if old == new or old.startswith("version"):
        return False
    if old.startswith("struct") and " struct_size@0" in old:
        old_members, new_members = old.split(" ")[3:], new.split(" ")[3:]
        return new_members[: len(old_members)] != old_members
    return True


def broken(old: list[str], new: list[str]) -> list[str]:
    """The old lines that no longer hold."""
    now = {key(line): line for line in new}
    return [line for line in old if breaks(line, now.get(key(line)))]


def main() -> int:
    """Checks or writes the list."""
    text = source()
    new = measured(text) + functions(text)
    old = LIST.read_text().splitlines() if LIST.exists() else []
    lost = broken(old, new) if old[:1] == new[:1] else []
    for line in lost:
        print(f"lamina.h breaks programs, and LAMINA_ABI_VERSION is the same: {line}")
    if sys.argv[1:] == ["--write"] and not lost:
        LIST.write_text("\n".join(new) + "\n")
    elif old != new and not lost:
        print("bindings/c/abi.txt is not what lamina.h says: make abi")
        return 1
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

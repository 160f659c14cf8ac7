"""The programs of the documentation: each Swift block of a page is one.

python3 programs.py package FOLDER  makes a Swift package of them
python3 programs.py write FOLDER    runs them and writes what they print into their pages
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "docs/from-neuron-to-network.md"]
NUMBERS = ROOT / "docs/pictures/numbers.swift"

# A program, and what it prints where the page says so.
BLOCKS = re.compile(r"^```swift\n(.*?)^```\n(?:\n^```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)

MANIFEST = """\
// swift-tools-version: 6.2
import PackageDescription

let lamina = Target.Dependency.product(name: "Lamina", package: "{package}")
let package = Package(
  name: "documentation",
  dependencies: [.package(path: "{root}")],
  targets: [
{targets}
  ]
)
"""


@dataclass
class Program:
    """A program of a page."""

    name: str
    page: str
    source: str
    output: str | None

    def run(self, package: Path, folder: Path) -> str:
        """Run the built program in a folder; give what it prints."""
        result = subprocess.run(
            [executable(package, self.name)],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, f"{self.page}, {self.name}: {result.stderr}"
        return result.stdout


def executable(package: Path, name: str) -> Path:
    """Give the path of a built program."""
    return package / ".build/release" / name


def programs(page: str) -> list[Program]:
    """Give a page's programs in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    stem = Path(page).stem.lower()
    return [
        Program(f"{stem}-{index}", page, block[1], block[2])
        for index, block in enumerate(BLOCKS.finditer(text), 1)
    ]


def write_package(folder: Path) -> None:
    """Make the package that has every program as a target, and touch only what changed."""
    sources = {program.name: program.source for page in PAGES for program in programs(page)}
    sources["numbers"] = NUMBERS.read_text(encoding="utf-8")
    targets = [
        f'    .executableTarget(name: "{name}", dependencies: [lamina]),' for name in sources
    ]
    manifest = MANIFEST.format(package=ROOT.name.lower(), root=ROOT, targets="\n".join(targets))
    files = {folder / f"Sources/{name}/main.swift": text for name, text in sources.items()}
    files[folder / "Package.swift"] = manifest
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def write_outputs(package: Path) -> None:
    """Put what the programs print into their pages."""
    for page in PAGES:
        for program in programs(page):
            if program.output is not None:
                output = program.run(package, package)
                path = ROOT / page
                old = f"{program.source}```\n\n```text\n{program.output}```\n"
                new = f"{program.source}```\n\n```text\n{output}```\n"
                text = path.read_text(encoding="utf-8")
                path.write_text(text.replace(old, new, 1), encoding="utf-8")


if __name__ == "__main__":
    {"package": write_package, "write": write_outputs}[sys.argv[1]](Path(sys.argv[2]).resolve())

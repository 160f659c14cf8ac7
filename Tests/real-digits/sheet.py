"""Draw folders of pictures as one PNG, to look at.

python Tests/real-digits/sheet.py DIR [--output sheet.png] [--failures] [--seen] [--model FILE]

Each folder in DIR gets a band: its name and its first pictures. --failures shows only what
measure.py found to be read wrongly, with the answer in red; --seen draws what the model sees below
each picture (--model, or the library's own). --per-row, --rows, --columns and --cell say how many
pictures, how many bands side by side, and how large.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from suite import cases, pages

NAME_HEIGHT = 15
NAME_SIZE = 11
GAP = 2
BAND_GAP = 12
CHECK = 8
BACKGROUND = (255, 255, 255)
BLACK = (0, 0, 0)
WRONG = (220, 0, 0)

Look = Callable[[Path], "np.ndarray | None"]


@dataclass(frozen=True)
class Layout:
    """How large a sheet's cells are, and how many."""

    cell: int
    per_row: int
    rows: int
    seen: Look | None

    @property
    def cell_height(self) -> int:
        """The height of a picture, with what the model sees below it."""
        return self.cell * (2 if self.seen else 1) + GAP

    @property
    def width(self) -> int:
        """The width of a band."""
        return self.per_row * (self.cell + GAP)


def shown(path: Path, side: int) -> Image.Image:
    """Open a picture, `side` wide or tall; a chequered ground shows through it."""
    picture = Image.open(path)
    if picture.mode.startswith("I"):
        picture = Image.fromarray((np.asarray(picture) // 257).astype(np.uint8))
    picture = picture.convert("RGBA")
    scale = side / max(picture.size)
    size = tuple(max(1, round(length * scale)) for length in picture.size)
    how = Image.Resampling.BOX if scale < 1 else Image.Resampling.NEAREST
    picture = picture.resize(size, how)
    rows, columns = np.indices(size[::-1]) // CHECK
    checks = np.where((rows + columns) % 2, 190, 120).astype(np.uint8)
    ground = Image.fromarray(checks).convert("RGBA")
    return Image.alpha_composite(ground, picture).convert("RGB")


def band(name: str, files: list[tuple[Path, str]], layout: Layout) -> Image.Image:
    """Draw a name above pictures, each with the answer that it got where that was wrong."""
    rows = max(1, -(-len(files) // layout.per_row))
    sheet = Image.new("RGB", (layout.width, NAME_HEIGHT + rows * layout.cell_height), BACKGROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(NAME_SIZE)
    draw.text((1, 0), name, fill=BLACK, font=font)
    for place, (file, answer) in enumerate(files):
        row, column = divmod(place, layout.per_row)
        left = column * (layout.cell + GAP)
        top = NAME_HEIGHT + row * layout.cell_height
        centred(sheet, shown(file, layout.cell), left, top, layout.cell)
        if layout.seen:
            pixels = layout.seen(file)
            if pixels is not None:
                small = Image.fromarray(pixels).resize((layout.cell,) * 2, Image.Resampling.BOX)
                sheet.paste(small, (left, top + layout.cell))
        if answer:
            draw.text((left + 1, top), answer, fill=WRONG, font=font)
    return sheet


def centred(sheet: Image.Image, picture: Image.Image, left: int, top: int, side: int) -> None:
    """Paste a picture into the middle of its cell."""
    sheet.paste(picture, (left + (side - picture.width) // 2, top + (side - picture.height) // 2))


def in_columns(bands: list[Image.Image], columns: int) -> Image.Image:
    """Lay bands below each other, in several columns."""
    tall = -(-len(bands) // columns)
    parts = [bands[start : start + tall] for start in range(0, len(bands), tall)]
    width = max(band.width for band in bands) + BAND_GAP
    height = max(sum(band.height for band in part) for part in parts)
    sheet = Image.new("RGB", (width * len(parts) - BAND_GAP, height), BACKGROUND)
    for column, part in enumerate(parts):
        top = 0
        for piece in part:
            sheet.paste(piece, (column * width, top))
            top += piece.height
    return sheet


def files_by_folder(root: Path, *, failures: bool) -> dict[str, list[tuple[Path, str]]]:
    """List each folder's pictures by their number, so that labels mix, with wrong answers."""
    if failures:
        from suite.reading import wrong_files  # noqa: PLC0415 - only this needs Lamina's package

        found: dict[str, list[tuple[Path, str]]] = {}
        for file, answer in wrong_files(root).items():
            path = root / file
            label = path.stem.rpartition("-")[0]
            found.setdefault(path.parent.name, []).append((path, f"{label}: {answer}"))
        return found
    folders = sorted(path for path in root.iterdir() if path.is_dir()) or [root]
    return {
        folder.name: [(path, "") for path in sorted(folder.glob("*.png"), key=number)]
        for folder in folders
    }


def chosen(only: str, folders: list[str]) -> list[str]:
    """Put folders into the order of the list of kinds; keep those of some groups or kinds."""
    wanted = set(filter(None, only.split(",")))
    kinds = (*cases.kinds(), *pages.kinds())
    listed = [kind.name for kind in kinds if not wanted or {kind.name, kind.group} & wanted]
    others = [name for name in folders if name not in listed and not wanted]
    return [name for name in listed if name in folders] + others


def number(path: Path) -> tuple[str, str]:
    """Sort LABEL-INDEX.png by index first."""
    return path.stem.rpartition("-")[2], path.name


def main() -> int:
    """Draw the sheet that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder of pictures, or of such folders")
    parser.add_argument("--output", type=Path, default=Path("sheet.png"))
    parser.add_argument("--per-row", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1)
    parser.add_argument("--columns", type=int, default=1)
    parser.add_argument("--cell", type=int, default=64)
    parser.add_argument("--only", default="", help="groups or kinds, with commas between them")
    parser.add_argument("--colours", type=int, default=0, help="at most, for a smaller file")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--seen", action="store_true")
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    seen = None
    if options.seen or options.model:
        from suite.reading import Reader  # noqa: PLC0415 - only this needs Lamina's package

        seen = Reader(options.model).seen
    layout = Layout(options.cell, options.per_row, options.rows, seen)
    folders = files_by_folder(options.folder, failures=options.failures)
    wanted = chosen(options.only, list(folders))
    if not folders:
        sys.exit(f"sheet.py: nothing to show in {options.folder}")
    most = layout.per_row * layout.rows
    bands = [band(name, folders[name][:most], layout) for name in wanted]
    sheet = in_columns(bands, options.columns)
    if options.colours:
        sheet = sheet.quantize(options.colours, Image.Quantize.FASTOCTREE)
    sheet.save(options.output, optimize=True)
    print(f"{options.output}: {len(bands)} bands, {sheet.width}x{sheet.height}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

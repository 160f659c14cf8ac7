"""The fonts of fonts.json: Debian's packages, unpacked into build/fonts without installing them."""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageFont

FOLDER_OF_THE_SUITE = Path(__file__).resolve().parents[1]
LIST = FOLDER_OF_THE_SUITE / "fonts.json"
FOLDER = FOLDER_OF_THE_SUITE.parents[1] / "build/fonts"
SPLITS = ("train", "validation", "test")
DIGITS = "0123456789"
REFERENCE_SIZE = 100
LOOK_HEIGHT = 40


class FontError(Exception):
    """The fonts are not to be had; the message says why."""


@dataclass(frozen=True)
class Face:
    """One file of a family: a weight, a slope, a width."""

    path: Path
    style: str
    # The sum of its ten digits at LOOK_HEIGHT.
    look: str = ""

    def ink(self, digit: int, height: float) -> np.ndarray:
        """Draw a digit whose ink is about `height` pixels tall, as coverage cropped to the ink."""
        reference = self._font(REFERENCE_SIZE).getbbox(DIGITS[digit])
        size = max(4, round(height * REFERENCE_SIZE / max(1, reference[3] - reference[1])))
        font = self._font(size)
        mask = font.getmask(DIGITS[digit], mode="L")
        return cropped(np.asarray(mask, dtype=np.float32).reshape(mask.size[::-1]) / 255)

    def word(
        self, figures: str, height: float, oversize: int
    ) -> Iterator[tuple[str, float, float, np.ndarray]]:
        """Set figures of a height beside each other on a line at height 0.

        Each comes with the left and the top of its ink, and the ink drawn `oversize` times larger.
        """
        font = self.font_of_height(height * oversize)
        for place, figure in enumerate(figures):
            mask, (left, top) = font.getmask2(figure, mode="L", anchor="ls")
            ink = np.asarray(mask, dtype=np.float32).reshape(mask.size[::-1]) / 255
            start = font.getlength(figures[:place])
            yield figure, (start + left) / oversize, top / oversize, ink

    def font_of_height(self, height: float) -> ImageFont.FreeTypeFont:
        """Open the file at the size at which an 8 has a height."""
        _, top, _, bottom = self._font(REFERENCE_SIZE).getbbox("8")
        return self._font(max(4, round(height * REFERENCE_SIZE / max(1, bottom - top))))

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        return loaded(self.path, size)


@functools.lru_cache(maxsize=512)
def loaded(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Open a font file at a size."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def cropped(coverage: np.ndarray, least: float = 0.05) -> np.ndarray:
    """Cut off the rows and columns at the border that have no ink."""
    rows = np.flatnonzero((coverage > least).any(axis=1))
    columns = np.flatnonzero((coverage > least).any(axis=0))
    if not len(rows):
        return coverage[:0, :0]
    return coverage[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@dataclass(frozen=True)
class Family:
    """A family of the list and the faces that its package has."""

    name: str
    package: str
    style: str
    kin: str
    faces: tuple[Face, ...] = field(default=(), compare=False)

    @property
    def look(self) -> str:
        """Give the sum of the digits of all faces."""
        return hashlib.sha256("".join(face.look for face in self.faces).encode()).hexdigest()


def listed(split: str) -> list[Family]:
    """Read the families of a split, without their faces."""
    rows = json.loads(LIST.read_text(encoding="utf-8"))[split]
    return [
        Family(row["family"], row["package"], row["style"], row.get("kin", row["family"]))
        for row in rows
    ]


def unpack(splits: tuple[str, ...] = SPLITS) -> None:
    """Download and unpack the packages of these splits that are not there yet."""
    packages = sorted({family.package for split in splits for family in listed(split)})
    missing = [name for name in packages if not (FOLDER / name).is_dir()]
    if not missing:
        return
    for tool in ("apt-get", "dpkg"):
        if not shutil.which(tool):
            message = f"the fonts are Debian packages, and there is no {tool} here"
            raise FontError(message)
    archives = FOLDER / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    print(f"Getting {len(missing)} font packages into {FOLDER}")
    download(missing, archives)
    for name in missing:
        archive = next(iter(sorted(archives.glob(f"{name}_*.deb"))), None)
        if archive is None:
            message = f"apt-get download gave no file for {name}"
            raise FontError(message)
        unfinished = FOLDER / f"{name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run(["dpkg", "-x", archive, unfinished], check=True)
        unfinished.rename(FOLDER / name)
        archive.unlink()


def download(packages: list[str], folder: Path) -> None:
    """Let apt put the packages' archives into a folder; its lists may have to be fetched first."""
    command = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", *packages]
    first = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if first.returncode == 0:
        return
    subprocess.run(["apt-get", "update", "-q"], capture_output=True, check=False)
    second = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if second.returncode:
        reason = (second.stderr.strip().splitlines() or ["no reason given"])[-1]
        message = f"apt-get download failed (`apt-get update` as root may help): {reason}"
        raise FontError(message)


@functools.cache
def families(split: str) -> tuple[Family, ...]:
    """Give a split's families with their faces, unpacking what is missing."""
    unpack((split,))
    left_out = json.loads(LIST.read_text(encoding="utf-8"))["left_out"]
    found: list[Family] = []
    for family in listed(split):
        faces = faces_of(family, left_out)
        if not faces:
            message = f"{family.package} has no face of the family {family.name}"
            raise FontError(message)
        found.append(Family(family.name, family.package, family.style, family.kin, faces))
    return tuple(found)


def faces_of(family: Family, left_out: list[str]) -> tuple[Face, ...]:
    """Find the files of a family that differ in how their digits look."""
    faces: dict[str, Face] = {}
    for path, name, style in files_of(family.package):
        if name != family.name or any(word.lower() in style.lower() for word in left_out):
            continue
        look = look_of(Face(path, style))
        faces.setdefault(look, Face(path, style, look))
    return tuple(faces.values())


def look_of(face: Face) -> str:
    """Give the sum of a face's ten digits, with their sizes."""
    drawn = hashlib.sha256()
    for digit in range(10):
        ink = face.ink(digit, LOOK_HEIGHT)
        drawn.update(f"{ink.shape}".encode() + np.rint(ink * 255).astype(np.uint8).tobytes())
    return drawn.hexdigest()


@functools.cache
def files_of(package: str) -> tuple[tuple[Path, str, str], ...]:
    """List a package's font files with the family and the style that each one names."""
    found = []
    for path in sorted((FOLDER / package).rglob("*")):
        if path.suffix.lower() in {".ttf", ".otf"} and not path.is_symlink():
            name, style = loaded(path, REFERENCE_SIZE).getname()
            found.append((path, name or "", style or ""))
    return tuple(found)


def turned(coverage: np.ndarray, degrees: float) -> np.ndarray:
    """Turn ink about its middle, against the clock, and crop it anew."""
    image = Image.fromarray(np.pad(coverage, 1))
    image = image.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True)
    return cropped(np.clip(np.asarray(image), 0, 1))

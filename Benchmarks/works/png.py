"""PNG files and the network inside the library: one file to its label, and many in one command."""

from __future__ import annotations

from harness import lamina, places
from harness.entry import Entry

from works.pictures import reader
from works.plan import Plan

FOLDER = places.MODELS / "pictures"
# The pictures of peers/pictures.py, each a 7.
PICTURES = {
    "28x28 like MNIST's": "like-mnist",
    "28x28 dark on white": "inverted",
    "100x100 grey scan": "scan",
    "1600x1200 photo": "photo",
}
LABEL = 7
FOLDERS = {1_000: places.MODELS / "digits-1000", 10_000: places.DIGITS}


def entries(plan: Plan) -> list[Entry]:
    """List what is read."""
    return [
        *(picture_entry(plan, edition, name) for name in PICTURES for edition in lamina.EDITIONS),
        *(
            folder_entry(plan, edition, count, threads)
            for count in FOLDERS
            for threads in [1, 2]
            for edition in lamina.EDITIONS
        ),
    ]


def picture_entry(plan: Plan, edition: lamina.Edition, name: str) -> Entry:
    """Read one file again and again in a C program, and time its parts."""
    path = FOLDER / f"{PICTURES[name]}.png"
    command = [str(places.HOSTS / "png"), str(plan.seconds), str(LABEL), str(path)]
    entry = Entry("png file", edition.name, command, interface=f"C, {name}")
    entry.variables = edition.variables()
    return entry


def folder_entry(plan: Plan, edition: lamina.Edition, count: int, threads: int) -> Entry:
    """Read a folder by the command."""
    command = edition.classify(None, FOLDERS[count], threads)
    read = reader(plan.mnist, count)
    through = f"command, {count:,} files"
    return Entry("png folder", edition.name, command, threads, through, read=read)

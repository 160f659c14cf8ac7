"""Prints what a distribution takes on disk, alone and with all that it needs, as JSON.

python3 -m peers.sizes DISTRIBUTION
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path


def size(name: str) -> int:
    """Give the bytes of a distribution's files, compiled Python aside."""
    files = metadata.distribution(name).files or []
    paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.exists())


def needed(name: str, seen: set[str]) -> set[str]:
    """Give a distribution and all the installed ones that it needs."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return seen
    try:
        requirements = metadata.distribution(key).requires or []
    except metadata.PackageNotFoundError:
        return seen
    seen.add(key)
    for requirement in requirements:
        if "extra ==" not in requirement:
            needed(re.split(r"[^\w.-]", requirement, maxsplit=1)[0], seen)
    return seen


def main() -> None:
    """Print both sizes."""
    name = sys.argv[1]
    alone, everything = size(name), sum(map(size, needed(name, set())))
    print(json.dumps({"package_megabytes": alone / 1e6, "installed_megabytes": everything / 1e6}))


if __name__ == "__main__":
    main()

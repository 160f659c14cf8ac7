"""Classify PNG files: classify_png.py MODEL FILE...

Prints a line ``file<TAB>label<TAB>probability`` for each. A file that fails is reported on
standard error, the rest go on, and the exit status is then 1.
"""

from __future__ import annotations

import sys

import lamina


def main(arguments: list[str]) -> int:
    """Classify all files; give the exit status."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    try:
        model = lamina.Model.load(arguments[0])
    except (lamina.LaminaError, ValueError) as error:
        print(f"classify_png.py: {arguments[0]}: {error}", file=sys.stderr)
        return 1
    with model:
        for file in arguments[1:]:
            try:
                best = model.classify_png(file)[0]
            except (lamina.LaminaError, ValueError) as error:
                print(f"classify_png.py: {file}: {error}", file=sys.stderr)
                status = 1
            else:
                print(f"{file}\t{best.label}\t{best.probability:.7f}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Classify PNG files: classify_png.py [MODEL.safetensors] FILE...

Prints a line ``file<TAB>label<TAB>probability`` for each. Without a weights file the model inside
the library reads them. A file that fails is reported on standard error, the rest go on, and the
exit status is then 1.
"""

from __future__ import annotations

import sys

import lamina


def main(arguments: list[str]) -> int:
    """Classify all files; give the exit status."""
    weights = arguments[:1] if arguments[:1] and arguments[0].endswith(".safetensors") else []
    files = arguments[len(weights) :]
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    try:
        model = lamina.Model.load(weights[0]) if weights else lamina.Model.digits()
    except (lamina.LaminaError, ValueError) as error:
        print(f"classify_png.py: {error}", file=sys.stderr)
        return 1
    with model:
        for file in files:
            try:
                best = model.classify_png(file)[0]
            except (lamina.LaminaError, ValueError) as error:
                print(f"classify_png.py: {error}", file=sys.stderr)
                status = 1
            else:
                print(f"{file}\t{best.label}\t{best.probability:.7f}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

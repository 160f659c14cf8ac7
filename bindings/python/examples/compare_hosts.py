"""Compare what hosts answered for the same PNG files: compare_hosts.py COMMAND.csv HOST.tsv...

The CSV comes from ``png-classify --format csv`` (columns file, label, probability); a TSV has a
line ``file<TAB>label<TAB>probability`` for each file, as the C and the Python example print. The
exit status is 0 when all give the same label and, to 1e-6, the same probability for every file.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TOLERANCE = 1e-6
# The examples print seven decimals, so each printed number may be off by half of the last one.
ROUNDING = 1e-7

Answers = dict[str, tuple[str, float]]


def read(path: Path) -> Answers:
    """Give label and probability by file; of several rows for a file, the first, which is best."""
    answers: Answers = {}
    with path.open(newline="", encoding="utf-8") as stream:
        if path.suffix == ".csv":
            rows = [
                (row["file"], row["label"], row["probability"]) for row in csv.DictReader(stream)
            ]
        else:
            rows = [(file, label, p) for file, label, p in csv.reader(stream, delimiter="\t")]
    for file, label, probability in rows:
        answers.setdefault(file, (label, float(probability)))
    return answers


def main(arguments: list[str]) -> int:
    """Print the table and the verdict."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    hosts = {Path(name).stem: read(Path(name)) for name in arguments}
    files = sorted(set().union(*hosts.values()))
    names = {file: Path(file).name for file in files}
    width = max([len(name) for name in names.values()] + [4])
    print(f"{'file':{width}}" + "".join(f"  {host:>16}" for host in hosts))
    differing = 0
    worst = 0.0
    for file in files:
        answers = [host.get(file) for host in hosts.values()]
        found = [answer for answer in answers if answer]
        probabilities = [probability for _, probability in found]
        spread = max(probabilities) - min(probabilities)
        worst = max(worst, spread)
        same = (
            len(found) == len(hosts)
            and len({label for label, _ in found}) == 1
            and spread <= TOLERANCE + ROUNDING
        )
        differing += not same
        cells = [f"{answer[0]:>4}  {answer[1]:.7f}" if answer else "missing" for answer in answers]
        row = "".join(f"  {cell:>16}" for cell in cells)
        print(f"{names[file]:{width}}{row}{'' if same else '  DIFFERS'}")
    print()
    if not files or differing:
        print(f"{differing} of {len(files)} files differ between {', '.join(hosts)}.")
        return 1
    apart = f"probabilities at most {worst:.0e} apart" if worst else "same probabilities"
    print(f"{', '.join(hosts)} agree on all {len(files)} files: same labels, {apart}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

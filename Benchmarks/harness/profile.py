"""Prints where a step of the quickstart's training spends its time: python3 -m harness.profile.

Linux's `perf` says in which functions the processor was, over the whole process; a step's share
includes its share of reading the data and of the evaluation at the end.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

from harness import lamina, places
from harness.entry import Entry
from harness.goals import number
from harness.process import environment_of

EPOCHS = 5
STEPS = EPOCHS * 60_000 // 32
# What functions are about, the first that fits.
GROUPS = {
    "first layer, forward and gradient": "sparse_product|sparse_gradient|density|are_finite",
    "Adam": "adam",
    "gathering pictures and labels": "gather",
    "last layer": "tile|product|Product|panel",
    "dropout": "dropout|laminakernel_multiply",
    "crossentropy": "crossentropy",
    "accuracy": "count_largest|ccuracy",
    "counting references": "swift_retain|swift_release",
    "bias, relu, column sums": "relu|sum_columns|column_sums",
    "copies, reading": "memmove|memcpy|memset|Gzip|inflate",
    "all else": "",
}


def run(command: list[str]) -> str:
    """Run a command; give its output, or end with its last words."""
    variables = environment_of(Entry("", "", []), places.data_home() / "mnist")
    result = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{command[0]}: {(result.stderr.strip() or 'failed').splitlines()[-1]}")
    return result.stdout


def group(symbol: str) -> str:
    """Say what a function is about."""
    return next(name for name, pattern in GROUPS.items() if re.search(pattern, symbol))


def main() -> None:
    """Record, and print a table in microseconds a step."""
    if shutil.which("perf") is None:
        sys.exit("perf is not installed (Debian: linux-perf); it makes this table")
    data, weights = str(places.BUILD / "perf.data"), str(places.BUILD / "trained.safetensors")
    trainer = [str(lamina.DEFAULT.trainer), "mlp", "1", str(EPOCHS), weights]
    run(["perf", "record", "-q", "-F", "5000", "-e", "cpu-clock:u", "-o", data, *trainer])
    # A line has nanoseconds, a comma, and a function.
    report = ["perf", "report", "-i", data, "--stdio", "--no-children", "-t", ","]
    sums = dict.fromkeys(GROUPS, 0)
    for line in run([*report, "-F", "period,symbol"]).splitlines():
        count, comma, symbol = line.partition(",")
        if comma and count.strip().isdigit():
            sums[group(symbol)] += int(count)
    print("| microseconds a step | now |\n| --- | ---: |")
    for name, time in sums.items():
        print(f"| {name} | {number(time / STEPS / 1e3)} |")


if __name__ == "__main__":
    main()

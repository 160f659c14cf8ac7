"""Runs the benchmark: python3 run.py [--quick] [--only WORK,...] [--rounds N].

--quick   installs nothing, measures little, and writes build/bench/performance.md
--only    measures some kinds of work; the results of the others stay as they are
--rounds  how often each contestant does its work
"""

from __future__ import annotations

import argparse
import json
from time import perf_counter

from harness import install, lamina, places, prepare, report
from harness.entry import Entry
from harness.process import MeasurementError, measure
from harness.results import Results
from works import inference, machine, pictures, size, training
from works.plan import Plan

KINDS = [machine, size, pictures, inference, training]


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=0)
    return parser.parse_args()


def reason_against(entry: Entry, failures: dict[str, str]) -> str | None:
    """Say why an entry cannot be run at all."""
    if entry.environment in failures:
        return failures[entry.environment]
    for edition in lamina.EDITIONS:
        if edition.name == entry.contestant and not edition.library.exists():
            return f"there is no {edition.library.relative_to(places.ROOT)}"
    return None


def run_work(entries: list[Entry], rounds: int, plan: Plan, results: Results) -> None:
    """Measure every entry once a round, one after the other, so that all meet the same machine."""
    for number in range(rounds):
        for entry in entries:
            if results.failed(entry):
                continue
            start = perf_counter()
            try:
                results.add(entry, measure(entry, plan.mnist, plan.timeout))
                end = f"{perf_counter() - start:.1f} s"
            except MeasurementError as error:
                results.fail(entry, str(error))
                end = f"failed: {error}"
            print(f"{number + 1}/{rounds} {entry.label}: {end}", flush=True)


def main() -> None:
    """Install, prepare, measure and report."""
    options = arguments()
    places.RESULTS.mkdir(parents=True, exist_ok=True)
    failures = install.install_all(may_install=not options.quick)
    full = places.data_home() / "mnist"
    prepare.train_networks(full)
    failures |= prepare.export(failures, full)
    plan = Plan(options.quick, prepare.cut_data(full) if options.quick else full)

    path = places.RESULTS / ("quick.json" if options.quick else "full.json")
    results = Results.load(path)
    results.content["quick"] = options.quick
    by_work: dict[str, list[Entry]] = {}
    for kind in KINDS:
        for entry in kind.entries(plan):
            by_work.setdefault(entry.work, []).append(entry)
    chosen = options.only.split(",") if options.only else list(by_work)
    for work in chosen:
        results.forget(work)
        runnable = []
        for entry in by_work[work]:
            reason = reason_against(entry, failures)
            if reason:
                results.fail(entry, reason)
            else:
                runnable.append(entry)
        run_work(runnable, options.rounds or plan.rounds(work), plan, results)
        results.describe_machine(failures)
        path.write_text(json.dumps(results.content, indent=1), encoding="utf-8")
    report.write(results, quick=options.quick)


if __name__ == "__main__":
    main()

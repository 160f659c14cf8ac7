"""Runs the benchmark: python3 run.py [--quick] [--only WORK,...] [--rounds N].

--quick   installs nothing, and measures little
--only    measures some kinds of work
--rounds  how often each contestant does its work

A run of everything in full writes docs/performance.md; any other build/bench/performance.md.
"""

from __future__ import annotations

import argparse
import sys
from time import perf_counter

from harness import install, lamina, places, prepare, report
from harness.entry import Entry
from harness.process import MeasurementError, measure
from harness.results import Results
from works import inference, machine, pictures, png, size, training
from works.plan import Plan

KINDS = [machine, size, png, pictures, inference, training]


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


def order(entries: list[Entry], number: int) -> list[Entry]:
    """Give the order of a round: every other one is backwards, so that neighbours change."""
    return entries[::-1] if number % 2 else entries


def run_work(entries: list[Entry], rounds: int, plan: Plan, results: Results) -> None:
    """Measure every entry once a round, one after the other, so that all meet the same machine."""
    for number in range(rounds):
        for entry in order(entries, number):
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


def entries_by_work(plan: Plan, only: str) -> dict[str, list[Entry]]:
    """List who does what, of the kinds of work that are chosen."""
    by_work: dict[str, list[Entry]] = {}
    for kind in KINDS:
        for entry in kind.entries(plan):
            by_work.setdefault(entry.work, []).append(entry)
    if not only:
        return by_work
    chosen = [name.strip() for name in only.split(",")]
    unknown = [name for name in chosen if name not in by_work]
    if unknown:
        sys.exit(f"there is no {', '.join(unknown)}; the kinds of work are {', '.join(by_work)}")
    return {work: by_work[work] for work in by_work if work in chosen}


def main() -> None:
    """Install, prepare, measure and report."""
    options = arguments()
    places.RESULTS.mkdir(parents=True, exist_ok=True)
    failures = install.install_all(may_install=not options.quick)
    full = places.data_home() / "mnist"
    prepare.train_networks(full)
    failures |= prepare.export(failures, full)
    plan = Plan(options.quick, prepare.cut_data(full) if options.quick else full)

    by_work = entries_by_work(plan, options.only)

    results, unfinished = Results.empty(), places.RESULTS / "unfinished.json"
    results.content["quick"] = options.quick
    results.describe_machine(failures)
    for work, entries in by_work.items():
        runnable = []
        for entry in entries:
            reason = reason_against(entry, failures)
            if reason:
                results.fail(entry, reason)
            else:
                runnable.append(entry)
        run_work(runnable, options.rounds or plan.rounds(work), plan, results)
        results.save(unfinished)
    # Only now, so that what the document is written from is one whole run.
    kind = "part" if options.only else "quick" if options.quick else "full"
    unfinished.rename(places.RESULTS / f"{kind}.json")
    report.write(results, kind)


if __name__ == "__main__":
    main()

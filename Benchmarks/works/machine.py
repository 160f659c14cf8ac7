"""The machine's limits, Lamina's products beside OpenBLAS's, and when skipping zeros pays."""

from __future__ import annotations

from harness import places
from harness.entry import Entry

from works.plan import Plan

# Lamina's products compiled for older processors, and what makes OpenBLAS take theirs.
OLDER = {"AVX2": "Haswell", "SSE": "Nehalem"}


def entries(plan: Plan) -> list[Entry]:
    """List what is measured of the machine."""
    del plan
    made = [
        Entry("machine", "limits", [host("machine")], 2, "C"),
        Entry("products", "this processor", [host("products")], 1, "C"),
        *(Entry("products", name, [host(f"products-{name}")], 1, "C") for name in OLDER),
        Entry("density", "Lamina", [host("density")], 1, "C"),
    ]
    for entry in made:
        entry.variables = {"OPENBLAS_NUM_THREADS": "1"}
        if entry.contestant in OLDER:
            entry.variables["OPENBLAS_CORETYPE"] = OLDER[entry.contestant]
    return made


def host(name: str) -> str:
    """Give the path of a program."""
    return str(places.HOSTS / name)

"""The machine's limits: multiply-adds, bandwidth, and the products alone in OpenBLAS."""

from __future__ import annotations

from harness import places
from harness.entry import Entry

from works.plan import Plan


def entries(plan: Plan) -> list[Entry]:
    """List what is measured of the machine."""
    del plan
    return [
        Entry("machine", "limits", [str(places.HOSTS / "machine")], 2, "C"),
        Entry("machine", "OpenBLAS", [str(places.HOSTS / "products")], 1, "C"),
    ]

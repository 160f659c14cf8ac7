"""How the families of fonts.json looked when they were last recorded, in rendered.json.

Debian's packages have no fixed version here: a newer one may draw other digits, and pictures made
with it differ from those of which the documents speak.
"""

from __future__ import annotations

import json

from suite import fonts

RECORD = fonts.FOLDER_OF_THE_SUITE / "rendered.json"

Looks = dict[str, dict[str, str]]
"""Of each split, the families' names and the sums of their digits."""


def recorded() -> Looks:
    """Read the record."""
    looks: Looks = json.loads(RECORD.read_text(encoding="utf-8"))
    return looks


def record() -> None:
    """Write how all families look now."""
    looks = {
        split: {family.name: family.look for family in fonts.families(split)}
        for split in fonts.SPLITS
    }
    RECORD.write_text(json.dumps(looks, indent=2) + "\n", encoding="utf-8")


def changes(split: str, families: tuple[fonts.Family, ...], looks: Looks) -> list[str]:
    """Say of which families the digits look otherwise than when they were recorded."""
    return [
        f"{family.name} ({family.package}, {split}) renders otherwise than rendered.json says"
        for family in families
        if looks[split].get(family.name) != family.look
    ]


def changed(split: str) -> list[str]:
    """Compare a split's families with the record."""
    return changes(split, fonts.families(split), recorded())

"""Chance that is the same on every machine: one generator for each picture, made from its name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

Value = float | int | str | Mapping[str, Sequence[float]] | Mapping[str, Sequence[str]]
Chosen = dict[str, float | str]


def generator(*name: object) -> np.random.Generator:
    """Make the generator that belongs to a name such as (split, kind, index)."""
    text = "/".join(map(str, name))
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))


def choose(value: Value, chance: np.random.Generator) -> float | str:
    """Draw a value as the lists write it: a constant, a range, a logarithmic range or a choice."""
    if not isinstance(value, Mapping):
        return value
    ((how, of),) = value.items()
    if how == "choice":
        return of[int(chance.integers(len(of)))]
    least, most = map(float, of)
    if how == "range":
        return float(chance.uniform(least, most))
    if how == "log":
        return float(np.exp(chance.uniform(np.log(least), np.log(most))))
    message = f"a value is a constant, a range, a log or a choice, not {how!r}"
    raise ValueError(message)


def choose_all(step: Mapping[str, Value], chance: np.random.Generator) -> Chosen:
    """Draw every value of a step, in the order in which it is written."""
    return {name: choose(value, chance) for name, value in step.items()}

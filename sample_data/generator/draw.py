"""Draws that give the same on every machine: only ``Random.random()`` and plain arithmetic."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")

STEPS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 1.0)
"""The shares at which a table for ``from_quantiles`` gives its values."""


def stream(*names: object) -> Random:
    """A stream of draws of its own, so that a change in one place moves nothing elsewhere."""
    return Random(":".join(str(name) for name in names))


def chance(rng: Random, share: float) -> bool:
    """True in that share of draws."""
    return rng.random() < share


def between(rng: Random, low: float, high: float) -> float:
    """A number from low to high, all alike."""
    return low + (high - low) * rng.random()


def whole(rng: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(rng.random() * (high - low + 1))


def pick(rng: Random, choices: Sequence[Choice]) -> Choice:
    """One of the choices, all alike."""
    return choices[int(rng.random() * len(choices))]


def weighted(rng: Random, choices: Sequence[Choice], weights: Sequence[float]) -> Choice:
    """One of the choices, by weight."""
    left = rng.random() * sum(weights)
    for choice, weight in zip(choices, weights, strict=True):
        left -= weight
        if left < 0:
            return choice
    return choices[-1]


def from_quantiles(rng: Random, table: Sequence[float]) -> float:
    """A value of the distribution whose values at ``STEPS`` are given, straight between them."""
    share = rng.random()
    for index in range(1, len(STEPS)):
        if share < STEPS[index]:
            low, high = STEPS[index - 1], STEPS[index]
            part = (share - low) / (high - low)
            return table[index - 1] + part * (table[index] - table[index - 1])
    return table[-1]

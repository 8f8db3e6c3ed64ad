"""Measures of months to come, taken as those of the last twelve: what pace is reckoned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.catalogue.evaluation import Inputs, compares, reads
from kpi.catalogue.formula import Formula
from kpi.months import Month

LAST = 12
"""The months whose going on is supposed."""


@dataclass(frozen=True, slots=True)
class Continued:
    """Measures up to now, and of months to come as they were in other months."""

    values: Mapping[str, Mapping[Month, float]]
    histograms: Mapping[str, Mapping[Month, Mapping[int, int]]]


def continuations(
    formula: Formula, rest: Sequence[Month], last: Sequence[Month], known: Inputs
) -> list[Continued]:
    """The measures with the rest going on as the last twelve months did, once from each of them.

    The first month to come is taken for the first of the twelve, then for the second, and so on
    round, so that each stands in each place once. What is held against the year before grows on
    that as it did: of a month to come it is last year's times the growth of the month it is taken
    for. A continuation that would need growth on nothing is left out.
    """
    found = []
    for start in range(len(last)):
        of = {month: last[(start + at) % len(last)] for at, month in enumerate(rest)}
        made = _continued(formula, of, known)
        if made is not None:
            found.append(made)
    return found


def _continued(formula: Formula, of: Mapping[Month, Month], known: Inputs) -> Continued | None:
    values = {name: dict(months) for name, months in known.values.items()}
    histograms = {name: dict(months) for name, months in known.histograms.items()}
    for name in {read.measure for read in reads(formula)}:
        if name in known.histograms:
            binned = known.histograms[name]
            histograms[name] |= {to: binned[like] for to, like in of.items() if like in binned}
            continue
        held = known.values.get(name, {})
        for to, like in of.items():
            value = held.get(like)
            if compares(formula):
                before, base = held.get(like - 12, 0.0), held.get(to - 12, 0.0)
                if before <= 0:
                    return None
                value = base * (value or 0.0) / before
            if value is not None:
                values.setdefault(name, {})[to] = value
    return Continued(values, histograms)

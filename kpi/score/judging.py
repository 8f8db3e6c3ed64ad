"""One row of a score before points: a KPI's one result judged by each role version in force."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kpi.catalogue import Kpi, kpi
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.attainment import attainment, best
from kpi.score.exclusion import Exclusion, excluded_months, excluded_words
from kpi.score.facts import Facts
from kpi.score.model import Result, Status, VersionInForce
from kpi.score.result import counts_months, result, trailing_months

Parts = tuple[tuple[VersionInForce, Terms], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A KPI, its result over the months it was computed from, and what the versions make of it.

    ``parts``: the versions that ask for the KPI, oldest first; at least one. ``attainments``: one
    each. ``best``: the most points it could have. ``several``: more than one version is in force.
    ``excluded``: how much of the period's months HR took out of the KPI, 0 to 1.
    """

    kpi: Kpi
    months: tuple[Month, ...]
    result: Result
    status: Status
    reason: str | None
    weight: float
    attainment: float | None
    best: float
    parts: Parts
    attainments: tuple[float | None, ...]
    several: bool
    excluded: float


def judge(
    versions: Sequence[VersionInForce],
    first: Month,
    last: Month,
    facts: Facts,
    exclusions: Sequence[Exclusion],
    leave: Collection[Month],
    *,
    so_far: bool,
    since: Month | None,
) -> tuple[Judged, ...]:
    """A row for every KPI of the versions: the latest version's order first, then the others'."""
    in_force = [each for each in versions if each.months]
    every = sum(len(each.months) for each in in_force)
    months = tuple(month for month in span(first, last) if month not in leave)
    ids = dict.fromkeys(terms.kpi for each in reversed(versions) for terms in each.terms)
    rows = []
    for id in ids:
        asked = _parts(in_force, id) or _parts(versions, id)
        gated = any(terms.gate is not None for _, terms in asked)
        out = excluded_months(exclusions, id, months, gated=gated)
        # Of a KPI with every month taken out the whole period's value is still shown.
        left = tuple(month for month in months if month not in out) or months
        parts = _over(asked, left)
        terms = parts[-1][1]
        definition, minimum = terms.own or kpi(id), terms.minimum
        outcome = None
        if so_far and counts_months(definition):
            without = {*leave, *excluded_months(exclusions, id, span(last - 24, last), gated=gated)}
            outcome = _trailing(definition, last, facts, minimum, since, without)
        if outcome is None:
            outcome = left, result(definition, left, facts, minimum=minimum)
        rows.append(
            _judged(
                definition,
                parts,
                weight=_weight(asked, every),
                found=outcome,
                out=out,
                why=excluded_words(exclusions, id, out),
                excluded=len(out) / len(months) if months else 0.0,
                several=len(in_force) > 1,
            )
        )
    return tuple(rows)


def _trailing(
    kpi: Kpi,
    last: Month,
    facts: Facts,
    minimum: float | None,
    since: Month | None,
    without: Collection[Month],
) -> tuple[tuple[Month, ...], Result] | None:
    trailing = trailing_months(kpi, last, facts, since, without)
    if trailing is None:
        return None
    found = result(kpi, trailing, facts, minimum=minimum)
    note = f"Over the last three complete months, {trailing[0].words} to {trailing[-1].words}."
    return trailing, replace(found, basis="trailing", notes=(*found.notes, note))


def _parts(versions: Sequence[VersionInForce], id: str) -> Parts:
    return tuple(
        (version, terms) for version in versions for terms in version.terms if terms.kpi == id
    )


def _over(parts: Parts, months: Sequence[Month]) -> Parts:
    """The versions that judge any of the months, with those of theirs alone."""
    kept = tuple(
        (replace(version, months=own), terms)
        for version, terms in parts
        if (own := tuple(month for month in version.months if month in months))
    )
    return kept or parts


def _weight(parts: Parts, every: int) -> float:
    weighted = math.fsum(len(version.months) * terms.weight for version, terms in parts)
    return weighted / every if every else 0.0


def _judged(
    kpi: Kpi,
    parts: Parts,
    *,
    weight: float,
    found: tuple[tuple[Month, ...], Result],
    out: Collection[Month],
    why: str,
    excluded: float,
    several: bool,
) -> Judged:
    months, outcome = found
    status, reason = outcome.status, outcome.reason
    if not any(version.months for version, _ in parts):
        status, reason = Status.NOT_IN_FORCE, "No role version in force in this period asks for it."
    elif excluded == 1:
        status, reason = Status.EXCLUDED, why
    elif out:
        left = ", ".join(month.words for month in sorted(out))
        note = f"Without {left}, excluded by HR: {why}"
        outcome = replace(outcome, notes=(*outcome.notes, note))
    attainments: tuple[float | None, ...] = (None,) * len(parts)
    total = None
    if status is Status.SCORED and outcome.value is not None:
        each = [attainment(outcome.value, terms, kpi.better) for _, terms in parts]
        attainments, total = tuple(each), _mean(parts, each)
    return Judged(
        kpi=kpi,
        months=months,
        result=outcome,
        status=status,
        reason=reason,
        weight=weight,
        attainment=total,
        best=_mean(parts, [best(terms) for _, terms in parts]),
        parts=parts,
        attainments=attainments,
        several=several,
        excluded=excluded,
    )


def _mean(parts: Parts, values: Sequence[float]) -> float:
    """The parts' mean weighted by months and weights; of a single part its very value."""
    if len(values) == 1:
        return values[0]
    weights = [len(version.months) * terms.weight for version, terms in parts]
    total = math.fsum(weights)
    if not total:
        return math.fsum(values) / len(values)
    products = (weight * value for weight, value in zip(weights, values, strict=True))
    return math.fsum(products) / total

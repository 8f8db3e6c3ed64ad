"""Section 6 for people: targets, gates, baselines and ratings, and what each KPI measures."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.catalogue import Kpi, Sure, datasets_of
from kpi.catalogue.model import Better
from kpi.catalogue.words import least
from kpi.months import period_words
from kpi.numbers import show
from kpi.role.model import Change, DeclaredTarget, Role, Terms
from kpi.role.rendering.blocks import Block, Heading, Item, Items, Paragraph, Table
from kpi.role.rendering.words import (
    BETTER,
    PERIODS,
    change_words,
    dataset_words,
    one_line,
    rating_name,
    threshold_words,
)
from kpi.role.resolving import resolve

_HOW = (
    "Each KPI earns 0 points at its floor, 100 at its target and 120 at its stretch, and in "
    "between in proportion. A KPI without a stretch earns 100 at most; one without a floor earns "
    "100 if its target is met, and otherwise 0. The score is the mean of the points, weighted."
)
_BAND = (
    "Where a band is best, everything inside it earns 100, and points fall to 0 at the ends of the "
    "floor."
)


def performance_metrics(role: Role, baselines: Mapping[str, float] | None) -> list[Block]:
    """Section 6. ``baselines``: values by KPI in its own unit, or None where there are none yet."""
    terms = _terms(role, baselines)
    bands = any(role.kpi(each.kpi).better is Better.BAND for each in role.targets)
    return [
        Paragraph(
            f"Performance is reviewed every {PERIODS[role.review_period]} of the practice's fiscal "
            f"year, on the KPIs below. {_HOW}{f' {_BAND}' if bands else ''}"
        ),
        Paragraph(
            "There is a score only while KPIs with at least "
            f"{show(role.minimum_coverage, 'percent')} of the weight can be scored."
        ),
        _targets(role, terms),
        *_gates(role, terms),
        *_baselines(role, baselines),
        *_minimums(role),
        _ratings(role.ratings),
        Paragraph(
            "The score indicates a rating; the supervisor and HR decide it.",
            "quiet",
        ),
        _meanings(role),
        Paragraph(
            "In brackets stands how sure a standard is: firm, as its source publishes it; "
            "second-hand, as others repeat it; weak, not to be quoted.",
            "quiet",
        ),
    ]


def _terms(role: Role, baselines: Mapping[str, float] | None) -> dict[str, Terms]:
    """The targets in the KPIs' own units, as far as there are values to reckon them from."""
    if baselines is None and any(each.baseline for each in role.targets):
        return {}
    return {each.kpi: each for each in resolve(role, baselines or {})}


def _targets(role: Role, terms: Mapping[str, Terms]) -> Table:
    return Table(
        "Targets",
        ("KPI", "Weight", "Floor", "Target", "Stretch", "Better"),
        tuple(
            _target(role.kpi(each.kpi), each, terms.get(each.kpi, each)) for each in role.targets
        ),
        (29, 11, 15, 15, 15, 12),
        figures=True,
    )


def _target(kpi: Kpi, declared: DeclaredTarget, asked: Terms | DeclaredTarget) -> tuple[str, ...]:
    return (
        one_line(kpi.name),
        show(declared.weight, "points"),
        *(threshold_words(each, kpi.unit) for each in (asked.floor, asked.target, asked.stretch)),
        BETTER[kpi.better],
    )


def _gates(role: Role, terms: Mapping[str, Terms]) -> list[Block]:
    items = tuple(
        Item(
            f"If the target of {_asked(role, each, terms)} is missed, the whole score is at most "
            f"{show(each.gate, 'points')}.",
            one_line(role.kpi(each.kpi).name),
        )
        for each in role.targets
        if each.gate is not None
    )
    return [Heading(3, "Gates"), Items(items)] if items else []


def _asked(role: Role, declared: DeclaredTarget, terms: Mapping[str, Terms]) -> str:
    target = terms.get(declared.kpi, declared).target
    return threshold_words(target, role.kpi(declared.kpi).unit)


def _baselines(role: Role, baselines: Mapping[str, float] | None) -> list[Block]:
    """Which months the targets are changes from, and what was found in them."""
    rows = tuple(
        (
            one_line(role.kpi(each.kpi).name),
            period_words(each.baseline.first, each.baseline.last),
            "computed when this version is published"
            if baselines is None
            else show(baselines.get(each.kpi), role.kpi(each.kpi).unit),
            _changes(each),
        )
        for each in role.targets
        if each.baseline is not None
    )
    if not rows:
        return []
    head = ("KPI", "Months", "Value in them", "Asked of it")
    return [Table("Baselines", head, rows, (25, 22, 20, 33))]


def _changes(declared: DeclaredTarget) -> str:
    named = (("floor", declared.floor), ("target", declared.target), ("stretch", declared.stretch))
    return ", ".join(
        f"{name} {change_words(each)} it" for name, each in named if isinstance(each, Change)
    )


def _minimums(role: Role) -> list[Block]:
    items = tuple(
        Item(
            f"In this role, scored from {show(each.minimum, 'count')} on; the usual least is "
            f"{least(role.kpi(each.kpi)).lower()}.",
            one_line(role.kpi(each.kpi).name),
        )
        for each in role.targets
        if each.minimum is not None
    )
    return [Heading(3, "Least to score"), Items(items)] if items else []


def _ratings(ratings: Mapping[str, float]) -> Table:
    """The scale, best first; what lies under the lowest rating is below expectations."""
    rows = []
    above: float | None = None
    for name, lowest in ratings.items():
        upper = "" if above is None else f", under {show(above, 'points')}"
        rows.append((rating_name(name), f"{show(lowest, 'points')} or more{upper}"))
        above = lowest
    rows.append(("Below expectations", f"under {show(above, 'points')}"))
    return Table("Ratings", ("Rating", "Score"), tuple(rows), (50, 50))


def _meanings(role: Role) -> Table:
    return Table(
        "What each KPI measures",
        ("KPI", "Meaning", "Exports read", "Standard and its source"),
        tuple(_meaning(role.kpi(each.kpi)) for each in role.targets),
        (19, 33, 17, 31),
    )


def _meaning(kpi: Kpi) -> tuple[str, ...]:
    standard = kpi.standard
    source = "" if standard.sure is Sure.NONE else f" {standard.source} ({standard.sure.value})."
    return (
        one_line(kpi.name),
        one_line(kpi.definition),
        ", ".join(sorted(map(dataset_words, datasets_of(kpi)))),
        f"{standard.says}{source}",
    )

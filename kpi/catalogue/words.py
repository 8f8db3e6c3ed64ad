"""An entry of the catalogue in words: one list of terms for console, page and documentation."""

from __future__ import annotations

from kpi.catalogue.model import Better, Kpi, Unit
from kpi.catalogue.reading import datasets_of, kpis, measures
from kpi.numbers import show

_BETTER = {Better.HIGHER: "Higher", Better.LOWER: "Lower", Better.BAND: "Inside a band"}


def terms(kpi: Kpi) -> tuple[tuple[str, str], ...]:
    """All that explains a KPI, term by term, in the order in which a reader asks for it."""
    found = (
        ("Meaning", kpi.definition),
        ("Formula", kpi.formula.source),
        ("Made of", _made_of(kpi)),
        ("Unit", kpi.unit.value.replace("_", " ")),
        ("Better", _BETTER[kpi.better]),
        ("Least to score", least(kpi)),
        ("Not scored when", _unfilled(kpi)),
        ("Standard", kpi.standard.words),
        ("Typical", kpi.typical.words),
        ("In a manager's control", kpi.control.words),
        ("Trap", kpi.trap),
        ("Read beside", ", ".join(kpis()[id].name for id in kpi.counterweights)),
        ("Reads", ", ".join(sorted(datasets_of(kpi)))),
    )
    return tuple((term, text) for term, text in found if text)


def least(kpi: Kpi) -> str:
    """The least n: ``3 months``, ``$50,000 of collectible charges``; of a count ``Any``."""
    minimum = kpi.minimum
    if minimum is None:
        return "Any"
    each = " in each of the two periods" if minimum.each else ""
    if minimum.money:
        return f"{show(minimum.least, Unit.DOLLARS)} of {minimum.counted}{each}"
    return f"{show(minimum.least, Unit.COUNT)} {minimum.counted}{each}"


def _made_of(kpi: Kpi) -> str:
    """Each measure of the formula in words: ``no_shows: patients who did not come``."""
    named = (name for name in measures() if name in kpi.formula.measures)
    return "; ".join(f"{name}: {measures()[name].text}" for name in named)


def _unfilled(kpi: Kpi) -> str:
    """When a KPI with enough to count is not scored all the same."""
    found = [
        f"{rule.reason} (under {show(rule.share, Unit.PERCENT)})" if rule.share else rule.reason
        for rule in kpi.filled
    ]
    if kpi.numerator_column is not None:
        dataset, column = kpi.numerator_column.column.split(".")
        found.append(f"The column {column} of {dataset} was not in use yet")
    if kpi.rare:
        found.append("There was nothing to judge; it is left out, which costs no coverage")
    return "".join(f"{each}. " for each in found).strip()

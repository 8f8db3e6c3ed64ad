"""KPIs that a role file defines itself, under ``custom_kpis``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpi.catalogue import (
    Better,
    Filled,
    Formula,
    FormulaError,
    Kpi,
    Minimum,
    Said,
    Sure,
    Unit,
    measure,
    measures,
    parse,
)
from kpi.catalogue.dimensions import in_words
from kpi.catalogue.formula import denominator_of
from kpi.catalogue.model import Control, Degree, fits
from kpi.catalogue.record_measure import RecordMeasure
from kpi.role.findings import Key, error, path_text
from kpi.role.model import Finding
from kpi.role.references import text_of
from kpi.role.tree import Listing, Table, find, locate

CUSTOM: Final[tuple[Key, ...]] = ("performance_metrics", "custom_kpis")
FAMILY: Final = "custom"
"""The family under which pages and scorecards list them."""

_FILLED: Final = 0.8  # of what a filter reads, as for every column that a KPI needs
_OWN = "None is published: the practice defines this KPI itself."
_TRAP = "A definition of one's own has no experience behind it; read the records that it counts."


def read_custom(root: Table, catalogue: Mapping[str, Kpi]) -> tuple[list[Kpi], list[Finding]]:
    """The KPIs that could be read, in the file's order, and what is wrong with the others."""
    listing = find(root, CUSTOM)
    found: list[Kpi] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for number in range(len(listing.items) if isinstance(listing, Listing) else 0):
        path = (*CUSTOM, number)
        id = text_of(find(root, (*path, "id")))
        if id is None:
            continue
        if id in catalogue or id in seen:
            where = "the catalogue" if id in catalogue else "this list"
            findings.append(
                error(
                    "duplicate-kpi",
                    path_text((*path, "id")),
                    locate(root, (*path, "id")),
                    f"A KPI '{id}' is already in {where}.",
                    "Choose another id.",
                )
            )
        seen.add(id)
        kpi = _read(root, path, id, findings)
        if kpi is not None:
            found.append(kpi)
    return found, findings


def _read(root: Table, path: tuple[Key, ...], id: str, findings: list[Finding]) -> Kpi | None:
    """One KPI, or None where a key is missing (which the shape already says) or wrong."""
    name, unit, better, source = (
        text_of(find(root, (*path, key))) for key in ("name", "unit", "better", "formula")
    )
    if name is None or unit is None or better is None or source is None:
        return None
    try:
        unit, better = Unit(unit), Better(better)
    except ValueError:
        return None
    here = (*path, "formula")
    try:
        formula = parse(source, measures())
    except FormulaError as fault:
        findings.append(
            error(
                "formula",
                path_text(here),
                locate(root, here),
                str(fault),
                "Write a formula over measures that 'kpi catalogue' names, or count or sum "
                "records, as in \"count(appointments, appointment_type == 'flu shot') / visits\".",
            )
        )
        return None
    if not fits(unit, formula.dimension):
        findings.append(
            error(
                "formula-unit",
                path_text(here),
                locate(root, here),
                f"The formula comes to {in_words(formula.dimension)}, and the unit of {id} is "
                f"'{unit.value}'.",
                "Change the unit or the formula.",
            )
        )
        return None
    definition = text_of(find(root, (*path, "definition")))
    return Kpi(
        id=id,
        name=name,
        family=FAMILY,
        unit=unit,
        better=better,
        formula=formula,
        minimum=_minimum(formula),
        definition=definition or f"As this role defines it: {source}.",
        standard=Said(_OWN, "", Sure.NONE),
        typical=Said(_OWN, "", Sure.NONE),
        control=Control(Degree.SHARED, "The role does not say who else decides."),
        trap=_TRAP,
        filled=tuple(
            rule for each in formula.records.values() if (rule := _filled(each)) is not None
        ),
    )


def _minimum(formula: Formula) -> Minimum | None:
    """Nothing is asked for unless the target says ``minimum``, of what the formula divides by."""
    below = denominator_of(formula)
    if below is None or any(measure(name).unit for name in below.measures):
        return None
    return Minimum(0.0, of=below, counted="in the denominator")


def _filled(found: RecordMeasure) -> Filled | None:
    """A filter reads a column; leaving that blank must not make a figure look good."""
    if found.filter is None or found.filter.compare == "filled":
        return None
    name = found.dataset.name
    column = found.dataset.column(found.filter.column)
    if column.required or column.blank_is_zero:
        return None
    return Filled(
        have=parse(f"count({name}, filled({column.name}))", measures()),
        of=parse(f"count({name})", measures()),
        share=_FILLED,
        reason=f"Too few records of {name} fill {column.name}",
    )

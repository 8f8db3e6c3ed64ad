"""The catalogue's YAML files, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kpi.catalogue.evaluation import compares
from kpi.catalogue.formula import parse
from kpi.catalogue.measure import Measure, MeasureKind
from kpi.catalogue.model import (
    Better,
    Control,
    Degree,
    Filled,
    Kpi,
    Minimum,
    NumeratorColumn,
    Said,
    Sure,
    Unit,
)
from kpi.catalogue.record_measure import RecordMeasure
from kpi.catalogue.tokens import FormulaError
from kpi.errors import NotFound, nearest

_MEASURES = "measures.yaml"
_ENTRY = {
    "name", "unit", "better", "formula", "minimum", "definition", "standard", "typical", "control",
    "trap", "counterweights", "filled", "rare", "numerator_column", "notes_column",
    "incident_kinds",
}  # fmt: skip
_NO_RANGE = Said("None is relied on; compare with the practice's own past.", "", Sure.NONE)


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by name, dataset by dataset."""
    found: dict[str, Measure] = {}
    for dataset, entries in _load(_MEASURES).items():
        for name, entry in entries.items():
            if name in found:
                raise ValueError(f"{_MEASURES} has the measure {name} twice")
            found[name] = Measure(
                name=name,
                dataset=dataset,
                kind=MeasureKind(entry.pop("kind", MeasureKind.FLOW)),
                text=entry.pop("text"),
                unit=entry.pop("unit", ""),
                bunched=entry.pop("bunched", False),
            )
            if entry:
                raise ValueError(f"{_MEASURES}, {name}: unknown keys {sorted(entry)}")
    return MappingProxyType(found)


@cache
def measure(name: str) -> Measure:
    """A measure by its name: the catalogue's, or one that a formula defines over records, whose
    name is how it is written. Raises NotFound with the nearest name."""
    if name in measures():
        return measures()[name]
    return record_measure(name).measure


@cache
def record_measure(name: str) -> RecordMeasure:
    """The measure over records that a name writes. Raises NotFound."""
    try:
        found = parse(name, {}).records.get(name)
    except FormulaError:
        found = None
    if found is None:
        raise NotFound(f"There is no measure '{name}'.{nearest(name, measures())}")
    return found


@cache
def kpis() -> Mapping[str, Kpi]:
    """Every KPI by id, family by family in the order of the files."""
    found: dict[str, Kpi] = {}
    for family in _families():
        for id, entry in _load(f"{family}.yaml").items():
            if id in found:
                raise ValueError(f"the catalogue has the KPI {id} twice")
            found[id] = _kpi(id, family, entry)
    return MappingProxyType(found)


def kpi(id: str) -> Kpi:
    """The KPI of that id. Raises NotFound with the nearest id."""
    found = kpis().get(id)
    if found is None:
        raise NotFound(
            f"There is no KPI '{id}' in the catalogue.{nearest(id, kpis())} "
            "`kpi catalogue` lists them all."
        )
    return found


@cache
def datasets_of(kpi: Kpi) -> frozenset[str]:
    """The datasets that a KPI cannot do without: those of its formula, minimum and checks."""
    return frozenset(measure(name).dataset for name in measures_of(kpi))


@cache
def measures_of(kpi: Kpi) -> frozenset[str]:
    """The measures that a KPI reads: those of its formula, minimum and checks."""
    formulas = [kpi.formula]
    if kpi.minimum is not None and kpi.minimum.of is not None:
        formulas.append(kpi.minimum.of)
    formulas += [part for rule in kpi.filled for part in (rule.have, rule.of)]
    return frozenset(name for each in formulas for name in each.measures)


def _families() -> list[str]:
    names = [file.name for file in files("kpi.catalogue").iterdir()]
    order = ["financial", "operational", "satisfaction", "compliance"]
    found = [name[:-5] for name in names if name.endswith(".yaml") and name != _MEASURES]
    return sorted(found, key=lambda each: (order.index(each) if each in order else 9, each))


def _load(name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML  # here, so that `kpi --help` need not load it

    text = files("kpi.catalogue").joinpath(name).read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def _kpi(id: str, family: str, entry: dict[str, Any]) -> Kpi:
    if unknown := set(entry) - _ENTRY:
        raise ValueError(f"{family}.yaml, {id}: unknown keys {sorted(unknown)}")
    known = measures()
    formula = parse(entry["formula"], known)
    return Kpi(
        id=id,
        name=entry["name"],
        family=family,
        unit=Unit(entry["unit"]),
        better=Better(entry["better"]),
        formula=formula,
        minimum=_minimum(entry.get("minimum"), compares(formula)),
        definition=entry["definition"],
        standard=_said(entry["standard"]),
        typical=_NO_RANGE if entry["typical"] == "none" else _said(entry["typical"]),
        control=Control(Degree(entry["control"]["degree"]), entry["control"]["others"]),
        trap=entry["trap"],
        counterweights=tuple(entry.get("counterweights", ())),
        filled=tuple(
            Filled(
                have=parse(rule["have"], known),
                of=parse(rule["of"], known),
                share=rule["share"],
                reason=rule["reason"],
                every_month=rule.get("every_month", False),
            )
            for rule in entry.get("filled", ())
        ),
        rare=entry.get("rare", False),
        numerator_column=_numerator_column(entry.get("numerator_column")),
        notes_column=entry.get("notes_column"),
        incident_kinds=tuple(entry.get("incident_kinds", ())),
    )


def _said(entry: dict[str, str]) -> Said:
    if unknown := set(entry) - {"says", "source", "sure"}:
        raise ValueError(f"a standard or typical range has unknown keys: {sorted(unknown)}")
    return Said(entry["says"], entry.get("source", ""), Sure(entry["sure"]))


def _numerator_column(entry: dict[str, str] | None) -> NumeratorColumn | None:
    if entry is None:
        return None
    return NumeratorColumn(entry["column"], parse(entry["of"], measures()))


def _minimum(entry: dict[str, Any] | None, each: bool) -> Minimum | None:
    """What the entry asks for; a KPI that compares two periods asks it of each."""
    if entry is None:
        return None
    of = entry.get("of")
    return Minimum(
        least=float(entry["least"]),
        of=None if of is None else parse(of, measures()),
        each=each,
        money=entry.get("money", False),
        counted=entry.get("counted", "months"),
    )

"""The catalogue: measures, the KPIs that are formulas over them, and what explains each.

A KPI is added by an entry in one of this package's YAML files; the file's name is its family.
"""

from kpi.catalogue.formula import Formula, parse
from kpi.catalogue.measure import Measure, MeasureKind
from kpi.catalogue.model import Better, Degree, Filled, Kpi, Minimum, Said, Sure, Unit
from kpi.catalogue.reading import (
    datasets_of,
    kpi,
    kpis,
    measure,
    measures,
    measures_of,
    record_measure,
)
from kpi.catalogue.tokens import FormulaError

__all__ = [
    "Better",
    "Degree",
    "Filled",
    "Formula",
    "FormulaError",
    "Kpi",
    "Measure",
    "MeasureKind",
    "Minimum",
    "Said",
    "Sure",
    "Unit",
    "datasets_of",
    "kpi",
    "kpis",
    "measure",
    "measures",
    "measures_of",
    "parse",
    "record_measure",
]

"""Which measures each dataset has: each module of this package that defines ``MEASURES``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import kpi.measures
from kpi.catalogue import record_measure
from kpi.measures.aggregates import Aggregate, Computed, DatasetMeasures, Days, Distinct
from kpi.measures.defined import total_of


@cache
def all_measures() -> Mapping[str, DatasetMeasures]:
    """Every dataset's measures, by dataset."""
    found = {}
    for each in iter_modules(kpi.measures.__path__):
        module = import_module(f"kpi.measures.{each.name}")
        if hasattr(module, "MEASURES"):
            found[module.MEASURES.dataset] = module.MEASURES
    return found


@cache
def measure_names() -> frozenset[str]:
    """The measures of all datasets; those that roles define over records are not among them."""
    return frozenset(
        name
        for each in all_measures().values()
        for aggregate in each.aggregates
        for name in names_of(aggregate)
    )


@cache
def aggregate_of(measure: str) -> tuple[DatasetMeasures, Aggregate]:
    """The form in which a measure is computed, and its dataset's measures. Raises NotFound."""
    for dataset in all_measures().values():
        for aggregate in dataset.aggregates:
            if measure in names_of(aggregate):
                return dataset, aggregate
    return all_measures()[record_measure(measure).dataset.name], total_of(measure)


def adds_up(measure: str) -> bool:
    """Whether a measure's values of several locations make up the whole practice's."""
    return not isinstance(aggregate_of(measure)[1], Days | Distinct)


def names_of(aggregate: Aggregate) -> tuple[str, ...]:
    """The measures that one form gives."""
    return aggregate.names if isinstance(aggregate, Computed) else (aggregate.name,)

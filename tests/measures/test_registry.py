"""The catalogue's measures and the ways to compute them are the same measures."""

from kpi.catalogue import MeasureKind, measures
from kpi.measures.aggregates import Minutes
from kpi.measures.registry import aggregate_of, all_measures, names_of

UNLISTED = {"uncategorised_accounts", "uncategorised_amount"}
"""Computed to say why a KPI has no value; no formula may read them."""


def test_every_measure_of_the_catalogue_is_computed_and_no_other() -> None:
    computed = {
        (dataset, name)
        for dataset, found in all_measures().items()
        for aggregate in found.aggregates
        for name in names_of(aggregate)
        if name not in UNLISTED
    }
    assert computed == {(each.dataset, each.name) for each in measures().values()}


def test_histograms_are_computed_as_such() -> None:
    for each in measures().values():
        is_minutes = isinstance(aggregate_of(each.name)[1], Minutes)
        assert is_minutes == (each.kind is MeasureKind.HISTOGRAM), each.name

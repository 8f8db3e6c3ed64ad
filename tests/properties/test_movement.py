"""Why a KPI moved, for every KPI and every split, whatever a practice's records are: the parts add
up to the change of the scorecard's own figures, and names decide nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import Assignment, add_manager
from kpi.catalogue import kpis
from kpi.catalogue.splits import SPLITS
from kpi.months import Month, span
from kpi.review.explained.explanation import explain
from kpi.review.explained.movement import Moved, why_moved
from tests.office import Office
from tests.properties.any_office import PAYERS, PLACES, PROVIDERS, exports
from tests.properties.test_rows_and_parts import (
    KNOWN,
    NAMES,
    called,
    firsts,
    left_to_sqlite,
    managed,
    office_with,
    read,
    seeds,
)

laws = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NEVER_SPLIT = {"cost_per_visit_reduction"}
"""A comparison of two ratios."""

BY_PROVIDER = {
    "work_rvus_per_staff_fte": False, "slot_utilization": True, "median_wait_minutes": True,
    "satisfaction_score": True, "survey_response_rate": False,
    "call_abandonment_rate": False, "scheduling_accuracy": True, "net_collection_rate": True,
    "denial_rate": False, "overhead_ratio": False, "days_in_ar": False, "no_show_rate": True,
}  # fmt: skip
"""Whether KPIs can be split by provider in that example, by what their exports have."""


def moved(
    office: Office, manager: Assignment, id: str, split: str, first: Month, length: int
) -> Moved:
    """The month ``first`` against the one or two after it."""
    return why_moved(
        office.engine, operator(), id, manager.manager.id, first + 1, first + length,
        (first, first), next(each for each in SPLITS if each == split),
    )  # fmt: skip


@laws
@given(seeds, firsts, st.integers(1, 2))
@example(*KNOWN, 1)
def test_parts_add_up_to_the_change_of_every_kpi(
    engine: Engine, seed: int, first: Month, length: int
) -> None:
    if left_to_sqlite(engine, seed, first):
        return
    office = office_with(engine, exports(seed, read(first)), first)
    everywhere = managed(office, first)
    in_the_east = add_manager(
        engine, operator(), f"manager-{next(NAMES)}", "Eve", office.practice.id, first - 13,
        locations=["East"],
    )  # fmt: skip
    taken_apart: dict[str, set[str]] = {split: set() for split in SPLITS}
    for manager in (everywhere, in_the_east):
        for id in kpis():
            for split in SPLITS:
                found = moved(office, manager, id, split, first, length)
                assert (found.found is None) is (found.reason is not None), id
                if found.found is None or found.change is None:
                    continue
                parts = [each.part for each in found.found.groups]
                size = max([1.0, *map(abs, parts)])
                assert sum(parts) == pytest.approx(found.change, abs=1e-9 * size), (id, split)
                if manager is everywhere:
                    taken_apart[split].add(id)
    assert not any(NEVER_SPLIT & each for each in taken_apart.values())
    if (seed, first) == KNOWN:
        assert {id: id in taken_apart["provider"] for id in BY_PROVIDER} == BY_PROVIDER
        # Of what each clinic day is made of, weekdays are the only parts that add up.
        assert "patients_per_day" in taken_apart["weekday"]


@laws
@given(seeds, firsts, st.permutations((*PROVIDERS, *PAYERS, *PLACES)))
@example(*KNOWN, [*PLACES, *PROVIDERS, *PAYERS])
def test_new_names_change_nothing_but_labels(
    engine: Engine, seed: int, first: Month, names: list[str]
) -> None:
    if left_to_sqlite(engine, seed, first):
        return
    files = exports(seed, read(first))
    renamed = dict(zip((*PROVIDERS, *PAYERS, *PLACES), names, strict=True))
    other = {dataset: [called(row, renamed) for row in rows] for dataset, rows in files.items()}
    offices = [office_with(engine, each, first) for each in (files, other)]
    managers = [managed(office, first) for office in offices]
    for id in ("no_show_rate", "median_wait_minutes", "net_collection_rate", "ar_over_90_share",
               "scheduling_accuracy", "satisfaction_score", "call_abandonment_rate"):  # fmt: skip
        for split in ("provider", "location", "payer"):
            before, after = (
                moved(office, manager, id, split, first, 2)
                for office, manager in zip(offices, managers, strict=True)
            )
            assert (before.found is None) is (after.found is None)
            if before.found is None or after.found is None:
                continue
            assert {
                renamed.get(each.group or "", each.group): (each.own, each.mix)
                for each in before.found.groups
            } == {each.group: (each.own, each.mix) for each in after.found.groups}


def test_the_change_is_that_of_the_figures_explained(engine: Engine) -> None:
    seed, first = KNOWN
    office = office_with(engine, exports(seed, read(first)), first)
    manager = managed(office, first)
    found = moved(office, manager, "no_show_rate", "weekday", first, 1)
    figures = [
        explain(engine, operator(), "no_show_rate", manager.manager.id, month, month)["value"]
        for month in span(first, first + 1)
    ]
    assert (found.then.value, found.now.value) == (figures[0], figures[1])

"""What holds for every KPI of the catalogue, whatever a practice's records are: its rows add up to
it, the parts of a period add up to the whole, and the names of people and places decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import Assignment, add_manager
from kpi.catalogue import kpis
from kpi.months import Month, span
from kpi.review.basis.facts import build_facts
from kpi.review.explained.explanation import explain, explain_rows
from kpi.score.facts import Facts
from kpi.score.model import Result
from kpi.score.result import result
from kpi.store.engine import reading
from tests.office import Office
from tests.properties.any_office import PAYERS, PLACES, PROVIDERS, Cells, exports, load
from tests.properties.by_hand import DIVIDED, RANKED, Listed, ranked

NAMES = count()

laws = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

seeds = st.integers(0, 2**32)
firsts = st.sampled_from([Month(2026, 1), Month(2024, 1), Month(2025, 11)])
"""A plain quarter, one with a leap February, and one across the end of a year."""


def read(first: Month) -> tuple[Month, ...]:
    """The quarter that begins there, the same months a year before, and the months that open."""
    return (*span(first - 13, first - 10), *span(first - 1, first + 2))


KNOWN = 1, Month(2026, 1)
"""The example that has a value for every KPI."""


def left_to_sqlite(engine: Engine, seed: int, first: Month) -> bool:
    """Whether it is enough that SQLite is asked: figures are made above the database, and where
    PostgreSQL would give other records the known example shows it, at a third of the time."""
    return engine.dialect.name == "postgresql" and (seed, first) != KNOWN


def office_with(engine: Engine, files: dict[str, list[Cells]], first: Month) -> Office:
    """A new practice with those records."""
    office = Office(engine, f"practice-{next(NAMES)}")
    load(office, files, read(first))
    return office


def facts_of(office: Office, first: Month) -> Facts:
    with reading(office.engine) as connection:
        return build_facts(connection, office.practice, kpis().values(), read(first))


def results(office: Office, first: Month) -> dict[str, Result]:
    """Every KPI of the catalogue over the quarter."""
    known, months = facts_of(office, first), span(first, first + 2)
    return {id: result(kpi, months, known) for id, kpi in kpis().items()}


def near(found: float | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return found == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def test_every_kpi_is_added_up_by_hand() -> None:
    assert set(DIVIDED) | set(RANKED) == set(kpis())


@laws
@given(seeds, firsts)
@example(*KNOWN)
def test_rows_explained_add_up_to_the_figure(engine: Engine, seed: int, first: Month) -> None:
    if left_to_sqlite(engine, seed, first):
        return
    office = office_with(engine, exports(seed, read(first)), first)
    manager = managed(office, first)
    months, valued = span(first, first + 2), 0
    for id in kpis():
        asked = (engine, operator(), id, manager.manager.id, months[0], months[-1])
        found = explain(*asked)
        listed = Listed(list(explain_rows(*asked)), months)
        assert found["records"] == len({(row["upload"], row["line"]) for row in listed.rows}), id
        if found["value"] is None:
            continue
        valued += 1
        if id in RANKED:
            assert found["value"] == ranked(listed, *RANKED[id]), id
        else:
            numerator, denominator = DIVIDED[id](listed)
            assert near(found["numerator"], numerator), id
            assert near(found["denominator"], denominator), id
    if (seed, first) == KNOWN:
        assert valued == len(kpis()), "this example has a value for every KPI"


def managed(office: Office, first: Month) -> Assignment:
    return add_manager(
        office.engine, operator(), f"manager-{next(NAMES)}", "Casey", office.practice.id, first - 13
    )


NEITHER_ADDS = {"cost_per_visit_reduction", "ar_turnover", "days_in_ar"}
"""A quotient, a yearly pace, a balance over a daily pace: no sums."""

ONLY_NUMERATORS = {"staff_turnover"}
"""The mean headcount of a quarter is not the sum of the months' means."""


@laws
@given(seeds, firsts, st.integers(1, 2))
@example(*KNOWN, 1)
def test_the_parts_of_a_period_add_up_to_the_whole(
    engine: Engine, seed: int, first: Month, cut: int
) -> None:
    if left_to_sqlite(engine, seed, first):
        return
    office = office_with(engine, exports(seed, read(first)), first)
    known, months = facts_of(office, first), span(first, first + 2)
    for id, kpi in kpis().items():
        if id in NEITHER_ADDS | set(RANKED):
            continue
        whole = result(kpi, months, known)
        parts = [result(kpi, part, known) for part in (months[:cut], months[cut:])]
        if any(each.value is None for each in (whole, *parts)):
            continue
        assert whole.numerator == pytest.approx(summed(parts, "numerator"), rel=1e-12), id
        if whole.denominator is not None and id not in ONLY_NUMERATORS:
            assert whole.denominator == pytest.approx(summed(parts, "denominator"), rel=1e-12), id


def summed(parts: Sequence[Result], name: str) -> float:
    return sum(getattr(part, name) for part in parts)


@laws
@given(seeds, firsts, st.permutations((*PROVIDERS, *PAYERS, *PLACES)))
@example(*KNOWN, [*PLACES, *PROVIDERS, *PAYERS])
def test_renaming_providers_payers_and_places_changes_no_figure(
    engine: Engine, seed: int, first: Month, names: list[str]
) -> None:
    if left_to_sqlite(engine, seed, first):
        return
    files = exports(seed, read(first))
    renamed = dict(zip((*PROVIDERS, *PAYERS, *PLACES), names, strict=True))
    other = {dataset: [called(row, renamed) for row in rows] for dataset, rows in files.items()}
    before = results(office_with(engine, files, first), first)
    after = results(office_with(engine, other, first), first)
    assert after == before


def called(row: Cells, names: Mapping[str, str]) -> Cells:
    return {
        column: names.get(str(cell), cell) if column in ("provider", "payer", "location") else cell
        for column, cell in row.items()
    }

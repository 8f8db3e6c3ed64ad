"""Scores of the sample agree with answers worked out without the program."""

from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.months import Month
from kpi.review.explained.explanation import explain
from kpi.review.scores.scoring import score_document, score_manager
from tests.golden.oracle.answers import KPIS, answers
from tests.golden.oracle.scorecard import gates, score

MANAGERS = (("dana", "lakeside"), ("marcus", "hillcrest"))
PERIODS = (
    ("2025-01", "2025-12"),
    ("2025-01", "2025-03"),
    ("2025-04", "2025-06"),
    ("2025-07", "2025-09"),
    ("2025-10", "2025-12"),
    ("2026-01", "2026-03"),
    ("2026-04", "2026-06"),
)
CASES = [(*manager, *period) for manager, period in product(MANAGERS, PERIODS)]

every_case = pytest.mark.parametrize(("manager", "practice", "first", "last"), CASES)


def near(expected: Any) -> Any:
    """The figure to nine places, relatively; None stays None."""
    return expected if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_reference_asks_for_twenty_one_kpis() -> None:
    assert len(KPIS) == 21


@every_case
def test_every_kpi_in_the_role_or_not(
    sample_database: Engine, manager: str, practice: str, first: str, last: str
) -> None:
    for kpi, expected in answers(practice, first, last).items():
        found = explain(
            sample_database, operator(), kpi, manager, Month.parse(first), Month.parse(last)
        )
        for name in ("status", "value", "numerator", "denominator"):
            wanted = expected[name] if name == "status" else near(expected[name])
            assert found[name] == wanted, f"{kpi} {name}: {found['reason']}"


@every_case
def test_every_row_of_the_scorecard_and_the_score(
    sample_database: Engine, manager: str, practice: str, first: str, last: str
) -> None:
    expected = answers(practice, first, last)
    document = score_document(
        score_manager(sample_database, operator(), manager, Month.parse(first), Month.parse(last))
    )
    for row in document["kpis"]:
        wanted = expected[row["id"]]
        assert row["status"] == wanted["status"], row["id"]
        for name in ("value", "numerator", "denominator"):
            assert row[name] == near(wanted[name]), (row["id"], name)
        if wanted["n"] is not None:
            assert row["n"] == wanted["n"], row["id"]
    states = gates(document, expected)
    assert {gate["kpi"]: gate["state"] for gate in document["gates"]} == states
    coverage, uncapped = score(document, expected)
    assert document["coverage"] == near(coverage)
    if document["score"] is not None:
        breached = [gate["cap"] for gate in document["gates"] if states[gate["kpi"]] == "breached"]
        assert document["uncapped_score"] == near(uncapped)
        assert document["score"] == near(min([uncapped, *breached]))
    else:
        assert coverage < 1

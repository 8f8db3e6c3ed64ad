"""Guidance, and balances taken over: of a role with skills and duties, by hand."""

from pathlib import Path

import pytest

from kpi.catalogue import kpi
from kpi.months import Month, span
from kpi.role import read_role
from kpi.role.model import Role, Terms
from kpi.score.facts import Facts
from kpi.score.guidance import guidance, guidance_document, under_target
from kpi.score.inherited import Inherited, inherited
from kpi.score.model import KpiScore
from kpi.score.movement import GroupMove, Movement, Side
from kpi.score.scoring import score
from tests.score.made import FEB, JAN, MAR, facts, version, without

ROLES = Path(__file__).resolve().parents[2] / "sample_data" / "roles"
TERMS = {
    "no_show_rate": Terms("no_show_rate", 50, 0.05, 0.20),
    "net_collection_rate": Terms("net_collection_rate", 50, 0.95, 0.85),
}


@pytest.fixture(scope="module")
def role() -> Role:
    text = (ROLES / "medical-office-manager-2026.1.yaml").read_bytes()
    found = read_role(text, "role.yaml").role
    assert found is not None
    return found


def row(id: str, no_shows: float = 30.0) -> KpiScore:
    known = facts(
        {"visits": [470.0] * 12, "no_shows": [20.0] * 5 + [no_shows] * 7,
         "bookings": [500.0] * 12, "receipts": [90_000.0] * 12, "gross_charges": [120_000.0] * 12,
         "contractual": [20_000.0] * 12},
        first=MAR - 11,
    )  # fmt: skip
    found = score([version(*TERMS.values())], JAN, MAR, known, history=span(MAR - 11, MAR))
    return next(each for each in found.rows if each.kpi.id == id)


def side() -> Side:
    return Side(0.06, 30, 500, 0.5)


def test_what_a_kpi_rests_on_is_read_from_the_role(role: Role) -> None:
    found = guidance(role, row("no_show_rate"))
    assert (found.skill, found.duty) == ("scheduling-systems", "access")
    assert found.rests_on[0].startswith("Sets up templates")
    assert found.rests_on[2].startswith("Reviews yesterday's no-shows")
    money = guidance(role, row("net_collection_rate"))
    assert (money.skill, money.duty) == ("financial", "billing-cycle")


def test_a_skill_that_names_the_kpi_comes_first(role: Role) -> None:
    skills = [{"id": "financial", "text": "Reads accounts."},
              {"id": "calling", "text": "Calls patients.", "kpis": ["no_show_rate"]}]  # fmt: skip
    other = Role(**{**{name: getattr(role, name) for name in Role.__slots__},
                    "document": {**role.document, "skills": skills, "responsibilities": [],
                                 "daily_duties": ["Opens the office."]}})  # fmt: skip
    found = guidance(other, row("no_show_rate"))
    assert (found.skill, found.duty) == ("calling", None)
    assert guidance(other, row("net_collection_rate")).skill == "financial"
    assert found.rests_on == ("Calls patients.",)


def test_the_questions_are_those_of_the_kpi_and_end_with_the_target(role: Role) -> None:
    """Of twelve months the first five had 20 of 490, which is 4.08%; the others miss 5%."""
    questions = guidance(role, row("no_show_rate")).questions
    assert questions[0] == "How are appointments confirmed, and how long before?"
    assert questions[-1] == ("5 of the last 12 months met the target: what was different in them?")
    never = guidance(role, row("net_collection_rate")).questions
    assert never[-1].startswith("None of the last 12 months met the target: can it be reached")
    for question in (*questions, *never):
        assert question.endswith(("?", "news."))
        assert " you" not in f" {question.lower()}"


def test_who_moved_it_is_asked_about_first(role: Role) -> None:
    moves = (GroupMove("Dr. North", side(), side(), 0.02, 0.01), GroupMove("", side(), side(), 0.0))
    found = guidance(role, row("no_show_rate"), Movement("ratio", moves), "provider", ("Up.",))
    assert found.questions[0] == (
        "The largest part of what moved it lies with Dr. North: what is different there?"
    )
    assert guidance_document(found)["moved"] == "Up."
    unnamed = Movement("ratio", moves[::-1])
    assert "lies with" not in guidance(role, row("no_show_rate"), unnamed, "provider").questions[0]
    alone = Movement("ratio", moves[:1])
    assert "lies with" not in guidance(role, row("no_show_rate"), alone, "provider").questions[0]


def test_only_what_is_under_its_target_is_talked_about() -> None:
    assert under_target(row("no_show_rate"))
    assert not under_target(row("no_show_rate", no_shows=20.0))


# -- balances taken over ------------------------------------------------------------------------

OWED = {
    "ar_balance": [45_000.0, 60_000, 52_000, 40_000], "gross_charges": [31_000.0, 31_000, 28_000,
                                                                       31_000],
}  # fmt: skip
DECEMBER = Month(2025, 12)


def taken_over(
    begins: Month, known: Facts | None = None, id: str = "days_in_ar"
) -> Inherited | None:
    facts_known = known or facts(OWED, first=DECEMBER)
    return inherited(kpi(id), begins, JAN, MAR, facts_known, 40.0)


def test_a_balance_is_held_against_the_start() -> None:
    """45,000 at the end of December, over 31,000 in 31 days, are 45 days; 40,000 now."""
    found = taken_over(JAN)
    assert found is not None
    assert (found.month, found.balance, found.value) == (DECEMBER, 45_000, pytest.approx(45))
    assert (found.balance_now, found.last) == (40_000, MAR)
    assert found.words == (
        "When the assignment began, at the end of December 2025, it was $45,000 (Days in A/R 45 "
        "days). At the end of March 2026 it is $40,000, $5,000 less (Days in A/R 40 days over the "
        "period)."
    )
    within = taken_over(FEB)
    assert within is not None
    assert (within.month, within.balance) == (JAN, 60_000)


def test_nothing_is_taken_over_where_nothing_was() -> None:
    assert taken_over(JAN - 3) is None  # no balance is known from so long ago
    early = facts({"ar_balance": [1.0] * 8}, first=JAN - 5)
    assert taken_over(JAN - 3, early) is not None
    assert taken_over(JAN - 4, early) is None  # no longer shortly before
    assert taken_over(MAR + 1, early) is None
    assert taken_over(JAN, without(facts(OWED, first=DECEMBER), "ar_aging", DECEMBER)) is None
    for id in ("no_show_rate", "staff_turnover"):  # headcount is a stock, and no money
        assert taken_over(JAN, id=id) is None


def test_the_first_balance_of_a_share_is_its_own() -> None:
    known = facts({"ar_over_90": [9_000.0, 8_000, 7_000, 6_000], "ar_balance": [60_000.0] * 4},
                  first=DECEMBER)  # fmt: skip
    found = taken_over(JAN, known, "ar_over_90_share")
    assert found is not None
    assert (found.measure, found.balance, found.value) == ("ar_over_90", 9_000, 0.15)

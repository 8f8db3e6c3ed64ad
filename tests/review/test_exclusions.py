"""Leave and exclusions of a small office: who may, what it does to the score, what is kept."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.leave import leave_of, set_leave, withdraw_leave
from kpi.access.managers import add_manager, list_assignments
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.review.basis.exclusions import exclude, exclusions_of, withdraw_exclusion
from kpi.review.basis.periods import periods_to_choose
from kpi.review.explained.explanation import explain
from kpi.review.explained.movement import why_moved
from kpi.review.frozen.canonical import canonical, read_document
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.recomputing import recomputed
from kpi.review.scores.scoring import ManagerScore, score_document, score_manager
from tests.office import Office
from tests.scored import assigned, fill, ledger, published, scored_office

JAN, FEB, MAR = Month(2026, 1), Month(2026, 2), Month(2026, 3)
HR = Actor("hr", "Hana Example")
STORM, PAPER = "A storm closed the office.", "Notice of the county, 9 February."


def scored(office: Office, first: Month = JAN, last: Month = MAR) -> ManagerScore:
    return score_manager(office.engine, operator(), "dana", first, last)


def test_a_score_with_an_exclusion_and_without(engine: Engine) -> None:
    """The small office's 67.5 is 0.4 x 75 + 0.3 x 50 + 0.2 x 62.5 + 0.1 x 100. Without the
    satisfaction it is (30 + 12.5 + 10) / 0.7, which is 75; and both stand side by side."""
    office = scored_office(engine)
    before = score_document(scored(office))
    assert (before["exclusions"], before["without_exclusions"]) == ([], None)
    made = exclude(engine, HR, "dana", "lakeside", "satisfaction_score", JAN, MAR, STORM, PAPER)
    document = score_document(scored(office))
    assert document["score"] == pytest.approx(75, rel=1e-12)
    assert document["without_exclusions"]["score"] == pytest.approx(67.5, rel=1e-12)
    (entry,) = document["exclusions"]
    assert entry == {
        "kpi": "satisfaction_score", "months": ["2026-01", "2026-02", "2026-03"], "reason": STORM,
        "evidence": PAPER, "by": "Hana Example (hr)", "at": made.at,
    }  # fmt: skip
    withdraw_exclusion(engine, HR, "lakeside", made.number, "The vendor found the answers.")
    assert score_document(scored(office)) == before
    (kept,) = exclusions_of(engine, HR, "dana", "lakeside")
    assert (kept.reason, kept.withdrawn_by) == (STORM, "Hana Example (hr)")
    assert kept.withdrawn_reason == "The vendor found the answers."
    with pytest.raises(InputError, match="was withdrawn on"):
        withdraw_exclusion(engine, HR, "lakeside", made.number, "again")


def test_a_month_out_is_out_of_the_explanation_too(engine: Engine) -> None:
    office = scored_office(engine)
    exclude(engine, HR, "dana", "lakeside", None, FEB, FEB, STORM, PAPER)
    settled = next(row for row in score_document(scored(office))["kpis"]
                   if row["id"] == "complaints_resolved_in_7_days")  # fmt: skip
    assert (settled["numerator"], settled["denominator"]) == (6, 8)
    found = explain(engine, operator(), settled["id"], "dana", JAN, MAR)
    assert [each["month"] for each in found["months"]] == ["2026-01", "2026-03"]
    assert (found["numerator"], found["records"]) == (6, 8)
    # What a gate guards against stays in.
    gate = explain(engine, operator(), "hipaa_violations", "dana", JAN, MAR)
    assert len(gate["months"]) == 3
    moved = why_moved(engine, operator(), settled["id"], "dana", MAR, MAR, (JAN, JAN))
    assert moved.now.numerator == 3


def test_an_exclusion_says_why_and_on_what_evidence(engine: Engine) -> None:
    scored_office(engine)
    whom = engine, HR, "dana", "lakeside"
    with pytest.raises(InputError, match="An exclusion needs a reason"):
        exclude(*whom, "overhead_ratio", JAN, MAR, " ", PAPER)
    with pytest.raises(InputError, match="An exclusion needs evidence"):
        exclude(*whom, "overhead_ratio", JAN, MAR, STORM, "")
    with pytest.raises(InputError, match="up to 2,000 characters"):
        exclude(*whom, "overhead_ratio", JAN, MAR, "x" * 2001, PAPER)
    with pytest.raises(NotFound, match="Did you mean 'overhead_ratio'"):
        exclude(*whom, "overhead_rato", JAN, MAR, STORM, PAPER)
    with pytest.raises(InputError, match="before it starts"):
        exclude(*whom, "overhead_ratio", MAR, JAN, STORM, PAPER)
    exclude(*whom, "overhead_ratio", JAN, FEB, STORM, PAPER)
    with pytest.raises(InputError, match=r"January to February 2026 is excluded already, by"):
        exclude(*whom, "overhead_ratio", FEB, MAR, STORM, PAPER)
    exclude(*whom, None, FEB, MAR, STORM, PAPER)
    with pytest.raises(NotFound, match="no exclusion 99"):
        withdraw_exclusion(engine, HR, "lakeside", 99, "why")
    for kind in ("manager", "physician"):
        with pytest.raises(NotPermitted, match="HR has to"):
            exclude(
                engine, Actor(kind, "Pat", "dana"), "dana", "lakeside", None, JAN, JAN, "a", "b"
            )


# -- leave --------------------------------------------------------------------------------------


def test_months_of_leave_are_not_the_managers(engine: Engine) -> None:
    """February spent 990 of 1,000 while she was away: it is history, and scores nothing."""
    office = scored_office(engine)
    office.load(ledger("2026-02", 990))
    made = set_leave(engine, HR, "dana", "lakeside", FEB, FEB)
    found = scored(office)
    document = score_document(found)
    assert document["leave"] == [{"from": "2026-02", "to": "2026-02"}]
    assert (document["from"], document["to"]) == ("2026-01", "2026-03")
    overhead = document["kpis"][0]
    assert (overhead["numerator"], overhead["n"], overhead["status"]) == (1300, 2, "too_few")
    assert found.score.rows[0].reading.points[FEB] == pytest.approx(0.99)
    assert [(row["numerator"], row["denominator"]) for row in document["kpis"][2:3]] == [(6, 8)]
    assert document["exclusions"] == []
    withdraw_leave(engine, HR, "dana", "lakeside", FEB, FEB)
    after = score_document(scored(office))
    assert after["leave"] == []
    assert after["kpis"][0]["numerator"] == 650 + 990 + 650
    (kept,) = leave_of(engine, HR, "dana", "lakeside")
    assert (kept.number, kept.withdrawn_by) == (made.number, "Hana Example (hr)")


def test_a_period_all_of_leave_is_no_period(engine: Engine) -> None:
    office = Office(engine)
    fill(office, tuple(f"2026-0{month}" for month in range(1, 7)))
    published(office)
    dana = assigned(office)
    both = [(Month(2026, 4), Month(2026, 6)), (JAN, MAR)]
    assert periods_to_choose(engine, HR, dana, date(2026, 8, 1)).complete == both
    set_leave(engine, HR, "dana", "lakeside", JAN, MAR)
    with pytest.raises(NotFound, match="dana was on leave from 2026-01 to 2026-03"):
        scored(office)
    (dana,) = list_assignments(engine, HR)
    assert (JAN, MAR) not in periods_to_choose(engine, HR, dana, date(2026, 8, 1)).complete
    assert score_document(scored(office, JAN, Month(2026, 6)))["from"] == "2026-04"


def test_leave_is_set_once_within_an_assignment(engine: Engine) -> None:
    scored_office(engine)
    set_leave(engine, HR, "dana", "lakeside", JAN, FEB)
    with pytest.raises(InputError, match="is on leave from 2026-01 to 2026-02 already"):
        set_leave(engine, HR, "dana", "lakeside", FEB, MAR)
    with pytest.raises(InputError, match="before it starts"):
        set_leave(engine, HR, "dana", "lakeside", MAR, FEB)
    with pytest.raises(NotFound, match="no assignment at lakeside"):
        set_leave(engine, HR, "dana", "lakeside", Month(2020, 1), Month(2020, 2))
    with pytest.raises(NotFound, match="no leave from 2026-01 to 2026-03"):
        withdraw_leave(engine, HR, "dana", "lakeside", JAN, MAR)
    with pytest.raises(InputError, match="is assigned to lakeside"):
        add_manager(engine, operator(), "dana", "Dana", "lakeside", FEB, FEB)


# -- a start or an end within the period ---------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "settled"), [("2026-02", (6, 8)), ("2025-06..2026-02", (6, 8)), ("2026-03", (3, 4))]
)
def test_a_start_or_an_end_within_the_quarter(
    engine: Engine, period: str, settled: tuple[int, int]
) -> None:
    """Three of four complaints a month: two months or one of the quarter are the manager's."""
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office, "dana", period)
    row = score_document(scored(office))["kpis"][2]
    assert (row["numerator"], row["denominator"]) == settled


def test_a_scorecard_with_both_is_computed_again_from_itself(engine: Engine) -> None:
    office = Office(engine)
    fill(office, tuple(f"2026-0{month}" for month in range(1, 7)))
    published(office)
    assigned(office)
    set_leave(engine, HR, "dana", "lakeside", FEB, FEB)
    exclude(engine, HR, "dana", "lakeside", "satisfaction_score", MAR, MAR, STORM, PAPER)
    found = scorecard_document(engine, HR, "dana", JAN, Month(2026, 6))
    assert found["leave"] == [{"from": "2026-02", "to": "2026-02"}]
    assert found["without_exclusions"]["score"] == pytest.approx(67.5)
    again = recomputed(read_document(canonical(found), "scorecard.json"))
    for name, value in again.items():
        assert canonical({"": value}) == canonical({"": found[name]}), name

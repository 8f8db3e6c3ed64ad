"""A manager's score for a period: which months, which assignment, which role versions."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager, end_assignment
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.declaring import attest
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.explained.explanation import explain
from kpi.review.scores.scoring import ManagerScore, score_document, score_manager
from tests.office import Office, months
from tests.scored import ROLE, assigned, complaints, fill, ledger, published, scored_office, surveys

FIRST, LAST = Month(2026, 1), Month(2026, 3)

SCORE_FIELDS = [
    "manager", "practice", "role", "role_versions", "from", "to", "score", "uncapped_score",
    "score_range", "score_margin", "indicated_rating", "coverage", "gates", "kpis", "leave",
    "inherited", "exclusions", "without_exclusions",
]  # fmt: skip
KPI_FIELDS = [
    "id", "status", "reason", "value", "unit", "better", "numerator", "denominator", "n", "floor",
    "target", "stretch", "attainment", "weight", "points", "points_lost", "basis", "signal",
    "signal_provisional", "assurance", "margin", "parts",
]  # fmt: skip


def scored(office: Office, period: str = "2026-01..2026-03", manager: str = "dana") -> ManagerScore:
    whole = months(period)
    return score_manager(office.engine, operator(), manager, whole[0], whole[-1])


def test_a_quarter_worked_by_hand(engine: Engine) -> None:
    document = score_document(scored(scored_office(engine)))
    assert list(document) == SCORE_FIELDS
    assert document["manager"] == "dana"
    assert document["practice"] == "lakeside"
    assert document["role"] == "medical-office-manager"
    assert document["role_versions"] == [{"version": "2026.1", "from": "2026-01", "to": "2026-03"}]
    assert (document["from"], document["to"]) == ("2026-01", "2026-03")
    assert document["score"] == pytest.approx(67.5, rel=1e-12)
    assert document["uncapped_score"] == pytest.approx(67.5, rel=1e-12)
    assert document["score_range"] == pytest.approx([67.5, 67.5], rel=1e-12)
    assert document["indicated_rating"] == "below"
    assert document["coverage"] == 1
    assert document["gates"] == [{"kpi": "hipaa_violations", "cap": 60, "state": "held"}]
    rows = {row["id"]: row for row in document["kpis"]}
    assert all(list(row) == KPI_FIELDS for row in rows.values())
    overhead = rows["overhead_ratio"]
    assert (overhead["numerator"], overhead["denominator"], overhead["n"]) == (1950, 3000, 3)
    assert overhead["attainment"] == pytest.approx(75, rel=1e-12)
    assert overhead["points"] == pytest.approx(30, rel=1e-12)
    assert overhead["points_lost"] == pytest.approx(10, rel=1e-12)
    satisfaction = rows["satisfaction_score"]
    assert satisfaction["value"] == pytest.approx(70, rel=1e-12)
    assert satisfaction["attainment"] == pytest.approx(50, rel=1e-12)
    settled = rows["complaints_resolved_in_7_days"]
    assert (settled["numerator"], settled["denominator"]) == (9, 12)
    assert settled["attainment"] == pytest.approx(62.5, rel=1e-12)
    hipaa = rows["hipaa_violations"]
    assert (hipaa["value"], hipaa["denominator"], hipaa["attainment"]) == (0, None, 100)


def test_a_violation_caps_the_score_and_a_pending_one_does_not(engine: Engine) -> None:
    office = scored_office(engine)
    pending = office.load("incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-10,\n")
    document = score_document(scored(office))
    assert document["gates"][0]["state"] == "pending"
    assert document["score"] == pytest.approx(67.5, rel=1e-12)
    undo(engine, operator(), office.practice.id, pending)
    office.load("incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-10,true\n")
    document = score_document(scored(office))
    assert document["gates"][0]["state"] == "breached"
    assert document["score"] == pytest.approx(57.5, rel=1e-12)  # the violation's own 10 points
    office.load(ledger("2026-01", 500))
    office.load(ledger("2026-02", 500))
    office.load(ledger("2026-03", 500))
    document = score_document(scored(office))
    assert document["uncapped_score"] == pytest.approx(75.5, rel=1e-12)  # 48 + 15 + 12.5
    assert document["score"] == 60


def test_a_missing_month_gives_no_data_and_a_range(engine: Engine) -> None:
    """Without the answers of March: 30 of 100 are missing and coverage is 0.7."""
    office = Office(engine)
    loaded = fill(office)
    published(
        office, ROLE.replace("  kpis:\n    - kpi", "  minimum_coverage: 70%\n  kpis:\n    - kpi")
    )
    assigned(office)
    undo(engine, operator(), office.practice.id, loaded[7])
    document = score_document(scored(office))
    row = next(row for row in document["kpis"] if row["id"] == "satisfaction_score")
    assert row["status"] == "no_data"
    assert row["reason"] == "Not complete: surveys for March 2026 (no file yet)."
    assert (row["value"], row["numerator"], row["denominator"], row["points"]) == (None,) * 4
    assert document["coverage"] == pytest.approx(0.7, rel=1e-12)
    assert document["score"] == pytest.approx((30 + 12.5 + 10) / 0.7, rel=1e-12)
    assert document["score_range"] == pytest.approx([52.5, 82.5], rel=1e-12)


def test_under_the_roles_coverage_there_is_no_score(engine: Engine) -> None:
    office = scored_office(engine)
    document = score_document(scored(office, "2026-02..2026-04"))
    names = ("score", "uncapped_score", "score_range", "indicated_rating")
    assert [document[name] for name in names] == [None] * 4
    assert document["coverage"] == 0


# -- assignments --------------------------------------------------------------------------------


def test_months_outside_of_the_assignment_never_score(engine: Engine) -> None:
    """January was bad, and somebody else's."""
    office = Office(engine)
    fill(office)
    office.load(ledger("2026-01", 990))
    published(office)
    assigned(office, "dana", "2026-02")
    found = scored(office)
    document = score_document(found)
    assert (document["from"], document["to"]) == ("2026-02", "2026-03")
    assert document["role_versions"] == [{"version": "2026.1", "from": "2026-02", "to": "2026-03"}]
    overhead = document["kpis"][0]
    assert (overhead["numerator"], overhead["n"]) == (1300, 2)
    assert overhead["status"] == "too_few"  # three months are needed
    history = found.score.rows[0].reading.points
    assert history[FIRST] == pytest.approx(0.99)


def test_months_before_the_roles_first_version_never_score(engine: Engine) -> None:
    """``effective`` is the first month that a role scores."""
    office = Office(engine)
    fill(office, ("2025-12", "2026-01", "2026-02", "2026-03"))
    office.load(ledger("2025-12", 990))
    published(office)
    assigned(office)
    document = score_document(scored(office, "2025-10..2026-03"))
    assert document["score"] == pytest.approx(67.5, rel=1e-12)
    assert (document["from"], document["to"]) == ("2026-01", "2026-03")
    before = score_document(scored(office, "2025-10..2025-12"))
    assert before["score"] is None
    assert {row["status"] for row in before["kpis"]} == {"not_in_force"}


def test_a_period_across_two_assignments_is_refused(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office, "dana", "2025-01..2026-01")
    assigned(office, "dana", "2026-03")
    with pytest.raises(InputError, match=r"touches 2 assignments of dana; score each"):
        scored(office)
    assert score_document(scored(office, "2026-01..2026-02"))["to"] == "2026-01"
    with pytest.raises(NotFound, match=r"no assignment from 2026-02 to 2026-02"):
        scored(office, "2026-02")


def test_a_manager_of_two_practices_names_one(engine: Engine) -> None:
    office = scored_office(engine)
    other = Office(engine, "hillcrest")
    fill(other)
    other.load(ledger("2026-01", 990))
    published(other)
    assigned(other)
    with pytest.raises(InputError, match=r"name one with --practice \(hillcrest, lakeside\)"):
        scored(office)
    for id, value in (("lakeside", 0.65), ("hillcrest", 2290 / 3000)):
        found = score_manager(engine, operator(), "dana", FIRST, LAST, id)
        assert found.score.rows[0].result.value == pytest.approx(value, rel=1e-12)
    with pytest.raises(NotFound, match=r"no practice 'hilcrest'. Did you mean 'hillcrest'"):
        score_manager(engine, operator(), "dana", FIRST, LAST, "hilcrest")


def test_only_the_assignments_locations_count(engine: Engine) -> None:
    office = Office(engine)
    published(office)
    assigned(office, locations=("East",))
    for month in ("2026-01", "2026-02", "2026-03"):
        office.load(ledger(month, 650, "East") + f"{month},Rent,expense,9000,rent,West\n")
        office.load(surveys(month, "East").replace("S2", "Z2", 1))
        office.load(complaints(month))  # names no location
        attest(engine, operator(), office.practice.id, "incidents", Month.parse(month))
    rows = {row["id"]: row for row in score_document(scored(office))["kpis"]}
    assert (rows["overhead_ratio"]["numerator"], rows["overhead_ratio"]["denominator"]) == (
        1950,
        3000,
    )
    assert rows["satisfaction_score"]["status"] == "scored"
    settled = rows["complaints_resolved_in_7_days"]
    assert settled["status"] == "no_data"
    assert "complaints for January 2026 (the file names no locations)" in settled["reason"]
    assert rows["hipaa_violations"]["status"] == "scored"  # declared empty for the practice
    found = explain(engine, operator(), "overhead_ratio", "dana", FIRST, LAST)
    assert (found["value"], found["records"]) == (pytest.approx(0.65, rel=1e-12), 6)


def test_an_ended_assignment_takes_its_months_only(engine: Engine) -> None:
    office = scored_office(engine)
    end_assignment(engine, operator(), "dana", Month(2026, 2))
    assert score_document(scored(office))["to"] == "2026-02"
    with pytest.raises(InputError, match="no open assignment"):
        end_assignment(engine, operator(), "dana", Month(2026, 2))


def test_assignments_that_overlap_or_end_too_early_are_refused(engine: Engine) -> None:
    office = scored_office(engine)
    with pytest.raises(InputError, match="is assigned to lakeside from 2025-01 to now already"):
        assigned(office, "dana", "2026-02")
    with pytest.raises(InputError, match="before it starts"):
        add_manager(
            engine, operator(), "eve", "Eve", "lakeside", Month(2026, 2), Month(2026, 1)
        )  # fmt: skip
    with pytest.raises(InputError, match="started in 2025-01, after 2024-12"):
        end_assignment(engine, operator(), "dana", Month(2024, 12))
    with pytest.raises(InputError, match="'dana' is Dana; give that name"):
        add_manager(engine, operator(), "dana", "Diana", "lakeside", Month(2024, 1))


def test_a_period_that_ends_before_it_starts(engine: Engine) -> None:
    scored_office(engine)
    with pytest.raises(InputError, match="before it starts"):
        score_manager(engine, operator(), "dana", LAST, FIRST)


# -- role versions within a period --------------------------------------------------------------

LATER = (
    ROLE.replace('version: "2026.1"', 'version: "2026.2"')
    .replace("effective: 2026-01", "effective: 2026-03")
    .replace("weight: 40\n      floor: 80%\n      target: 60%\n      stretch: 50%",
             "weight: 60\n      floor: 90%\n      target: 65%")
    .replace("weight: 30", "weight: 10")
)  # fmt: skip


def test_each_version_judges_the_periods_one_value(engine: Engine) -> None:
    """2026.1 gives 0.65 75 points at weight 40 for two months, 2026.2 100 at weight 60 for one:
    (75·80 + 100·60) / 140; the weight shown is 140 / 3. Satisfaction's 50 points weigh 70 / 3,
    complaints 62.5 points 20, incidents 100 points 10; all in all
    (140/3 · 85.714 + 70/3 · 50 + 20 · 62.5 + 10 · 100) / 100 = 74.1667."""
    office = scored_office(engine)
    published(office, LATER)
    document = score_document(scored(office))
    assert document["role_versions"] == [
        {"version": "2026.1", "from": "2026-01", "to": "2026-02"},
        {"version": "2026.2", "from": "2026-03", "to": "2026-03"},
    ]
    assert document["score"] == pytest.approx(74.1666666666667, rel=1e-12)
    assert document["kpis"][1]["weight"] == pytest.approx(70 / 3, rel=1e-12)
    overhead = document["kpis"][0]
    assert overhead["value"] == pytest.approx(0.65, rel=1e-12)
    assert overhead["n"] == 3
    assert overhead["weight"] == pytest.approx(140 / 3, rel=1e-12)
    assert overhead["attainment"] == pytest.approx(12000 / 140, rel=1e-12)
    assert (overhead["floor"], overhead["target"], overhead["stretch"]) == (0.9, 0.65, None)
    assert [list(part) for part in overhead["parts"]] == [
        ["version", "months", "floor", "target", "stretch", "weight", "attainment"]
    ] * 2
    assert [(part["version"], part["months"], part["weight"]) for part in overhead["parts"]] == [
        ("2026.1", 2, 40),
        ("2026.2", 1, 60),
    ]
    assert [part["attainment"] for part in overhead["parts"]] == pytest.approx([75, 100])


def test_before_a_later_version_only_the_first_one_judges(engine: Engine) -> None:
    office = scored_office(engine)
    before = score_document(scored(office, "2026-01..2026-02"))
    published(office, LATER)
    assert score_document(scored(office, "2026-01..2026-02")) == before


# -- who may see it -----------------------------------------------------------------------------


def test_a_manager_sees_only_herself(engine: Engine) -> None:
    office = scored_office(engine)
    assigned(office, "eve")
    dana = Actor("manager", "Dana", manager="dana")
    assert score_manager(engine, dana, "dana", FIRST, LAST).score.score is not None
    for refused in ("eve",):
        with pytest.raises(NotPermitted, match="only her or his own score"):
            score_manager(engine, dana, refused, FIRST, LAST)
        with pytest.raises(NotPermitted):
            explain(engine, dana, "overhead_ratio", refused, FIRST, LAST)
    elsewhere = replace(dana, practices=frozenset({"hillcrest"}))
    with pytest.raises(NotPermitted):
        score_manager(engine, elsewhere, "dana", FIRST, LAST)
    for kind in ("physician", "hr"):
        actor = Actor(kind, "Somebody", practices=frozenset({"lakeside"}))
        assert score_manager(engine, actor, "eve", FIRST, LAST).score.score is not None
    with pytest.raises(NotPermitted):
        score_manager(engine, Actor("administrator", "Ada"), "eve", FIRST, LAST)


def test_without_a_role_the_sentence_says_how_to_publish_one(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)
    with pytest.raises(NotFound, match="kpi role publish FILE --practice lakeside"):
        scored(office)
    with pytest.raises(NotFound, match=r"no manager 'dan'. Did you mean 'dana'"):
        scored(office, manager="dan")


# -- a period that is not over ------------------------------------------------------------------


def test_so_far_has_no_rating_and_takes_three_complete_months(engine: Engine) -> None:
    office = Office(engine)
    fill(office, ("2025-11", "2025-12", "2026-01"))
    published(office)
    assigned(office)
    found = score_manager(engine, operator(), "dana", FIRST, LAST, so_far=True)
    document = score_document(found)
    assert (document["from"], document["to"]) == ("2026-01", "2026-01")
    assert found.score.provisional
    assert document["indicated_rating"] is None
    rows = {row["id"]: row for row in document["kpis"]}
    assert (rows["overhead_ratio"]["basis"], rows["overhead_ratio"]["n"]) == ("trailing", 3)
    assert (rows["satisfaction_score"]["basis"], rows["satisfaction_score"]["n"]) == ("period", 4)

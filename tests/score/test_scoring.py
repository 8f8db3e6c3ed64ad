"""The score: coverage, range, points, gates, exclusions, versions, "so far" and the JSON."""

from dataclasses import replace

import pytest

from kpi.errors import NotFound
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.as_json import score_json
from kpi.score.exclusion import Exclusion
from kpi.score.facts import Facts, MonthState, State
from kpi.score.model import Gate, KpiScore, Score, Status
from kpi.score.scoring import score
from tests.score.made import FEB, JAN, MAR, QUARTER, facts, version, with_state, without

# Satisfaction 86 of 70/80/100, no-shows 4.6% of 10/5/3, net collection 94.1% of 90/96, complaints.
VALUES = {
    "answers": [100.0], "answer_share": [86.0],
    "visits": [477.0, 477], "no_shows": [23.0, 23], "bookings": [500.0, 500],
    "gross_charges": [100_000.0], "contractual": [0.0], "receipts": [94_200.0],
    "complaints_due": [10.0], "complaints_resolved_7": [9.0],
}  # fmt: skip
SATISFACTION = Terms("satisfaction_score", 40, 80.0, 70.0, 100.0)
NO_SHOWS = Terms("no_show_rate", 30, 0.05, 0.10, 0.03)
COLLECTION = Terms("net_collection_rate", 15, 0.96, 0.90)
COMPLAINTS = Terms("complaints_resolved_in_7_days", 15, 0.9, 0.5)
HIPAA = Terms("hipaa_violations", 10, 0.0, gate=60)


def scored(known: Facts, *terms: Terms, **options: object) -> Score:
    return score([version(*terms)], JAN, MAR, known, **options)  # type: ignore[arg-type]


def taken_out(**reasons: str) -> list[Exclusion]:
    """KPIs excluded for the whole quarter, each with its reason."""
    return [Exclusion(kpi, QUARTER, reason) for kpi, reason in reasons.items()]


def row(found: Score, id: str) -> KpiScore:
    return next(each for each in found.rows if each.kpi.id == id)


def test_the_example_of_the_reference() -> None:
    """Weights 40 at 90, 30 at 110, 15 at 70 and 15 without data: (3600 + 3300 + 1050) / 85 is
    93.529412, of coverage 0.85. Counting the missing one as 0, which gives 79.5, is the low end;
    at its best of 100 it would be 94.5."""
    known = facts(
        {
            "answers": [100], "answer_share": [79],
            "visits": [960], "no_shows": [40], "bookings": [1000],
            "gross_charges": [100_000], "receipts": [94_200],
        }
    )  # fmt: skip
    known = without(known, "complaints", FEB)
    found = scored(known, SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS)
    assert [each.attainment for each in found.rows] == [
        pytest.approx(90), pytest.approx(110), pytest.approx(70), None,
    ]  # fmt: skip
    assert found.coverage == pytest.approx(0.85)
    assert found.score == found.uncapped == pytest.approx(93.529412, abs=5e-7)
    assert found.score != pytest.approx(79.5)
    assert found.range == (pytest.approx(79.5), pytest.approx(94.5))
    assert found.rating == "meets"
    assert [each.points for each in found.rows] == [
        pytest.approx(3600 / 85), pytest.approx(3300 / 85), pytest.approx(1050 / 85), None,
    ]  # fmt: skip
    assert [each.points_lost for each in found.rows] == [
        pytest.approx(400 / 85), 0, pytest.approx(450 / 85), None,
    ]  # fmt: skip


def test_the_row_of_the_design() -> None:
    """61 of 1191 against 10/5/3%: attainment 97.5651 and, of weight 10 in 100, points 9.75651."""
    known = facts(
        {"visits": [1130], "no_shows": [61], "bookings": [1191], "answers": [30],
         "answer_share": [30]}
    )  # fmt: skip
    found = scored(
        known, Terms("no_show_rate", 10, 0.05, 0.10, 0.03), Terms("satisfaction_score", 90, 80.0)
    )
    entry = score_json(found)["kpis"][0]
    assert entry["value"] == pytest.approx(0.0512174, abs=1e-7)
    assert entry["attainment"] == pytest.approx(97.565, abs=5e-4)
    assert entry["points"] == pytest.approx(9.7565, abs=5e-5)
    assert entry["points_lost"] == pytest.approx(0.2435, abs=5e-5)
    assert (entry["numerator"], entry["denominator"], entry["n"]) == (61, 1191, 1191)


def test_full_coverage_has_a_range_of_one_point() -> None:
    found = scored(facts(VALUES), SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS)
    assert found.coverage == 1
    assert found.range == (found.score, found.score)
    assert found.reason is None


def test_under_the_minimum_coverage_there_is_no_score() -> None:
    known = without(facts(VALUES), "surveys", FEB)
    found = scored(known, SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS)
    assert (found.score, found.uncapped, found.range, found.rating) == (None, None, None, None)
    assert found.coverage == pytest.approx(0.6)
    assert found.reason == (
        "No score: 60% of the weight has a result, and the role asks for 80%. Missing: Patient "
        "satisfaction (Not complete: surveys for February 2026 (missing).)"
    )
    assert {each.points for each in found.rows} == {None}
    assert {each.points_lost for each in found.rows} == {None}
    assert row(found, "no_show_rate").attainment is not None


def test_coverage_at_the_minimum_is_enough() -> None:
    known = without(facts(VALUES), "appointments", FEB)
    terms = (replace(NO_SHOWS, weight=20), replace(SATISFACTION, weight=80))
    found = scored(known, *terms)
    assert found.coverage == pytest.approx(0.8)
    assert found.score == pytest.approx(106)


def test_too_few_takes_coverage_and_not_applicable_does_not() -> None:
    few = facts({**VALUES, "complaints_due": [4.0], "complaints_resolved_7": [4.0]})
    found = scored(few, SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS)
    assert row(found, COMPLAINTS.kpi).status is Status.TOO_FEW
    assert row(found, COMPLAINTS.kpi).result.value == 1
    assert row(found, COMPLAINTS.kpi).attainment is None
    assert found.coverage == pytest.approx(0.85)
    none = facts({**VALUES, "complaints_due": [], "complaints_resolved_7": []})
    found = scored(none, SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS)
    assert row(found, COMPLAINTS.kpi).status is Status.NOT_APPLICABLE
    assert found.coverage == 1
    assert found.score is not None
    assert found.range == (found.score, found.score)


def test_excluded_kpis_leave_the_score_and_the_coverage() -> None:
    known = without(facts(VALUES), "payments", FEB)
    found = scored(
        known, SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS,
        exclusions=taken_out(net_collection_rate="The clearing house was down."),
    )  # fmt: skip
    out = row(found, "net_collection_rate")
    assert (out.status, out.reason) == (Status.EXCLUDED, "The clearing house was down.")
    assert (out.attainment, out.points) == (None, None)
    assert found.coverage == 1


def test_more_than_two_fifths_excluded_is_no_score() -> None:
    forty = scored(
        facts(VALUES), SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS,
        exclusions=taken_out(satisfaction_score="why"),
    )  # fmt: skip
    assert forty.score is not None
    more = scored(
        facts(VALUES), SATISFACTION, NO_SHOWS, COLLECTION, COMPLAINTS,
        exclusions=taken_out(no_show_rate="why", net_collection_rate="why"),
    )  # fmt: skip
    assert (more.score, more.range) == (None, None)
    assert more.reason == "No score: 45% of the weight is excluded, and at most 40% may be."


def test_nothing_to_judge_at_all_is_no_score() -> None:
    found = scored(facts(), COMPLAINTS)
    assert (found.score, found.coverage) == (None, 0)
    assert found.reason == "No score: there is nothing to judge in this period."


def test_a_breached_gate_caps_the_score_and_shows_what_it_was() -> None:
    known = facts({**VALUES, "hipaa_violations": [0.0, 1]})
    found = scored(known, SATISFACTION, NO_SHOWS, HIPAA)
    assert found.gates == (Gate("hipaa_violations", 60, "breached"),)
    assert found.score == 60
    assert found.uncapped == pytest.approx((40 * 106 + 30 * 104) / 80)
    assert found.range == (60, 60)
    assert found.rating == "below"
    points = [each.points for each in found.rows if each.points is not None]
    assert sum(points) == pytest.approx(found.uncapped)


def test_the_lowest_cap_holds_and_a_cap_never_lifts() -> None:
    known = facts({**VALUES, "hipaa_violations": [1.0]})
    other = Terms("compliance_violations", 10, 0.0, gate=45)
    assert scored(known, SATISFACTION, HIPAA, other).score == 45
    assert scored(known, replace(SATISFACTION, target=500.0), HIPAA).score == pytest.approx(
        40 * 100 * 16 / 430 / 50
    )


def test_a_pending_gate_caps_nothing() -> None:
    found = scored(facts({**VALUES, "hipaa_pending": [1.0]}), SATISFACTION, HIPAA)
    assert found.gates == (Gate("hipaa_violations", 60, "pending"),)
    assert found.score == pytest.approx((40 * 106 + 10 * 100) / 50)
    assert found.range == (found.score, found.score)


def test_a_gate_without_data_is_unknown_and_caps_the_low_end() -> None:
    found = scored(without(facts(VALUES), "incidents", FEB), SATISFACTION, HIPAA)
    assert found.gates == (Gate("hipaa_violations", 60, "unknown"),)
    assert found.score == pytest.approx(106)
    assert found.range == (60, pytest.approx((40 * 106 + 10 * 100) / 50))


def test_a_gate_of_no_weight_without_data_shows_in_the_range_too() -> None:
    known = without(facts(VALUES), "incidents", FEB)
    found = scored(known, SATISFACTION, replace(HIPAA, weight=0))
    assert (found.coverage, found.range) == (1, (60, pytest.approx(106)))


def test_a_count_is_breached_by_what_is_there() -> None:
    partial = MonthState(State.PARTIAL, "one row in quarantine")
    known = with_state(facts({**VALUES, "hipaa_violations": [1.0]}), "incidents", JAN, partial)
    found = scored(known, SATISFACTION, HIPAA)
    assert row(found, "hipaa_violations").status is Status.NO_DATA
    assert found.gates[0].state == "breached"
    assert found.score == 60
    assert found.range == (60, 60)


def test_a_gate_is_judged_on_its_value_also_when_too_few() -> None:
    gated = replace(COMPLAINTS, gate=50)
    known = facts({**VALUES, "complaints_due": [4.0], "complaints_resolved_7": [1.0]})
    found = scored(known, SATISFACTION, NO_SHOWS, gated)
    assert (found.gates[0].state, found.score) == ("breached", 50)


def test_a_not_applicable_gate_holds() -> None:
    known = facts({**VALUES, "complaints_due": [], "complaints_resolved_7": []})
    found = scored(known, SATISFACTION, replace(COMPLAINTS, gate=50))
    assert found.gates[0].state == "held"
    assert found.score == pytest.approx(106)


def test_an_excluded_gate_does_not_cap() -> None:
    known = facts({**VALUES, "hipaa_violations": [1.0]})
    found = scored(
        known, SATISFACTION, HIPAA, exclusions=taken_out(hipaa_violations="before my time")
    )
    assert found.score == pytest.approx(106)


@pytest.mark.parametrize(
    ("share", "rating"),
    [(100, "outstanding"), (92.0, "outstanding"), (84.0, "exceeds"), (80.0, "meets"),
     (78.0, "developing"), (76.9, "below")],
)  # fmt: skip
def test_ratings(share: float, rating: str) -> None:
    """Target 80, stretch 100, floor 70: 92 gives 112, 84 gives 104, 78 gives 80, 76.9 gives 69."""
    known = facts({"answers": [100.0], "answer_share": [share]})
    assert scored(known, SATISFACTION).rating == rating


OLD = Terms("satisfaction_score", 30, 90.0, 70.0)


def test_two_versions_judge_one_value_by_months_and_weights() -> None:
    """Value 86. 2025.1, one month, weight 30: 80 points of 70/90. 2026.1, two months, weight 60:
    106 of 70/80/100. (30 x 80 + 120 x 106) / 150 = 100.8; weight (30 + 120) / 3 = 50. HIPAA, in
    2026.1 only: its own part, weight 2 x 40 / 3. Score (50 x 100.8 + 80/3 x 100) / (230/3)."""
    old = version(OLD, name="2025.1", months=[JAN])
    new = version(replace(SATISFACTION, weight=60), replace(HIPAA, weight=40), months=[FEB, MAR])
    found = score([old, new], JAN, MAR, facts(VALUES))
    satisfied = row(found, "satisfaction_score")
    assert satisfied.attainment == pytest.approx(100.8)
    assert satisfied.weight == pytest.approx(50)
    assert (satisfied.floor, satisfied.target, satisfied.stretch) == (70, 80, 100)
    assert [(p.version, p.months, p.target, p.weight) for p in satisfied.parts] == [
        ("2025.1", 1, 90, 30), ("2026.1", 2, 80, 60),
    ]  # fmt: skip
    assert [p.attainment for p in satisfied.parts] == [pytest.approx(80), pytest.approx(106)]
    hipaa = row(found, "hipaa_violations")
    assert (len(hipaa.parts), hipaa.attainment) == (1, 100)
    assert hipaa.weight == pytest.approx(80 / 3)
    assert found.score == pytest.approx((50 * 100.8 + 8000 / 3) / (230 / 3))
    assert scored(facts(VALUES), SATISFACTION).rows[0].parts == ()


def test_a_gate_of_two_versions_is_breached_by_either() -> None:
    old = version(replace(HIPAA, target=5.0, gate=50), name="2025.1", months=[JAN])
    new = version(HIPAA, SATISFACTION, months=[FEB, MAR])
    found = score([old, new], JAN, MAR, facts({**VALUES, "hipaa_violations": [1.0]}))
    assert found.gates == (Gate("hipaa_violations", 60, "breached"),)


def test_a_kpi_of_a_version_without_months_is_not_in_force() -> None:
    old = version(COMPLAINTS, replace(HIPAA), name="2025.1", months=[])
    found = score([old, version(SATISFACTION)], JAN, MAR, facts(VALUES))
    assert row(found, COMPLAINTS.kpi).status is Status.NOT_IN_FORCE
    assert row(found, COMPLAINTS.kpi).weight == 0
    assert (found.gates, found.coverage) == ((), 1)
    assert [each["version"] for each in score_json(found)["role_versions"]] == ["2026.1"]


def test_the_latest_version_s_minimum_coverage_counts() -> None:
    known = without(facts(VALUES), "appointments", FEB)
    strict = version(SATISFACTION, NO_SHOWS, name="2025.1", months=[JAN], minimum_coverage=0.9)
    lenient = version(SATISFACTION, NO_SHOWS, months=[FEB, MAR], minimum_coverage=0.5)
    assert score([strict, lenient], JAN, MAR, known).score is not None
    assert score([lenient, strict], JAN, MAR, known).score is None


def test_a_minimum_in_the_role_counts() -> None:
    known = facts({**VALUES, "complaints_due": [2.0], "complaints_resolved_7": [2.0]})
    found = scored(known, replace(COMPLAINTS, minimum=1))
    assert found.rows[0].status is Status.SCORED


def test_so_far_is_provisional_and_counts_months_back() -> None:
    known = facts(
        {"operating_expenses": [1.0] * 27, "revenue": [2.0] * 27, **VALUES}, first=JAN - 24
    )
    known = without(known, "ledger", MAR)
    overhead = Terms("overhead_ratio", 50, 0.6, 0.7)
    found = score([version(overhead, months=(FEB, MAR))], FEB, MAR, known, so_far=True)
    assert (found.provisional, found.rating) == (True, None)
    assert found.rows[0].result.basis == "trailing"
    assert found.rows[0].status is Status.SCORED
    assert found.rows[0].result.notes == (
        "Over the last three complete months, December 2025 to February 2026.",
    )
    recent = score([version(overhead)], FEB, MAR, known, so_far=True, since=FEB)
    assert (recent.rows[0].status, recent.rows[0].result.basis) == (Status.NO_DATA, "period")
    final = score([version(overhead)], FEB, MAR, known)
    assert final.rows[0].status is Status.NO_DATA


def test_signals_are_of_history_up_to_the_period() -> None:
    months = span(Month(2024, 4), MAR + 5)
    shares = [0.8, 0.9] * 14 + [0.0]
    known = facts(
        {"answers": [50.0] * 29, "answer_share": [50 * each for each in shares]},
        first=months[0],
    )
    found = scored(known, SATISFACTION, history=months).rows[0].reading
    assert list(found.points) == list(span(Month(2024, 4), MAR))
    assert (found.signal, found.provisional, found.assurance) == (
        "common_cause", False, "hit_or_miss",
    )  # fmt: skip
    gone = without(known, "surveys", *QUARTER)
    silent = scored(gone, SATISFACTION, history=months).rows[0].reading
    assert (silent.signal, silent.assurance) == (None, "hit_or_miss")
    assert silent.points[MAR] is None


def test_a_monthly_point_counts_whatever_its_n() -> None:
    known = facts({"answers": [1.0] * 3, "answer_share": [0.5] * 3})
    reading = scored(known, SATISFACTION, history=QUARTER).rows[0].reading
    assert reading.points == dict.fromkeys(QUARTER, 50.0)
    assert reading.signal == "trial"


def test_an_unknown_kpi_is_named() -> None:
    with pytest.raises(NotFound, match=r"no KPI 'no_show_rat'.*Did you mean 'no_show_rate'"):
        scored(facts(), Terms("no_show_rat", 10, 0.05))


def test_the_json_of_a_score() -> None:
    band = Terms("patients_per_day", 50, (20.0, 30.0), (10.0, 40.0))
    known = facts(
        {"visits": [500.0], "clinic_days": [20.0], "hipaa_violations": [1.0], "answers": [1.0]}
    )
    known = without(known, "surveys", MAR)
    found = scored(known, band, replace(HIPAA, weight=40), Terms("satisfaction_score", 10, 80.0))
    assert score_json(found) == {
        "role_versions": [{"version": "2026.1", "from": "2026-01", "to": "2026-03"}],
        "from": "2026-01",
        "to": "2026-03",
        "score": pytest.approx(50 * 100 / 90),
        "uncapped_score": pytest.approx(50 * 100 / 90),
        "score_range": [pytest.approx(50), pytest.approx(60)],
        "score_margin": None,
        "indicated_rating": "below",
        "coverage": 0.9,
        "gates": [{"kpi": "hipaa_violations", "cap": 60, "state": "breached"}],
        "kpis": [
            {
                "id": "patients_per_day", "status": "scored", "reason": None, "value": 25.0,
                "unit": "count", "better": "higher", "numerator": 500, "denominator": 20,
                "n": 20, "floor": [10.0, 40.0], "target": [20.0, 30.0], "stretch": None,
                "attainment": 100.0, "weight": 50, "points": pytest.approx(5000 / 90),
                "points_lost": 0.0, "basis": "period", "signal": None,
                "signal_provisional": False, "assurance": None, "margin": None, "parts": [],
            },
            {
                "id": "hipaa_violations", "status": "scored", "reason": None, "value": 1.0,
                "unit": "count", "better": "lower", "numerator": 1, "denominator": None,
                "n": None, "floor": None, "target": 0.0, "stretch": None,
                "attainment": 0.0, "weight": 40, "points": 0.0,
                "points_lost": pytest.approx(4000 / 90), "basis": "period", "signal": None,
                "signal_provisional": False, "assurance": None, "parts": [],
                "margin": {
                    "low": pytest.approx(0.025318, abs=5e-7),
                    "high": pytest.approx(5.571643, abs=5e-7), "method": "exact Poisson",
                    "kind": "margin", "distinguishable_from_target": None,
                },
            },
            {
                "id": "satisfaction_score", "status": "no_data",
                "reason": "Not complete: surveys for March 2026 (missing).", "value": None,
                "unit": "points", "better": "higher", "numerator": None, "denominator": None,
                "n": None, "floor": None, "target": 80.0, "stretch": None,
                "attainment": None, "weight": 10, "points": None,
                "points_lost": None, "basis": "period", "signal": None,
                "signal_provisional": False, "assurance": None, "margin": None, "parts": [],
            },
        ],
    }  # fmt: skip

"""Laws of the score that hold for any figures (Hypothesis)."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from kpi.months import Month
from kpi.role.model import Terms
from kpi.score.facts import Facts
from kpi.score.model import Score, Status
from kpi.score.scoring import score
from tests.score.made import JAN, MAR, QUARTER, facts, version, without

TERMS = (
    Terms("no_show_rate", 30, 0.05, 0.10, 0.03),
    Terms("net_collection_rate", 20, 0.96, 0.92),
    Terms("satisfaction_score", 25, 80.0, 70.0, 90.0),
    Terms("complaints_resolved_in_7_days", 10, 0.9, 0.5, gate=70),
    Terms("hipaa_violations", 15, 0.0, gate=60),
)
DATASETS = ("appointments", "charges", "payments", "surveys", "complaints", "incidents")


@st.composite
def practices(draw: st.DrawFn) -> Facts:
    """Three months of a practice that is sometimes good, sometimes poor, sometimes tiny."""

    def monthly(least: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(least, most), min_size=3, max_size=3))

    visits, no_shows = monthly(0, 400), monthly(0, 20)
    due = monthly(0, 6)
    answers = monthly(0, 40)
    return facts(
        {
            "visits": visits,
            "no_shows": no_shows,
            "bookings": [a + b for a, b in zip(visits, no_shows, strict=True)],
            "gross_charges": monthly(0, 60_000),
            "receipts": monthly(0, 50_000),
            "answers": answers,
            "answer_share": [n * draw(st.integers(60, 100)) / 100 for n in answers],
            "complaints_due": due,
            "complaints_resolved_7": [draw(st.integers(0, n)) for n in due],
            "hipaa_violations": monthly(0, 1) if draw(st.booleans()) else [0, 0, 0],
            "hipaa_pending": monthly(0, 1) if draw(st.booleans()) else [0, 0, 0],
        }
    )


holes = st.sets(st.tuples(st.sampled_from(DATASETS), st.sampled_from(QUARTER)), max_size=5)
minima = st.sampled_from([0.0, 0.5, 0.8])


def scored(known: Facts, minimum: float) -> Score:
    return score([version(*TERMS, minimum_coverage=minimum)], JAN, MAR, known)


def with_holes(known: Facts, found: set[tuple[str, Month]]) -> Facts:
    for dataset, month in found:
        known = without(known, dataset, month)
    return known


def could_be_final(found: Score) -> bool:
    settled = all(row.status is not Status.NO_DATA for row in found.rows)
    return settled and all(gate.state in {"held", "breached"} for gate in found.gates)


@given(practices(), holes, minima)
def test_points_add_up_to_the_uncapped_score(
    known: Facts, missing: set[tuple[str, Month]], minimum: float
) -> None:
    found = scored(with_holes(known, missing), minimum)
    points = [row.points for row in found.rows if row.points is not None]
    if found.uncapped is None or found.score is None:
        assert points == []
        assert found.range is None
        assert found.reason
        return
    assert math.isclose(sum(points), found.uncapped, rel_tol=1e-9, abs_tol=1e-9)
    caps = [gate.cap for gate in found.gates if gate.state == "breached"]
    assert found.score == min([found.uncapped, *caps])
    weights = sum(row.weight for row in found.rows if row.points is not None)
    for row in found.rows:
        if row.points is not None and row.points_lost is not None:
            beyond = max(0.0, (row.attainment or 0.0) - 100)
            full = (100 + beyond) * row.weight / weights
            assert math.isclose(row.points + row.points_lost, full, rel_tol=1e-9)


@given(practices(), holes, minima)
def test_the_low_end_is_never_above_score_or_high_end(
    known: Facts, missing: set[tuple[str, Month]], minimum: float
) -> None:
    found = scored(with_holes(known, missing), minimum)
    if found.range is not None and found.score is not None:
        low, high = found.range
        assert low <= found.score + 1e-9
        assert low <= high + 1e-9
        if found.coverage == 1:
            assert low == high == found.score


@given(practices(), holes, holes, minima)
def test_withholding_months_never_helps(
    known: Facts,
    missing: set[tuple[str, Month]],
    withheld: set[tuple[str, Month]],
    minimum: float,
) -> None:
    """Neither the low end nor a score that could be final ever rises by not uploading."""
    there = with_holes(known, missing)
    before = scored(there, minimum)
    after = scored(with_holes(there, withheld), minimum)
    if after.range is not None:
        assert before.range is not None
        assert after.range[0] <= before.range[0] + 1e-9
    if could_be_final(after) and after.score is not None:
        assert before.score is not None
        assert after.score <= before.score + 1e-9


@given(
    practices(),
    holes,
    minima,
    st.sampled_from(
        [("answer_share", 1), ("receipts", 1), ("complaints_resolved_7", 1), ("no_shows", -1),
         ("hipaa_violations", -1)]
    ),
    st.sampled_from(QUARTER),
    st.integers(1, 40),
)  # fmt: skip
def test_a_better_result_never_lowers_the_score(
    known: Facts,
    missing: set[tuple[str, Month]],
    minimum: float,
    change: tuple[str, int],
    month: Month,
    by: int,
) -> None:
    """Each change betters one KPI and moves no n: a no-show less is a visit more."""
    measure, sign = change
    worse = with_holes(known, missing)
    values = {name: dict(each) for name, each in worse.values.items()}
    if month not in values[measure]:
        return
    most = {"complaints_resolved_7": "complaints_due", "answer_share": "answers"}.get(measure)
    at = values[measure][month]
    moved = min(by, at) if sign < 0 else by
    if most is not None:
        moved = min(moved, values[most][month] - at)
    values[measure][month] = at + sign * moved
    if measure == "no_shows":
        values["visits"][month] += moved
    better = Facts(values, worse.histograms, worse.states)
    before, after = scored(worse, minimum), scored(better, minimum)
    for old, new in zip(before.rows, after.rows, strict=True):
        assert old.status is new.status
        if old.attainment is not None and new.attainment is not None:
            assert new.attainment >= old.attainment - 1e-9
    if before.score is None:
        assert after.score is None
        return
    assert after.score is not None
    assert after.score >= before.score - 1e-9
    assert before.range is not None
    assert after.range is not None
    assert after.range[0] >= before.range[0] - 1e-9


@given(practices(), st.permutations(TERMS))
def test_the_order_of_kpis_changes_no_score(known: Facts, terms: list[Terms]) -> None:
    ordered = scored(known, 0.5)
    shuffled = score([version(*terms, minimum_coverage=0.5)], JAN, MAR, known)
    assert shuffled.score == ordered.score
    assert shuffled.coverage == ordered.coverage


@given(practices(), st.integers(1, 2))
def test_two_versions_that_ask_the_same_are_as_good_as_one(known: Facts, cut: int) -> None:
    first = version(*TERMS, name="a", months=QUARTER[:cut])
    second = version(*TERMS, name="b", months=QUARTER[cut:])
    split, whole = score([first, second], JAN, MAR, known), scored(known, 0.8)
    if whole.score is None:
        assert split.score is None
    else:
        assert split.score is not None
        assert math.isclose(split.score, whole.score, rel_tol=1e-12)

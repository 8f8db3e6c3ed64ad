"""Measures by provider, location, payer and weekday, from a few records counted by hand."""

from itertools import count
from math import fsum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.catalogue import measures, record_measure
from kpi.catalogue.splits import SPLITS, Split
from kpi.measures.breakdown import CannotSplit, Group, breakdown, why_not
from kpi.months import Month
from kpi.store.engine import reading
from tests.office import Office

VISITS = """\
appointment_id,start_at,status,scheduled_minutes,arrived_at,seen_at,provider,location,payer,booking_error
A1,2026-01-05 09:00,completed,20,2026-01-05 08:50,2026-01-05 09:08,Dr. Ash,East,Aster,
A2,2026-01-05 09:10,completed,20,2026-01-05 09:00,2026-01-05 09:22,Dr. Ash,West,Aster,
A3,2026-01-06 09:00,completed,20,2026-01-06 08:50,2026-01-06 09:08,Dr. Birch,West,,
A4,2026-01-06 10:00,completed,20,,,,West,Birch,true
A5,2026-01-06 11:00,no_show,20,,,Dr. Ash,East,,
A6,2026-02-02 09:00,completed,20,,,Dr. Ash,East,,
"""


def groups(
    office: Office, name: str, split: Split, *locations: str, month: str = "2026-01"
) -> dict[str, object]:
    """One measure of a month by group: a value, or a histogram."""
    only = Month.parse(month)
    with reading(office.engine) as connection:
        found = breakdown(connection, office.practice.number, {name: {only.code}}, split, locations)
    held = {group: _held(each, name, only) for group, each in found.items()}
    return {group: each for group, each in held.items() if each is not None}


def _held(group: Group, name: str, month: Month) -> object:
    if name in group.histograms:
        return dict(group.histograms[name][month])
    return group.values.get(name, {}).get(month)


def test_counts_by_every_column(engine: Engine) -> None:
    """5 January 2026 was a Monday, the 6th a Tuesday."""
    office = Office(engine)
    office.load(VISITS)
    assert groups(office, "visits", "provider") == {"Dr. Ash": 2, "Dr. Birch": 1, "": 1}
    assert groups(office, "visits", "location") == {"East": 1, "West": 3}
    assert groups(office, "visits", "payer") == {"Aster": 2, "Birch": 1, "": 1}
    assert groups(office, "visits", "weekday") == {"0": 2, "1": 2}
    assert groups(office, "no_shows", "provider") == {"Dr. Ash": 1}


def test_histograms_and_measures_with_passes_of_their_own(engine: Engine) -> None:
    """Dr. Ash's two visits share ten minutes; one of nobody has an error and cannot be assessed."""
    office = Office(engine)
    office.load(VISITS)
    assert groups(office, "waits", "provider") == {"Dr. Ash": {8: 1, 12: 1}, "Dr. Birch": {8: 1}}
    assert groups(office, "misbooked", "provider") == {"Dr. Ash": 2}
    assert groups(office, "misbooked", "location") == {"East": 1, "West": 1}


def test_only_named_locations(engine: Engine) -> None:
    office = Office(engine)
    office.load(VISITS)
    assert groups(office, "visits", "provider", "West") == {"Dr. Ash": 1, "Dr. Birch": 1, "": 1}
    assert groups(office, "visits", "location", "West") == {"West": 3}
    # Dr. Ash's visit in the West is misbooked by one in the East.
    assert groups(office, "misbooked", "provider", "West") == {"Dr. Ash": 1}
    assert groups(office, "waits", "weekday", "West") == {"0": {12: 1}, "1": {8: 1}}


def test_another_practice_is_not_in_it(engine: Engine) -> None:
    office, other = Office(engine), Office(engine, "harbor")
    office.load(VISITS)
    other.load(VISITS.replace("Dr. Ash", "Dr. Cedar"))
    assert groups(office, "visits", "provider") == {"Dr. Ash": 2, "Dr. Birch": 1, "": 1}


def test_the_day_of_the_week_is_that_of_what_gives_the_month(engine: Engine) -> None:
    """Sent on a Monday, decided on Thursday 8 January; a complaint of Thursday is due on Thursday
    a week later; the last Sunday of 1999 and a leap day are weekdays too."""
    office = Office(engine)
    office.load(
        "claim_id,submitted_date,outcome,outcome_date,first_pass,payer\n"
        "C1,2026-01-05,denied,2026-01-08,true,Aster\n",
        "claims",
    )
    assert groups(office, "claims_assessed", "weekday") == {"0": 1}
    assert groups(office, "claims_denied", "weekday") == {"3": 1}
    office.load(
        "complaint_id,received_on,resolved_on\nK1,2026-01-08,2026-01-09\nK2,1999-12-26,\n"
        "K3,2024-02-29,\n"
    )
    assert groups(office, "complaints_due", "weekday") == {"3": 1}
    assert groups(office, "complaints", "weekday", month="1999-12") == {"6": 1}
    assert groups(office, "complaints", "weekday", month="2024-02") == {"3": 1}


def test_an_answer_counts_on_the_day_it_came_and_an_invitation_on_the_day_it_went(
    engine: Engine,
) -> None:
    office = Office(engine)
    office.load(
        "response_id,question,score,scale_min,scale_max,sent_on,answered_on,provider\n"
        "S1,overall,5,1,5,2026-01-05,2026-01-06,Dr. Ash\n"
        "S1,access,3,1,5,2026-01-05,2026-01-06,Dr. Ash\n"
        "S2,overall,,,,2026-01-05,,Dr. Birch\n"
    )
    assert groups(office, "answer_share", "weekday") == {"1": 1.5}
    assert groups(office, "answer_share", "provider") == {"Dr. Ash": 1.5}
    assert groups(office, "invitations", "provider") == {"Dr. Ash": 1, "Dr. Birch": 1}
    assert groups(office, "invitations", "weekday") == {"0": 2}


def test_what_is_counted_once_for_all_is_split_only_where_the_parts_add_up(
    engine: Engine,
) -> None:
    """Two days with visits: Monday of Dr. Ash, Tuesday of Dr. Birch and of nobody."""
    office = Office(engine)
    office.load(VISITS)
    assert groups(office, "clinic_days", "weekday") == {"0": 1, "1": 1}
    with pytest.raises(CannotSplit, match="some belong to more than one provider"):
        groups(office, "clinic_days", "provider")
    assert groups(office, "clinic_days", "provider", month="2026-02") == {"Dr. Ash": 1}


def test_balances_by_payer_and_a_payer_that_is_gone_has_none(engine: Engine) -> None:
    office = Office(engine)
    header = "as_of,payer,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n"
    office.load(header + "2026-01-31,Aster,100,0,0,20,0\n2026-01-31,Birch,50,0,0,0,10.50\n")
    office.load(header + "2026-02-28,Aster,70,0,0,0,0\n")
    months = {Month(2026, 1).code, Month(2026, 2).code}
    with reading(engine) as connection:
        found = breakdown(connection, office.practice.number, {"ar_balance": months}, "payer")
    held = {name: dict(each.values["ar_balance"]) for name, each in found.items()}
    assert held == {
        "Aster": {Month(2026, 1): 120, Month(2026, 2): 70},
        "Birch": {Month(2026, 1): 60.5, Month(2026, 2): 0},
    }


def test_hours_by_location_are_spread_as_those_kept(engine: Engine) -> None:
    """24 January to 6 February: 8 of 14 days in January, so 40 of 70 hours, 20 of 35."""
    office = Office(engine)
    office.load(
        "employee_id,period_start,period_end,regular_hours,location\n"
        "E1,2026-01-24,2026-02-06,70,East\nE2,2026-01-24,2026-02-06,35,West\n"
    )
    assert groups(office, "staff_hours", "location") == {"East": 40, "West": 20}


def test_measures_that_a_role_defines_are_split_like_the_others(engine: Engine) -> None:
    office = Office(engine)
    office.load(VISITS)
    name = record_measure("count(appointments, payer == 'aster')").name
    assert groups(office, name, "provider") == {"Dr. Ash": 2}


@pytest.mark.parametrize(
    ("name", "split", "said"),
    [
        ("calls_offered", "provider", "the export of calls has none"),
        ("complaints", "payer", "the export of complaints has none"),
        ("revenue", "weekday", "the export of ledger says the month only"),
        ("ar_balance", "weekday", "ar_aging says how things stood on one day of the month"),
        ("headcount", "weekday", "staff says how things stood on one day of the month"),
        ("staff_hours", "weekday", "staff_hours are spread over the days of each pay period"),
    ],
)
def test_why_a_measure_is_never_split(engine: Engine, name: str, split: Split, said: str) -> None:
    assert why_not(name, split) == said
    with pytest.raises(CannotSplit, match=f"by {split}: {said}"):
        groups(Office(engine), name, split)


def test_files_that_leave_a_column_blank_are_said(engine: Engine) -> None:
    office = Office(engine)
    office.load("appointment_id,start_at,status\nA1,2026-01-05 09:00,completed\n")
    with pytest.raises(CannotSplit, match="the files of appointments leave it blank in all"):
        groups(office, "visits", "provider")
    assert groups(office, "visits", "payer", month="2026-03") == {}


PRACTICES = count()
NAMES = st.sampled_from(["", "Ash", "ash", "Birch", "*", "0"])
DAYS = st.sampled_from([f"2026-0{month}-{day:02d}" for month in (1, 2) for day in (1, 5, 6, 31)
                        if (month, day) != (2, 31)])  # fmt: skip
STATUS = st.sampled_from(["completed", "completed", "no_show", "cancelled", "rescheduled"])
PLACE = st.sampled_from(["", "East", "West"])
MONTHS = {Month(2026, 1).code, Month(2026, 2).code}


@st.composite
def appointment_rows(draw: st.DrawFn) -> str:
    day, at, waits = draw(DAYS), draw(st.integers(8, 16)), draw(st.integers(0, 59))
    seen = f"{day} {at:02d}:{waits:02d}" if draw(st.booleans()) else ""
    return ",".join(
        [f"{day} {at:02d}:00", draw(STATUS), "30", f"{day} {at:02d}:00" if seen else "", seen,
         draw(NAMES), draw(PLACE), draw(NAMES), draw(st.sampled_from(["", "patient", "practice"])),
         draw(st.sampled_from(["", "true", "false"]))]
    )  # fmt: skip


@st.composite
def charge_rows(draw: st.DrawFn) -> str:
    amount = draw(st.integers(-9_999, 99_999))
    return f"{draw(DAYS)},{amount / 100:.2f},{draw(NAMES)},{draw(PLACE)},{draw(NAMES)}"


APPOINTMENTS = (
    "appointment_id,start_at,status,scheduled_minutes,arrived_at,seen_at,provider,location,payer,"
    "changed_by,new_patient\n"
)
CHARGES = "charge_id,posted_date,amount,provider,location,payer\n"


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(appointment_rows(), min_size=1, max_size=25),
    st.lists(appointment_rows(), max_size=12),
    st.lists(charge_rows(), min_size=1, max_size=15),
)
def test_groups_make_up_what_is_kept(
    engine: Engine, rows: list[str], again: list[str], charges: list[str]
) -> None:
    """After a load, a correction of some of its rows and a second dataset: every measure by every
    split, for the practice and for one location, adds up to the figure that is kept."""
    office = Office(engine, f"p{next(PRACTICES)}")
    for each in (rows, again):
        if each:
            office.load(APPOINTMENTS + "".join(f"A{n},{row}\n" for n, row in enumerate(each)))
    office.load(CHARGES + "".join(f"C{n},{row}\n" for n, row in enumerate(charges)))
    wanted = [each for each in measures().values() if each.dataset in ("appointments", "charges")]
    for split in SPLITS:
        for locations in ((), ("East",)):
            for each in wanted:
                _adds_up(office, each.name, split, locations)


def _adds_up(office: Office, name: str, split: Split, locations: tuple[str, ...]) -> None:
    found: dict[str, Group] | None = None
    with reading(office.engine) as connection:
        try:
            found = breakdown(connection, office.practice.number, {name: MONTHS}, split, locations)
        except CannotSplit as error:
            why = str(error)
    if found is None:
        assert "leave it blank" in why or name == "clinic_days"
        return
    for month in ("2026-01", "2026-02"):
        only = Month.parse(month)
        if str(measures()[name].kind) == "histogram":
            total: dict[int, int] = {}
            for group in found.values():
                for minutes, held in group.histograms[name][only].items():
                    total[minutes] = total.get(minutes, 0) + held
            assert total == office.counts(month, name, *locations)
        else:
            parts = fsum(group.values[name].get(only, 0.0) for group in found.values())
            assert parts == pytest.approx(office.value(month, name, *locations), rel=1e-12)

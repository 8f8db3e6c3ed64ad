"""The same events, written by different vendors' systems, come to the same figures."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.ingest.ingestion import ingest
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.own_profiles import save_profile
from kpi.ingest.proposing import proposals_of
from kpi.months import Month
from kpi.review.explained.explanation import explain
from tests.ingest.vendors import writers
from tests.office import Office

Said = Mapping[str, Mapping[str, Mapping[str, str]]]


def load(office: Office, name: str, content: bytes, said: Said | None = None) -> None:
    """Maps a file as a person would, unless it is a canonical one, and loads it."""
    if "canonical" not in name:
        (proposal,) = proposals_of(BytesIO(content), name)
        confirmed = with_answers(proposal, **(said or {}))
        assert confirmed.complete, (name, confirmed.missing, confirmed.unknown)
        save_profile(
            office.engine, operator(), office.practice.id, name, confirmed.profile_text(name)
        )
    (receipt,) = ingest(
        office.engine, operator(), office.practice.id, BytesIO(content), name, replace=False
    )
    assert receipt.status == "loaded", receipt.message
    assert not receipt.quarantined, receipt.reasons


def kpi(office: Office, name: str, month: str) -> dict[str, Any]:
    """A KPI of one month of the practice."""
    only = Month.parse(month)
    found = explain(
        office.engine, operator(), name, office.practice.id, only, only, office.practice.id
    )
    return {key: found[key] for key in ("status", "value", "numerator", "denominator", "n")}


@pytest.fixture
def practices(engine: Engine) -> Callable[[str], Office]:
    """Makes a practice of that name, with a manager of the same name."""

    def made(name: str) -> Office:
        office = Office(engine, name)
        add_manager(engine, operator(), name, name, name, Month.parse("2026-01"), None)
        return office

    return made


APPOINTMENTS: Mapping[str, tuple[Callable[..., bytes], Said]] = {
    "canonical": (writers.canonical, {}),
    "athenahealth": (writers.athenahealth, {}),
    "eclinicalworks": (writers.eclinicalworks, {}),
    "drchrono": (writers.drchrono, {}),
    "nextgen": (writers.nextgen, {"words": {"status": {"": "no_show"}}}),
}
TIMED = ("canonical", "athenahealth", "eclinicalworks")
MEASURED = ("canonical", "drchrono", "nextgen")
COUNTED = ("bookings", "visits", "no_shows", "cancellations", "unresolved", "clinic_days")


def test_a_month_of_appointments_in_five_layouts(practices: Callable[[str], Office]) -> None:
    bookings = writers.march()
    offices = {}
    for name, (write, said) in APPOINTMENTS.items():
        offices[name] = practices(name)
        load(offices[name], name, write(bookings), said)

    # 88 bookings on 22 days: 6 no-shows, 6 cancelled, 5 moved, the others kept.
    by_hand = {"bookings": 88, "visits": 71, "no_shows": 6, "cancellations": 11, "clinic_days": 22}
    statuses = Counter(each.status for each in bookings)
    assert statuses == {"completed": 71, "no_show": 6, "cancelled": 6, "rescheduled": 5}
    for name, office in offices.items():
        found = office.values("2026-03", COUNTED)
        assert found == {**by_hand, "unresolved": 0}, name
        no_shows = kpi(office, "no_show_rate", "2026-03")
        assert no_shows["value"] == pytest.approx(6 / 77, rel=1e-12), name
        assert no_shows["status"] == "scored", name
        assert kpi(office, "patients_per_day", "2026-03")["value"] == pytest.approx(71 / 22)
    same = [kpi(office, "no_show_rate", "2026-03") for office in offices.values()]
    assert all(each == same[0] for each in same)

    for place in ("Main Street", "Hill Road"):
        visits = sum(each.status == "completed" and each.location == place for each in bookings)
        for name, office in offices.items():
            assert office.value("2026-03", "visits", place) == visits, name

    cycles = Counter(
        int((each.departed - each.arrived).total_seconds() // 60)
        for each in bookings
        if each.departed and each.arrived
    )
    for name in TIMED:
        assert offices[name].counts("2026-03", "cycles") == cycles, name
    for name in MEASURED:
        found = offices[name].values("2026-03", ("visits_with_length", "misbooked"))
        assert found == {"visits_with_length": 71, "misbooked": 0}, name


BALANCES: Mapping[str, Callable[[], bytes]] = {
    "canonical": writers.balances_canonical,
    "athenahealth": writers.balances_athenahealth,
    "eclinicalworks": writers.balances_eclinicalworks,
    "tebra": writers.balances_tebra,
    "advancedmd": writers.balances_advancedmd,
}


def test_balances_in_five_layouts(practices: Callable[[str], Office]) -> None:
    owed = [sum(cents[:5]) for cents in writers.BALANCES.values()]
    late = [sum(cents[3:5]) for cents in writers.BALANCES.values()]
    assert (sum(owed), sum(late)) == (122_200_75, 11_700_00)  # credits are in neither
    for name, write in BALANCES.items():
        office = practices(name)
        load(office, name, write())
        assert office.of("ar_aging", "2026-03") == {
            "ar_balance": 122_200.75, "ar_over_90": 11_700.0, "ar_over_120": 6_100.0,
        }, name  # fmt: skip
        share = kpi(office, "ar_over_90_share", "2026-03")["value"]
        assert share == pytest.approx(float(Fraction(11_700_00, 122_200_75)), rel=1e-12), name


PERIODS = (
    (date(2026, 2, 1), date(2026, 2, 14)),
    (date(2026, 2, 15), date(2026, 2, 28)),
)


def test_a_month_of_hours_in_three_layouts(practices: Callable[[str], Office]) -> None:
    # 78.50 + 80.00 + 80.00 + 64.25 regular hours, 2.50 + 4.25 + 1.00 of overtime.
    by_hand = {"staff_hours": 302.75 + 7.75, "overtime_hours": 7.75}
    files: Mapping[str, list[bytes]] = {
        "canonical": [writers.hours_canonical()],
        "adp": [writers.hours_adp(period) for period in PERIODS],
        "gusto": [writers.hours_gusto(period) for period in PERIODS],
    }
    for name, contents in files.items():
        office = practices(name)
        for content in contents:
            load(office, name, content)
        assert office.of("staff_hours", "2026-02") == pytest.approx(by_hand), name
        assert office.state("staff_hours", "2026-02").state == "complete", name

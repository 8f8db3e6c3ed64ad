"""Why a KPI moved, from files to what each group added."""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.catalogue.splits import Split
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.review.explained.movement import Moved, moved_document, why_moved, year_earlier
from tests.office import Office, months
from tests.scored import ROLE, assigned, published, scored_office

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
HEADER = "appointment_id,start_at,status,provider,location,arrived_at,seen_at\n"


def visits(
    month: str, provider: str, came: int, missed: int, location: str = "", wait: int = 10
) -> str:
    """So many visits and no-shows on the 5th, each seen so many minutes after arriving in time."""
    day, rows = f"{month}-05", []
    for at in range(came + missed):
        key = f"{month}-{provider}-{location}-{at}"
        times = f"{day} 09:00,{day} 09:{wait:02d}" if at < came else ","
        status = "completed" if at < came else "no_show"
        rows.append(f"{key},{day} 09:00,{status},{provider},{location},{times}\n")
    return "".join(rows)


def golden(engine: Engine, id: str = "lakeside") -> Office:
    """Dr. Ash 6 of 60 then 6 of 50, Dr. Birch 8 of 40 then 10 of 50: 14%, then 16%."""
    office = Office(engine, id)
    office.load(
        HEADER + visits("2026-01", "Dr. Ash", 54, 6, "East", 12)
        + visits("2026-01", "Dr. Birch", 32, 8, "West", 15),
        covers="2026-01",
    )  # fmt: skip
    office.load(
        HEADER + visits("2026-02", "Dr. Ash", 44, 6, "East", 19)
        + visits("2026-02", "Dr. Birch", 40, 10, "West", 15),
        covers="2026-02",
    )  # fmt: skip
    return office


def moved(
    office: Office,
    kpi: str = "no_show_rate",
    split: Split | None = "provider",
    period: str = "2026-02",
    against: str | None = None,
    manager: str = "dana",
    practice: str | None = None,
) -> Moved:
    whole = months(period)
    with_ = None if against is None else (months(against)[0], months(against)[-1])
    return why_moved(
        office.engine, operator(), kpi, manager, whole[0], whole[-1], with_, split, practice
    )


def parts(found: Moved) -> dict[str | None, tuple[float, float | None]]:
    assert found.found is not None, found.reason
    return {each.group: (each.own, each.mix) for each in found.found.groups}


def test_rate_and_mix_from_files(engine: Engine) -> None:
    office = golden(engine)
    assigned(office)
    found = moved(office)
    assert (found.against, found.period) == ((JANUARY, JANUARY), (FEBRUARY, FEBRUARY))
    assert (found.then.value, found.now.value) == pytest.approx((0.14, 0.16))
    assert parts(found)["Dr. Ash"] == pytest.approx((0.011, 0.004), abs=1e-12)
    assert parts(found)["Dr. Birch"] == pytest.approx((0.0, 0.005), abs=1e-12)
    assert found.words[0] == (
        "Dr. Ash: no-show rate rose from 10% to 12%, which is +1.1 of the +2 pp."
    )
    assert parts(moved(office, split="location")) == {
        "East": parts(found)["Dr. Ash"],
        "West": parts(found)["Dr. Birch"],
    }


def test_a_median_from_files(engine: Engine) -> None:
    """86 waits, 54 at 12 and 32 at 15: 12. Then 44 at 19 and 40 at 15: the 42nd is 19."""
    office = golden(engine)
    assigned(office)
    found = moved(office, "median_wait_minutes")
    assert (found.then.value, found.now.value, found.change) == (12, 19, 7)
    assert sum(own for own, _mix in parts(found).values()) == pytest.approx(7, abs=1e-9)
    assert found.notes == (
        "January 2026: Too few to judge: 86 measured waits, and at least 100 are needed.",
        "February 2026: Too few to judge: 84 measured waits, and at least 100 are needed.",
    )


def test_the_document(engine: Engine) -> None:
    office = golden(engine)
    assigned(office)
    found = moved_document(moved(office))
    groups, words = found.pop("groups"), found.pop("words")
    assert found == {
        "by": "provider",
        "from": "2026-02",
        "to": "2026-02",
        "against_from": "2026-01",
        "against_to": "2026-01",
        "value": pytest.approx(0.16),
        "against_value": pytest.approx(0.14),
        "against_status": "scored",
        "change": pytest.approx(0.02),
        "distinguishable": False,
        "method": "rate_and_mix",
        "reason": None,
        "notes": [],
    }
    assert len(words) == 3
    assert groups[0] == {
        "group": "Dr. Ash",
        "kind": "named",
        "value": pytest.approx(0.12),
        "against_value": pytest.approx(0.1),
        "numerator": 6,
        "against_numerator": 6,
        "denominator": 50,
        "against_denominator": 60,
        "share": 0.5,
        "against_share": 0.6,
        "rate": pytest.approx(0.011),
        "mix": pytest.approx(0.004),
        "part": pytest.approx(0.015),
    }


def test_records_that_do_not_say_are_a_group(engine: Engine) -> None:
    office = golden(engine)
    assigned(office)
    office.load(
        HEADER + visits("2026-03", "Dr. Ash", 9, 1) + visits("2026-03", "", 8, 2),
        covers="2026-03",
    )  # fmt: skip
    found = moved(office, period="2026-03")
    assert set(parts(found)) == {"Dr. Ash", "Dr. Birch", ""}
    kinds = {each["group"]: each["kind"] for each in moved_document(found)["groups"]}
    assert kinds["No provider given"] == "not_given"


def test_a_manager_of_one_location_has_its_groups_only(engine: Engine) -> None:
    office = golden(engine)
    assigned(office, locations=["East"])
    found = moved(office)
    assert (found.then.value, found.now.value) == pytest.approx((0.1, 0.12))
    assert parts(found) == {"Dr. Ash": pytest.approx((0.02, 0.0), abs=1e-12)}


def test_practices_never_mix(engine: Engine) -> None:
    office = golden(engine)
    other = golden(engine, "harbor")
    other.load(HEADER + visits("2026-02", "Dr. Cedar", 1, 9), covers="2026-02")
    assigned(office)
    assigned(other)
    assert set(parts(moved(office, practice="lakeside"))) == {"Dr. Ash", "Dr. Birch"}
    assert "Dr. Cedar" in parts(moved(office, practice="harbor"))


def test_without_a_split_the_first_that_can_be_made(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)
    for month in ("2026-01", "2026-02"):
        office.load(
            HEADER.replace("provider,", "").replace("arrived_at,seen_at", "payer")
            + f"A{month},{month}-05 09:00,completed,,Aster\n",
            covers=month,
        )
    found = moved(office, split=None)
    assert found.split == "payer"
    refused = moved(office)
    assert refused.found is None
    assert refused.reason == (
        "No-show rate cannot be split by provider: the files of appointments leave it blank in "
        "all of these months."
    )


def test_a_column_that_no_export_has(engine: Engine) -> None:
    office = scored_office(engine)
    found = moved(office, "complaints_resolved_in_7_days", "payer", "2026-03")
    assert found.reason == (
        "Complaints resolved in 7 days cannot be split by payer: the export of complaints has none."
    )
    assert moved_document(found)["groups"] == []
    none = moved(office, "overhead_ratio", None, "2026-03")
    assert none.split is None
    assert none.reason == (
        "Overhead ratio cannot be split by provider: the export of ledger has none; by location: "
        "the files of ledger leave it blank in all of these months; by payer: the export of ledger "
        "has none; by weekday: the export of ledger says the month only."
    )


def test_no_change_is_shown_where_a_period_has_no_value(engine: Engine) -> None:
    """The first month of a practice has nothing before it; the month after has no file yet."""
    office = golden(engine)
    assigned(office)
    first = moved(office, period="2026-01")
    assert first.found is None
    assert first.change is None
    assert first.reason == (
        "No change is shown: No-show rate has no value for December 2025. Not complete: "
        "appointments for December 2025 (no file yet)."
    )
    later = moved(office, period="2026-03")
    assert later.reason is not None
    assert "no value for March 2026" in later.reason
    assert moved_document(later)["value"] is None


def test_a_year_earlier_and_periods_of_other_lengths(engine: Engine) -> None:
    office = scored_office(engine)
    assert year_earlier(JANUARY, FEBRUARY) == (Month(2025, 1), Month(2025, 2))
    found = moved(office, "hipaa_violations", "location", "2026-02..2026-03", "2026-01")
    assert found.change == 0
    assert found.notes == (
        "1 and 2 months are compared: a sum over more months is larger for that alone.",
    )


def test_cash_is_not_held_against_accrual(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)
    for month, basis in (("2026-01", "cash"), ("2026-02", "accrual")):
        office.load(
            "month,account,kind,amount,category,location,basis\n"
            f"{month},Fees,revenue,100,,East,{basis}\n{month},Rent,expense,50,rent,East,{basis}\n"
        )
    found = moved(office, "overhead_ratio", "location")
    assert found.found is None
    assert found.reason == (
        "The ledger's basis differs: accrual in February 2026, cash in January 2026. Load both on "
        "the same basis."
    )


def test_a_formula_that_is_no_ratio_of_sums(engine: Engine) -> None:
    office = scored_office(engine)
    for month in ("2025-01", "2025-02", "2026-01", "2026-02"):
        office.load(HEADER + visits(month, "Dr. Ash", 9, 1), covers=month)
        office.load(
            f"month,account,kind,amount,category\n{month},Rent,expense,100,rent\n", replace=True
        )
    found = moved(office, "cost_per_visit_reduction", None, "2026-02")
    assert found.reason == (
        "Cost per visit reduction cannot be split: its formula is no sum, no ratio of two sums and "
        "no quantile, so no group has a part of its own in it."
    )


def test_a_kpi_that_the_role_defines(engine: Engine) -> None:
    office = golden(engine)
    assigned(office)
    published(
        office,
        ROLE.replace(
            "compensation:",
            "  custom_kpis:\n"
            "    - id: east_share\n"
            "      name: Visits in the East\n"
            "      unit: percent\n"
            "      better: higher\n"
            "      formula: \"count(appointments, location == 'East') / bookings\"\n"
            "compensation:",
            1,
        ),
    )
    found = moved(office, "east_share")
    # 60 of 60 and 50 of 50 bookings are Dr. Ash's in the East, none of Dr. Birch's: only mix.
    assert (found.then.value, found.now.value) == pytest.approx((0.6, 0.5))
    assert parts(found)["Dr. Ash"] == pytest.approx((0.0, -0.1 * (1 - 0.55)), abs=1e-12)
    assert parts(found)["Dr. Birch"] == pytest.approx((0.0, 0.1 * (0 - 0.55)), abs=1e-12)


def test_what_is_asked_wrongly(engine: Engine) -> None:
    office = golden(engine)
    assigned(office)
    with pytest.raises(InputError, match="compare with ends in 2025-01, before it starts in 2025-"):
        why_moved(
            engine, operator(), "no_show_rate", "dana", FEBRUARY, FEBRUARY,
            (Month(2025, 3), Month(2025, 1)),
        )  # fmt: skip
    with pytest.raises(NotFound, match="no_show_rate"):
        moved(office, "noshow_rate")
    other = Actor("manager", "Robin", manager="robin")
    with pytest.raises(NotPermitted):
        why_moved(engine, other, "no_show_rate", "dana", FEBRUARY, FEBRUARY)

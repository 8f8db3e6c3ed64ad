"""``kpi doctor``: what it finds, what it mends, and what it leaves alone."""

import pytest
from sqlalchemy import Engine, delete, insert, update

from kpi.measures.defined import stored_name
from kpi.store.engine import writing
from kpi.store.secret import key_file
from kpi.store.tables import monthly_measures, practices
from tests.commands.running import Shell, held
from tests.office import Office
from tests.review.test_custom_kpis import ROLE_WITH_OWN, visits
from tests.scored import assigned, complaints, ledger, published

JSON = ("--format", "json")
WAITS = """\
appointment_id,start_at,arrived_at,seen_at,status
A1,2026-01-05 09:00,2026-01-05 08:55,2026-01-05 09:10,completed
A2,2026-01-06 09:00,2026-01-06 09:00,2026-01-06 09:25,completed
"""


@pytest.fixture
def office(engine: Engine) -> Office:
    """Overheads of 650 of 1,000, four complaints of which three were settled, waits of 10 and 25
    minutes, all in January."""
    office = Office(engine)
    office.load(ledger("2026-01"))
    office.load(complaints("2026-01"))
    office.load(WAITS, "appointments")
    return office


def spoil(engine: Engine, **where: object) -> None:
    """Makes one stored figure another one than the records give."""
    with writing(engine) as connection:
        query = update(monthly_measures).values(value=99.0)
        for name, value in where.items():
            query = query.where(monthly_measures.c[name] == value)
        assert connection.execute(query).rowcount == 1


def test_all_is_well(shell: Shell, office: Office, engine: Engine) -> None:
    before = held(engine)
    for options in ((), ("--rebuild",)):
        ran = shell.done("doctor", *options)
        assert "ok    database" in ran.out
        assert "ok    hash key" in ran.out
        # 2 lines of the ledger, 4 complaints, 2 appointments.
        assert "ok    figures: lakeside: every figure is what 8 records give." in ran.out
    found = shell.done("doctor", *JSON).document
    assert list(found) == ["checks", "differences", "mended"]
    assert (found["differences"], found["mended"]) == ([], False)
    assert held(engine) == before


def test_a_figure_that_differs_is_found_and_mended(
    shell: Shell, office: Office, engine: Engine
) -> None:
    spoil(engine, measure="complaints")
    found = shell("doctor", *JSON)
    assert found.status == 1
    assert found.document["differences"] == [
        {"practice": "lakeside", "measure": "complaints", "month": "2026-01", "location": "",
         "minutes": None, "stored": 99, "recomputed": 4}
    ]  # fmt: skip
    table = shell("doctor")
    assert table.status == 1
    assert "WRONG figures: lakeside: 1 figure was not what 8 records give" in table.out
    assert "mend with: kpi doctor --rebuild" in table.out
    assert office.value("2026-01", "complaints") == 99
    mended = shell.done("doctor", "--rebuild")
    assert "mended." in mended.out
    assert office.value("2026-01", "complaints") == 4
    assert shell.done("doctor", *JSON).document["differences"] == []


def test_what_a_newer_version_measures_is_filled_in(
    shell: Shell, office: Office, engine: Engine
) -> None:
    """As if the version that loaded the records knew neither the measure nor the histogram."""
    before = held(engine)
    with writing(engine) as connection:
        for name in ("monthly_measures", "monthly_histograms"):
            table = monthly_measures.metadata.tables[name]
            gone = delete(table).where(table.c.measure.in_(["complaints", "waits"]))
            assert connection.execute(gone).rowcount
    assert office.value("2026-01", "complaints") == 0
    found = shell.done("doctor", "--rebuild", *JSON).document
    assert found["mended"] is True
    filled = [(each["measure"], each["minutes"], each["stored"], each["recomputed"])
              for each in found["differences"]]  # fmt: skip
    assert sorted(filled, key=repr) == [
        ("complaints", None, None, 4),
        ("waits", 10, None, 1),
        ("waits", 25, None, 1),
    ]
    after = held(engine)
    for name in ("monthly_measures", "monthly_histograms", "dataset_months"):
        assert after[name] == before[name]


def test_what_nothing_gives_any_more_is_removed(
    shell: Shell, office: Office, engine: Engine
) -> None:
    """A measure that no version knows, and a month without a record."""
    with writing(engine) as connection:
        number = connection.execute(practices.select()).one().number
        for measure, month in (("dropped_measure", 202601), ("complaints", 202512)):
            connection.execute(
                insert(monthly_measures).values(
                    practice=number, month=month, measure=measure, location="", value=3.0
                )
            )
    found = shell.done("doctor", "--rebuild", *JSON).document["differences"]
    assert [(each["measure"], each["month"], each["recomputed"]) for each in found] == [
        ("complaints", "2025-12", None),
        ("dropped_measure", "2026-01", None),
    ]
    assert office.value("2025-12", "complaints") == 0


def test_measures_of_custom_kpis_are_compared_too(
    shell: Shell, office: Office, engine: Engine
) -> None:
    """Two flu shots among three visits of February."""
    published(office, ROLE_WITH_OWN)
    assigned(office)
    office.load(visits("2026-02", "ffc", start=10))
    shell.done("doctor")
    flu_shots = "count(appointments, appointment_type == 'flu shot')"
    spoil(engine, measure=stored_name(flu_shots))
    (found,) = shell.done("doctor", "--rebuild", *JSON).document["differences"]
    assert (found["month"], found["stored"], found["recomputed"]) == ("2026-02", 99, 2)


def test_one_practice_alone(shell: Shell, office: Office, engine: Engine) -> None:
    other = Office(engine, "riverside")
    other.load(complaints("2026-01"))
    with writing(engine) as connection:
        connection.execute(
            update(monthly_measures)
            .where(monthly_measures.c.measure == "complaints")
            .values(value=99.0)
        )
    shell.done("doctor", "--rebuild", "--practice", "riverside")
    assert other.value("2026-01", "complaints") == 4
    assert office.value("2026-01", "complaints") == 99
    assert "practice" in shell.refused("doctor", "--practice", "hillside")


def test_a_lost_key_is_said_and_figures_are_checked_all_the_same(
    shell: Shell, office: Office
) -> None:
    key_file().unlink()
    ran = shell("doctor")
    assert ran.status == 1
    assert "WRONG hash key" in ran.out
    assert "Put the key back from its backup" in " ".join(ran.out.split())
    assert "ok    figures: lakeside" in ran.out


def test_no_practice_yet(shell: Shell) -> None:
    ran = shell.done("doctor")
    assert "figures" not in ran.out

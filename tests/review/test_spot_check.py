"""Spot checks: what is drawn, what is kept, and who may."""

import hashlib

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, Kind, operator
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.oversight.spot_check import SIZE, SpotCheck, draw, drawn, spot_checks_of, tick
from tests.office import Office
from tests.scored import scored_office, surveys

LEE = Actor("physician", "Lee", practices=frozenset({"lakeside"}))
FIRST, LAST = Month(2026, 1), Month(2026, 3)


def check(office: Office, kpi: str = "complaints_resolved_in_7_days", seed: str = "7") -> SpotCheck:
    return draw(office.engine, LEE, kpi, "dana", FIRST, LAST, seed=seed)


def kept(office: Office, actor: Actor = LEE) -> list[SpotCheck]:
    return spot_checks_of(office.engine, actor, "dana", "lakeside")


def test_ten_of_the_twelve_complaints_are_drawn_by_file_and_line(engine: Engine) -> None:
    """Four complaints a month, on the lines 2 to 5 of each month's file."""
    office = scored_office(engine)
    found = check(office)
    assert (found.records, len(found.rows), SIZE) == (12, 10, 10)
    assert len({(row.upload, row.line) for row in found.rows}) == 10
    assert {row.line for row in found.rows} <= {2, 3, 4, 5}
    assert {row.file for row in found.rows} == {"file.csv"}
    assert {row.dataset for row in found.rows} == {"complaints"}
    assert all(row.values["received_on"].endswith("-05") for row in found.rows)
    assert not any("id" in name for row in found.rows for name in row.values)
    assert (found.seed, found.drawn_by) == ("7", "Lee (physician)")
    assert not found.done


def test_the_seed_alone_decides_the_draw(engine: Engine) -> None:
    office = scored_office(engine)
    places = [
        [(row.upload, row.line) for row in check(office, seed=seed).rows]
        for seed in ("7", "7", "8")
    ]
    assert places[0] == places[1] != places[2]


def test_the_draw_worked_by_hand() -> None:
    """The order is that of the SHA-256 of seed, dataset, upload and line."""
    sources = {("claims", 3, line) for line in range(2, 40)}
    lots = {
        source: hashlib.sha256(f"s|claims|3|{source[2]}".encode()).hexdigest() for source in sources
    }
    assert drawn(sources, "s") == sorted(sources, key=lots.__getitem__)[:10]


def test_without_a_seed_one_is_made_and_kept(engine: Engine) -> None:
    office = scored_office(engine)
    found = draw(engine, LEE, "complaints_resolved_in_7_days", "dana", FIRST, LAST)
    again = check(office, seed=found.seed)
    assert [row.line for row in again.rows] == [row.line for row in found.rows]


def test_fewer_records_are_all_drawn_and_of_none_there_is_nothing_to_check(engine: Engine) -> None:
    office = scored_office(engine)
    month = draw(engine, LEE, "complaints_resolved_in_7_days", "dana", FIRST, FIRST, seed="1")
    assert sorted(row.line for row in month.rows) == [2, 3, 4, 5]
    with pytest.raises(InputError, match="No record stands behind HIPAA violations"):
        check(office, "hipaa_violations")


def test_the_year_before_is_no_part_of_it(engine: Engine) -> None:
    """Growth of revenue is compared with 2025; records of 2026 only are drawn."""
    office = scored_office(engine)
    old = office.load("month,account,kind,amount\n2025-01,Fees,revenue,900.00\n")
    found = check(office, "revenue_growth")
    assert found.records == 3
    assert old not in {row.upload for row in found.rows}


def test_each_record_is_ticked_and_the_result_kept(engine: Engine) -> None:
    office = scored_office(engine)
    number = check(office).number
    tick(engine, LEE, "lakeside", number, 1, "agrees")
    tick(engine, LEE, "lakeside", number, 1, "not_found")  # another look, before it is done
    tick(engine, LEE, "lakeside", number, 2, "differs", " settled a day later ")
    (found,) = kept(office)
    assert [row.outcome for row in found.rows[:3]] == ["not_found", "differs", None]
    assert found.rows[1].note == "settled a day later"
    assert found.rows[1].by == "Lee (physician)"
    for place in range(3, 11):
        tick(engine, LEE, "lakeside", number, place, "agrees")
    (found,) = kept(office)
    assert found.done
    assert [found.count(each) for each in ("agrees", "differs", "not_found")] == [8, 1, 1]
    with pytest.raises(InputError, match="is done; draw another one"):
        tick(engine, LEE, "lakeside", number, 1, "agrees")


def test_an_upload_undone_since_leaves_the_result_with_a_note(engine: Engine) -> None:
    office = scored_office(engine)
    found = check(office)
    upload = found.rows[0].upload
    tick(engine, LEE, "lakeside", found.number, 1, "agrees")
    undo(engine, operator(), "lakeside", upload)
    (after,) = kept(office)
    assert {row.upload for row in after.rows if row.undone} == {upload}
    assert (after.rows[0].outcome, after.rows[0].values) == ("agrees", {})
    assert all(row.values for row in after.rows if not row.undone)


def test_what_is_refused_says_why(engine: Engine) -> None:
    office = scored_office(engine)
    number = check(office).number
    for outcome, note, said in (
        ("maybe", "", "A record agrees, differs, not_found, not 'maybe'"),
        ("differs", " ", "Say in the note what differs"),
        ("differs", "x" * 501, "up to 500 characters"),
    ):
        with pytest.raises(InputError, match=said):
            tick(engine, LEE, "lakeside", number, 1, outcome, note)
    for other, place in ((number, 0), (number, 11), (number + 1, 1)):
        with pytest.raises(NotFound):
            tick(engine, LEE, "lakeside", other, place, "agrees")
    with pytest.raises(InputError, match="A seed has up to 40"):
        check(office, seed="x" * 41)
    with pytest.raises(NotFound):
        check(office, "no_such_kpi")


def test_another_practices_spot_check_is_out_of_reach(engine: Engine) -> None:
    office = scored_office(engine)
    number = check(office).number
    Office(engine, "hillcrest").load(surveys("2026-01"))
    lou = Actor("physician", "Lou", practices=frozenset({"hillcrest"}))
    with pytest.raises(NotPermitted):
        tick(engine, lou, "lakeside", number, 1, "agrees")
    with pytest.raises(NotFound):
        tick(engine, lou, "hillcrest", number, 1, "agrees")
    with pytest.raises(NotPermitted):
        kept(office, lou)


@pytest.mark.parametrize("kind", ["operator", "manager", "administrator", "visitor", "hr"])
def test_who_draws_and_ticks(engine: Engine, kind: Kind) -> None:
    office = scored_office(engine)
    number = check(office).number
    actor = Actor(kind, "Pat", "dana" if kind == "manager" else None)
    if kind == "hr":
        draw(engine, actor, "complaints_resolved_in_7_days", "dana", FIRST, LAST)
        tick(engine, actor, "lakeside", number, 1, "agrees")
        return
    with pytest.raises(NotPermitted):
        draw(engine, actor, "complaints_resolved_in_7_days", "dana", FIRST, LAST)
    with pytest.raises(NotPermitted, match="a physician or HR has to"):
        tick(engine, actor, "lakeside", number, 1, "agrees")


def test_a_manager_reads_the_results_of_her_own(engine: Engine) -> None:
    office = scored_office(engine)
    check(office)
    assert len(kept(office, Actor("manager", "Dana", "dana"))) == 1
    with pytest.raises(NotPermitted):
        kept(office, Actor("manager", "Robin", "robin"))

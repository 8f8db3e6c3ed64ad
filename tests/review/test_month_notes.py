"""Notes on a KPI's months: who may, who takes them off, and that the trail says so."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.review.oversight.month_notes import note_month, notes_on, withdraw_note
from tests.access.people import somebody
from tests.office import Office

MARCH = Month(2026, 3)


def test_a_note_stands_for_all_until_its_writer_or_hr_takes_it_off(engine: Engine) -> None:
    Office(engine)
    dana = somebody(engine, "dana", "physician", ("lakeside",)).actor
    kim = somebody(engine, "kim", "hr", ("lakeside",)).actor
    made = note_month(engine, dana, "lakeside", "no_show_rate", MARCH, "  The phones\n were out. ")
    note_month(engine, kim, "lakeside", "no_show_rate", Month(2026, 1), "A holiday week.")
    assert (made.text, made.month, made.own) == ("The phones were out.", MARCH, True)
    seen = notes_on(engine, dana, "lakeside", "no_show_rate")
    assert [(each.month, each.own) for each in seen] == [(Month(2026, 1), False), (MARCH, True)]
    assert notes_on(engine, dana, "lakeside", "denial_rate") == []
    with pytest.raises(NotPermitted, match="its writer or HR takes it"):
        withdraw_note(engine, dana, "lakeside", seen[0].number)
    withdraw_note(engine, kim, "lakeside", made.number)
    assert [each.text for each in notes_on(engine, dana, "lakeside", "no_show_rate")] == [
        "A holiday week."
    ]
    with pytest.raises(NotFound, match=f"no note {made.number} that stands"):
        withdraw_note(engine, kim, "lakeside", made.number)
    said = [each.subject for each in entries(engine, operator()) if each.action == "annotate"]
    assert said[::2] == ["withdrew note 1 on no_show_rate", "note 1 on no_show_rate in 2026-03"]


def test_what_is_refused(engine: Engine) -> None:
    Office(engine)
    away = Actor("hr", "Kim", practices=frozenset({"hillcrest"}))
    with pytest.raises(NotPermitted):
        note_month(engine, away, "lakeside", "no_show_rate", MARCH, "x")
    for text in (" ", "x" * 501):
        with pytest.raises(InputError, match="at most 500 characters what happened"):
            note_month(engine, operator(), "lakeside", "no_show_rate", MARCH, text)

"""Spot checks of a KPI: drawing one, answering it, and the results that there are."""

from __future__ import annotations

import streamlit as st

from dashboards.forms.results import said, say
from dashboards.frame import Here
from dashboards.markup.text import block, note, safe, small, table
from dashboards.views.spot_check import (
    HEADINGS,
    OUTCOME,
    cells,
    drawn_from,
    headline,
    stored,
    where,
)
from kpi.access.actor import may
from kpi.months import Month
from kpi.review.oversight.spot_check import (
    OUTCOMES,
    SIZE,
    Checked,
    SpotCheck,
    draw,
    spot_checks_of,
    tick,
)

_NUMBERS = {0, 2, 3}


def show(here: Here, kpi: str, first: Month, last: Month, count: int) -> None:
    """The section on a KPI's page. ``count``: records behind the figure."""
    practice, manager = here.assignment.practice, here.assignment.manager
    found = spot_checks_of(here.engine, here.actor, manager.id, practice.id, kpi)
    draws = may(here.actor, "spot_check", practice.id)
    if not found and not (draws and count):
        return
    st.html(block("<h2>Spot checks</h2>"))
    said()
    of_period = [each for each in found if (each.first, each.last) == (first, last)]
    under_way = next((each for each in of_period if not each.done), None)
    if draws and under_way is not None:
        _answers(here, under_way)
    elif draws and count:
        _draw(here, kpi, first, last, count)
    for each in found:
        if not (draws and each is under_way):
            _result(here, each)


def _draw(here: Here, kpi: str, first: Month, last: Month, count: int) -> None:
    drawn = min(SIZE, count)
    st.html(
        block(
            small(
                f"{drawn} of the records are drawn at random, to be looked up in the system that "
                "they came from. The result is kept, and the manager sees it."
            )
        )
    )
    if st.button("Draw a spot check", key="spot_check_draw"):
        manager, practice = here.assignment.manager.id, here.assignment.practice.id
        draw(here.engine, here.actor, kpi, manager, first, last, practice)
        st.rerun()


def _answers(here: Here, found: SpotCheck) -> None:
    """One form for all records: those answered are kept, the others can wait."""
    st.html(block(small(headline(found, here.assignment.practice.timezone)), "<br>",
                  small(drawn_from(found))))  # fmt: skip
    with st.form(f"spot_check_{found.number}", border=False):
        answers = [(row, *_answer(found, row)) for row in found.rows]
        sent = st.form_submit_button("Keep the answers")
    if not sent:
        return
    given = [
        (row, outcome, text)
        for row, outcome, text in answers
        if outcome is not None and (outcome, text.strip()) != (row.outcome, row.note)
    ]
    lacking = [row.place for row, outcome, text in given if outcome == "differs" and not text]
    if not given or lacking:
        what = f"Say what differs in record {lacking[0]}." if lacking else "Answer at least one."
        st.html(note(what, "worse"))
        return
    # The last answer closes the spot check: one that is changed comes before it.
    for row, outcome, text in sorted(given, key=lambda each: each[0].outcome is None):
        tick(
            here.engine, here.actor, here.assignment.practice.id, found.number, row.place, outcome,
            text,
        )  # fmt: skip
    say("The answers are kept.")


def _answer(found: SpotCheck, row: Checked) -> tuple[str | None, str]:
    key = f"{found.number}_{row.place}"
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.html(block(f"<b>{safe(where(row))}</b><br>{small(stored(row))}"))
        outcome = st.radio(
            where(row), OUTCOMES, format_func=OUTCOME.__getitem__, horizontal=True,
            index=None if row.outcome is None else OUTCOMES.index(row.outcome),
            key=f"spot_outcome_{key}", label_visibility="collapsed",
        )  # fmt: skip
    with right:
        text = st.text_input(
            f"Note on record {row.place}", row.note, key=f"spot_note_{key}", max_chars=500,
            placeholder="What differs; no patient's name",
        )  # fmt: skip
    return outcome, text


def _result(here: Here, found: SpotCheck) -> None:
    with st.expander(headline(found, here.assignment.practice.timezone)):
        st.html(block(small(drawn_from(found))))
        st.html(block(table(HEADINGS, map(cells, found.rows), _NUMBERS, dense=True)))

"""Scorecards: every manager's score of a period, to look at and to download."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import clock, data, frame
from dashboards.forms.scorecard_files import downloads
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.frame import Here
from dashboards.markup.scorecards import scorecards_block
from dashboards.markup.text import block, empty, small, title
from dashboards.markup.words import words_line
from dashboards.views.periods import from_address, in_address, instead_words
from dashboards.views.scorecards import HEADINGS, cells, scorecard_line
from kpi.access.managers import Assignment
from kpi.errors import NotPermitted, RolecardError
from kpi.months import period_words
from kpi.review.basis.periods import Period, periods_to_choose


def draw() -> None:
    """The list of a period, and its downloads."""
    here = frame.here("Scorecards")
    if here.actor.kind != "hr":
        raise NotPermitted("Scorecards of all managers are HR's to see.")
    known = here.session.assignments
    periods = _periods(here, known)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.html(title("Scorecards", "All practices"))
    if not periods:
        st.html(
            empty(
                "No review period is complete yet",
                "A scorecard needs a period that is over, with data up to its last month, under a "
                "published role. Load the months on the page Month-end.",
            )
        )
        return
    named = from_address(here.address.period or "")
    first, last = named if named in periods else periods[0]
    with right:
        frame.choose(
            "Period",
            [in_address(*each) for each in periods],
            in_address(first, last),
            lambda text: period_words(*(from_address(text) or (first, last))),
            "period",
        )
    if named is not None and named not in periods:
        st.html(block(small(instead_words(here.address.period or "", (first, last)))))
    found: list[Assignment] = []
    lines = []
    for assignment in known:
        if not assignment.months(first, last):
            continue
        try:
            scored = data.score(here.engine, here.actor, assignment, first, last)
        except RolecardError as error:
            lines.append(scorecard_line(assignment, None, str(error)))
        else:
            found.append(assignment)
            lines.append(scorecard_line(assignment, scored))
    st.html(words_line("scorecards", "range", "indicated_rating", "coverage", "excluded"))
    st.html(scorecards_block(lines, here.address.to_overview))
    files = [listed("Scorecards", "scorecards", HEADINGS, map(cells, lines))]
    about = Export("list of scorecards", "read_scores", period=(first, last))
    take_away(here.session, files, about)
    if found:
        downloads(here, found, (first, last))


def _periods(here: Here, known: Sequence[Assignment]) -> list[Period]:
    """The complete periods of every assignment, newest first."""
    today = clock.today()
    every = {
        each
        for assignment in known
        for each in periods_to_choose(here.engine, here.actor, assignment, today).complete
    }
    return sorted(every, key=lambda each: (each[1], each[0]), reverse=True)


draw()

"""Scorecards: every manager's score of a period, to look at and to download."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import streamlit as st

from dashboards import clock, data, frame
from dashboards.frame import Here
from dashboards.markup.scorecards import scorecards_block
from dashboards.markup.text import block, empty, title
from dashboards.views.assignments import assignment_words
from dashboards.views.periods import from_address, in_address
from dashboards.views.scorecards import scorecard_line
from kpi.access.actor import require_score
from kpi.access.exports import note_scorecard
from kpi.access.managers import Assignment, list_assignments
from kpi.errors import NotPermitted, RolecardError
from kpi.months import period_words
from kpi.report import FORMATS, Format, file_name, render
from kpi.review.periods import Period, periods_to_choose
from kpi.review.scoring import ManagerScore

_MIME = {"html": "text/html", "csv": "text/csv", "json": "application/json"}


def draw() -> None:
    """The list of a period, and its downloads."""
    here = frame.here()
    if here.actor.kind != "hr":
        raise NotPermitted("Scorecards of all managers are HR's to see.")
    known = list_assignments(here.engine, here.actor)
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
    found: list[ManagerScore] = []
    lines = []
    for assignment in known:
        if not assignment.months(first, last):
            continue
        try:
            scored = data.score(here.engine, here.actor, assignment, first, last)
        except RolecardError as error:
            lines.append(scorecard_line(assignment, None, str(error)))
        else:
            found.append(scored)
            lines.append(scorecard_line(assignment, scored))
    st.html(scorecards_block(lines, here.address.to_overview))
    if found:
        _downloads(here, found)


def _periods(here: Here, known: Sequence[Assignment]) -> list[Period]:
    """The complete periods of every assignment, newest first."""
    today = clock.today()
    every = {
        each
        for assignment in known
        for each in periods_to_choose(here.engine, here.actor, assignment, today)
    }
    return sorted(every, key=lambda each: (each[1], each[0]), reverse=True)


def _downloads(here: Here, found: Sequence[ManagerScore]) -> None:
    st.html(block("<h2>Download</h2>"))
    assignments = [scored.assignment for scored in found]
    at = st.selectbox(
        "Scorecard",
        range(len(found)),
        format_func=lambda at: assignment_words(assignments[at], assignments),
        key="download_one",
        width=480,
    )
    with st.container(horizontal=True):
        for form in FORMATS:
            _download(here, found[at], form)
    with st.container(horizontal=True):
        st.download_button(
            f"All {len(found)} as a ZIP, in every format",
            lambda: zipped(taken(here, found, FORMATS)),
            file_name=f"scorecards_{found[0].score.first}_{found[0].score.last}.zip",
            mime="application/zip",
            on_click="ignore",
            key="download_all",
        )


def _download(here: Here, scored: ManagerScore, form: Format) -> None:
    st.download_button(
        form.upper(),
        lambda: render(taken(here, [scored], [form])[0], form),
        file_name=file_name(scored, form),
        mime=_MIME[form],
        on_click="ignore",
        key=f"download_{form}",
    )


def taken(
    here: Here, found: Sequence[ManagerScore], formats: Sequence[Format]
) -> Sequence[ManagerScore]:
    """The scorecards, noted as taken away by whoever is signed in. Raises NotPermitted.

    A download is made when its button is pressed, and the page may be an hour old by then.
    """
    actor = here.session.now()
    for scored in found:
        assignment, score = scored.assignment, scored.score
        require_score(actor, assignment.practice.id, assignment.manager.id)
        note_scorecard(here.engine, actor, assignment, score.first, score.last, formats)
    return found


def zipped(found: Sequence[ManagerScore]) -> bytes:
    """Every scorecard in every format; the same scorecards give the same bytes."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for scored in found:
            for form in FORMATS:
                # A date of its own would make two downloads of one scorecard differ.
                entry = ZipInfo(file_name(scored, form), (1980, 1, 1, 0, 0, 0))
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, render(scored, form))
    return content.getvalue()


draw()

"""Scorecards to take away: one in any format, or all of a period as one ZIP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from tempfile import TemporaryFile

import streamlit as st

from dashboards.forms.own_file import own_file_button
from dashboards.frame import Here
from dashboards.markup.text import block, note
from dashboards.views.assignments import assignment_words
from dashboards.views.direction import isolated
from kpi.access.actor import require_score
from kpi.access.exports import note_scorecard
from kpi.access.managers import Assignment
from kpi.errors import RolecardError
from kpi.report import FORMATS, PAPERS, Document, Format, Paper, file_name, render
from kpi.report.archive import archive
from kpi.review.basis.periods import Period
from kpi.review.frozen.document import scorecard_document
from kpi.store.faults import note_fault

_MIME = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
}
_PAPER = {"letter": "Letter", "a4": "A4"}


def downloads(here: Here, assignments: Sequence[Assignment], period: Period) -> None:
    """One scorecard in any format; all of them in the formats that are chosen."""
    st.html(block("<h2>Download</h2>"))
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    at = left.selectbox(
        "Scorecard",
        range(len(assignments)),
        format_func=lambda at: assignment_words(assignments[at], assignments),
        key="download_one",
    )
    paper = right.selectbox(
        "Paper of PDFs", PAPERS, format_func=lambda each: _PAPER[each], key="download_paper"
    )
    with st.container(horizontal=True):
        for form in FORMATS:
            _one(here, assignments[at], period, form, paper)
        own_file_button(here, assignments[at].manager, "Her or his own file")
    _all(here, assignments, period, paper)


def files_of(here: Here, assignment: Assignment, period: Period) -> None:
    """One scorecard in any format."""
    st.html(block("<h2>Download</h2>"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = st.selectbox(
            "Paper of PDFs", PAPERS, format_func=lambda each: _PAPER[each], key="download_paper",
            width=140,
        )  # fmt: skip
        for form in FORMATS:
            _one(here, assignment, period, form, paper)


def _one(here: Here, assignment: Assignment, period: Period, form: Format, paper: Paper) -> None:
    first, last = period
    names = {"manager": assignment.manager.id, "practice": assignment.practice.id,
             "from": first, "to": last}  # fmt: skip
    st.download_button(
        form.upper(),
        lambda: render(taken(here, assignment, period, [form]), form, paper),
        file_name=file_name(names, form),
        mime=_MIME[form],
        on_click="ignore",
        key=f"download_{form}",
    )


def _all(here: Here, assignments: Sequence[Assignment], period: Period, paper: Paper) -> None:
    count = len(assignments)
    formats = st.pills(
        f"Formats of all {count}", FORMATS, selection_mode="multi", default=["pdf", "xlsx"],
        format_func=str.upper, key="download_formats",
    )  # fmt: skip
    if not st.button(f"Make a ZIP of all {count}", disabled=not formats, key="download_make"):
        return
    place, failed = st.empty(), list[str]()

    def tell(at: int) -> None:
        name = isolated(assignments[at].manager.name)
        place.progress(at / count, f"Writing {name}, scorecard {at + 1} of {count}")

    # On disk: a group's scorecards are many, and memory holds one of them at a time.
    with TemporaryFile() as file:
        archive(file, each_file(here, assignments, period, formats, paper, failed, tell))
        place.empty()
        for said in failed:
            st.html(note(said, "worse"))
        if len(failed) < count:
            file.seek(0)
            st.download_button(
                f"Download the ZIP of {count - len(failed)}",
                file.read(),
                file_name=f"scorecards_{period[0]}_{period[1]}.zip",
                mime="application/zip",
                on_click="ignore",
                type="primary",
                key="download_all",
            )


def each_file(
    here: Here,
    assignments: Sequence[Assignment],
    period: Period,
    formats: Sequence[Format],
    paper: Paper,
    failed: list[str],
    tell: Callable[[int], None] = lambda _at: None,
) -> Iterator[tuple[str, bytes]]:
    """Every scorecard in every format, name and bytes, made one after the other. One that cannot be
    made does not stop the rest: why stands in ``failed``. ``tell``: told which one begins."""
    for at, assignment in enumerate(assignments):
        tell(at)
        try:
            document = taken(here, assignment, period, formats)
            made = [(file_name(document, form), render(document, form, paper)) for form in formats]
        except RolecardError as error:
            failed.append(f"{isolated(assignment.manager.name)}: {error}")
        except Exception as error:
            failed.append(f"{isolated(assignment.manager.name)}: reference {note_fault(error)}")
        else:
            yield from made


def taken(
    here: Here, assignment: Assignment, period: Period, formats: Sequence[Format]
) -> Document:
    """The scorecard, noted as taken away by whoever is signed in. Raises NotPermitted.

    A download is made when its button is pressed, and the page may be an hour old by then.
    """
    actor = here.session.now()
    first, last = period
    manager, practice = assignment.manager.id, assignment.practice.id
    require_score(actor, practice, manager)
    document = scorecard_document(here.engine, actor, manager, first, last, practice)
    note_scorecard(here.engine, actor, assignment, first, last, formats)
    return document

"""Month-end: which month of which dataset is there, and every way to bring in what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards import clock, data, frame
from dashboards.forms import accounts, countersign, declare, enter, log, quarantine, upload
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.month_end import board_block
from dashboards.markup.text import block, safe, small, title
from dashboards.markup.words import words_line
from dashboards.views.board import BOARD, board_cells, board_view, months_shown, needed_names
from kpi.access.actor import may
from kpi.catalogue import kpis
from kpi.datasets import all_datasets
from kpi.ingest.log import last_loaded
from kpi.months import Month
from kpi.review.oversight.countersigning import waiting

MONTHS_SHOWN = 6


def draw() -> None:
    """The board, then what whoever is signed in may do about it."""
    here = frame.here("Month-end")
    practice = here.assignment.practice
    st.html(title("Month-end", practice.name))
    said()
    every = data.months_held(here.engine, here.actor, practice)
    over = Month.of(clock.today()) - 1
    months = months_shown(every, needed_names(every, {}), over, MONTHS_SHOWN)
    entries = data.months_held(here.engine, here.actor, practice, months)
    needed = needed_names(entries, {id: each.name for id, each in kpis().items()})
    loaded = last_loaded(here.engine, here.actor, practice.id)
    view = board_view(entries, months, needed, here.palette, loaded)
    st.html(block(f"<p>{safe(view.summary)}</p>"))
    files = []
    if view.rows:
        st.html(words_line("board", "partial", "quarantined", "nothing_to_report", "left_out"))
        st.html(board_block(view))
        headings = (*BOARD, *view.headings)
        files.append(listed("Months of data", "months", headings, map(board_cells, view.rows)))
    waits = waiting(here.engine, here.actor, practice.id)
    with guarded():
        countersign.draw(here, waits)
    may_upload = may(here.actor, "upload", practice.id)
    if may_upload:
        attestable = [each.name for each in all_datasets() if each.attestable]
        declared = [name for name in attestable if name in needed]
        with guarded():
            files += upload.draw(here, every, view.summary)
        _actions(here, entries, declared, months)
    else:
        st.html(block(small("Loading and undoing files is the manager's.")))
    with guarded():
        files += quarantine.draw(here, may_upload)
    with guarded():
        files += log.draw(here, may_upload, {each.upload for each in waits})
    about = Export("lists of month-end", "read_uploads", practice.id)
    take_away(here.session, files, about)


def _actions(
    here: Here,
    entries: Sequence[Mapping[str, Any]],
    attestable: Sequence[str],
    months: Sequence[Month],
) -> None:
    """What brings data in besides files; what one of them refuses leaves the others."""
    with guarded():
        accounts.draw(here)
    with guarded():
        declare.draw(here, entries, attestable, months)
    with guarded():
        enter.draw(here)


draw()

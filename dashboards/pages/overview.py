"""Overview: the score, what costs most, and a row a KPI."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboards import data, frame
from dashboards.forms.own_file import own_file_button
from dashboards.forms.take_away import Export, File, drawn, take_away
from dashboards.frame import Chosen, Here
from dashboards.markup.overview import head_block, key_block, rows_block
from dashboards.markup.pace import pace_block, sentences_block
from dashboards.markup.text import title
from dashboards.views.direction import isolated
from dashboards.views.files import charts, kpis_csv
from dashboards.views.left_out import left_out
from dashboards.views.overview import head, panel
from dashboards.views.pace import pace_view
from dashboards.views.periods import Period, before
from dashboards.views.rows import kpi_lines
from kpi.errors import RolecardError
from kpi.months import period_words
from kpi.report.theme import LIGHT
from kpi.report.words import ratings_of
from kpi.review.scores.scoring import ManagerScore
from kpi.score.model import KpiScore


def draw() -> None:
    """Fetches the score of the chosen period and shows it."""
    here = frame.here("Overview")
    chosen = frame.period(here)
    if chosen is None:
        st.html(title("Overview", here.assignment.practice.name))
        frame.no_period(here)
        _own_file(here)
        return
    scored = data.score(
        here.engine, here.actor, here.assignment, chosen.first, chosen.last, chosen.so_far
    )
    score = scored.score
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        who = f"{isolated(here.assignment.manager.name)}, {isolated(scored.role_title)}"
        scope = period_words(score.first, score.last)
        st.html(title(scope, here.assignment.practice.name, who))
    with right:
        frame.choose_period(chosen)
    frame.another_period(here, chosen)
    link = here.address.to_kpi
    st.html(
        head_block(
            head(score, scored.data_through, here.palette),
            panel(score),
            link,
            here.address.to_month_end(),
        )
    )
    if said := left_out(scored):
        st.html(sentences_block("Left out and taken over", said))
    if chosen.so_far:
        pace = data.pace(here.engine, here.actor, here.assignment, chosen.first, chosen.last)
        st.html(pace_block(pace_view(pace, ratings_of(score)), link))
    previous_period, previous = _previous(here, chosen)
    lines = kpi_lines(
        score.rows, score.last, here.palette, here.address.order, previous, previous_period
    )
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.html(key_block(here.palette))
    with right:
        words = {"lost": "Points lost first", "role": "As in the role"}
        frame.choose("Order", list(words), here.address.order, words.__getitem__, "order")
    st.html(rows_block(lines, link))
    take_away(
        here.session,
        (File("KPIs as CSV", "kpis.csv", lambda: kpis_csv(lines)), drawn(lambda: _charts(scored))),
        Export(
            f"figures of {here.assignment.manager.id}", "read_scores", here.assignment.practice.id,
            here.assignment.manager.id, (score.first, score.last),
        ),
    )  # fmt: skip
    frame.foot(scored)
    _own_file(here)


def _charts(scored: ManagerScore) -> Iterable[tuple[str, bytes]]:
    """The charts for paper, whatever theme the page is in."""
    score = scored.score
    scale = head(score, scored.data_through, LIGHT).scale
    return charts(kpi_lines(score.rows, score.last, LIGHT), scale)


def _own_file(here: Here) -> None:
    """A manager may take away all that is held about her, at any time."""
    if here.actor.kind == "manager":
        own_file_button(here, here.assignment.manager, "Download my own file")


def _previous(here: Here, chosen: Chosen) -> tuple[Period | None, dict[str, KpiScore]]:
    """The period before and its rows, where it lies within the assignment and can be scored."""
    earlier = before(chosen.first, chosen.last)
    if chosen.so_far or earlier[0] < here.assignment.first:
        return None, {}
    try:
        scored = data.score(here.engine, here.actor, here.assignment, *earlier)
    except RolecardError:
        # There is nothing to compare with; the page says so by comparing with the month before.
        return None, {}
    return earlier, {row.kpi.id: row for row in scored.score.rows}


draw()

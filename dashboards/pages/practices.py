"""Practices side by side, for whoever may read the scores of several; no ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import streamlit as st

from dashboards import clock, data, frame
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.markup.practices import (
    chance_key,
    lines_block,
    matrix_block,
    matrix_key,
    told_block,
)
from dashboards.markup.text import block, empty, title
from dashboards.session import Session
from dashboards.views.answers import sentence_of
from dashboards.views.periods import Period, from_address, in_address
from dashboards.views.practices import (
    HEADINGS,
    KPI_HEADINGS,
    MatrixRow,
    PracticeLine,
    Shown,
    kpi_rows,
    line_rows,
    matrix,
    names,
    next_step,
    practice_line,
)
from dashboards.views.words import count_of
from kpi.access.actor import require
from kpi.errors import NotPermitted, RolecardError
from kpi.months import period_words
from kpi.report.theme import palette
from kpi.review.scores.side_by_side import Beside, SideBySide, practices_side_by_side
from kpi.score.side_by_side import different_targets, told_apart

# Seconds after which a first look, which computes every score, says how far it is.
PATIENCE = 0.4
LAST_OF_EACH = ""
_UNNAMED = (
    "Whatever is not named here cannot be told apart: its margins have something in common, or it "
    "has none. Practices stand in the order of their names; there are no ranks."
)
_PERIODS = "Review periods differ. Figures of different months are shown, and never compared."
_TARGETS = "The roles ask for different things. Each score says how far its own targets are met."


def draw() -> None:
    """Each practice's figures, what can be told apart, and the KPIs that they share."""
    who, where = frame.signed_in(), frame.address()
    require(who.actor, "read_scores")
    found = practices_side_by_side(
        who.engine, who.actor, clock.today(), from_address(where.period or "")
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    places = len({each.practice for each in found.lines})
    with left:
        st.html(title("Practices", f"{count_of(places, 'practice')} side by side"))
    if not found.lines:
        st.html(empty("No practice yet", "A practice is added with: kpi practice add."))
        return
    with right:
        _choose_period(found)
    shown = _scored(who, found.lines)
    tones = palette(st.context.theme.type)
    lines = [
        practice_line(each, whose, tones) for each, whose in zip(shown, names(shown), strict=True)
    ]

    def link(at: int, kpi: str) -> str:
        beside = shown[at].beside
        assert beside.assignment is not None
        assert beside.period is not None
        return where.to_figures(beside.assignment.number, beside.period, kpi)

    def step(at: int) -> tuple[str, str, str]:
        beside = shown[at].beside
        if shown[at].fault:
            return "", "", ""
        words, page = next_step(beside, who.actor.kind, found.chosen is not None)
        number = beside.assignment.number if beside.assignment else None
        there = replace(where, assignment=number, period=None)
        return words, page, there.to_roles() if page == "Roles" else there.to_month_end()

    st.html(chance_key(tones))
    st.html(lines_block(lines, link, step))
    if sum(each.score is not None for each in shown) < 2:
        return
    _told(shown, lines)
    rows = matrix(shown, tones)
    if rows:
        st.html(block("<h2>KPIs side by side</h2>"))
        st.html(matrix_key(tones))
        st.html(matrix_block(rows, [each.whose for each in lines], link))
    scores = [each.score for each in shown if each.score is not None]
    spanned = min(each.first for each in scores), max(each.last for each in scores)
    _take_away(who, lines, rows, spanned)


def _choose_period(found: SideBySide) -> None:
    def words(option: str) -> str:
        period = from_address(option)
        return period_words(*period) if period else "Last complete one of each"

    current = in_address(*found.chosen) if found.chosen else LAST_OF_EACH
    options = [LAST_OF_EACH, *(in_address(*each) for each in found.periods)]
    frame.choose("Period", options, current, words, "period")


def _scored(who: Session, lines: Sequence[Beside]) -> list[Shown]:
    """Each line with its score; those that were computed before cost next to nothing."""
    place, begun, found = st.empty(), monotonic(), []
    for at, line in enumerate(lines):
        if monotonic() - begun > PATIENCE:
            place.progress(at / len(lines), f"Computing scores, {at} of {len(lines)}")
        found.append(_shown(who, line))
    place.empty()
    return found


def _shown(who: Session, line: Beside) -> Shown:
    if line.assignment is None or line.period is None:
        return Shown(line)
    try:
        found = data.score(who.engine, who.actor, line.assignment, *line.period)
    except NotPermitted:
        raise
    except RolecardError as error:  # a role that was changed by other means, a quarter of leave
        return Shown(line, fault=sentence_of(error))
    return Shown(line, found.score, found.data_through)


def _told(shown: Sequence[Shown], lines: Sequence[PracticeLine]) -> None:
    named = [
        (line.whose, each.score)
        for each, line in zip(shown, lines, strict=True)
        if each.score is not None
    ]
    scores = [score for _, score in named]
    notes = [_UNNAMED]
    if len({(score.first, score.last) for score in scores}) > 1:
        notes.append(_PERIODS)
    if different_targets(scores):
        notes.append(_TARGETS)
    st.html(block("<h2>What can be told apart</h2>"))
    st.html(told_block(told_apart(named), notes))


def _take_away(
    who: Session, lines: Sequence[PracticeLine], rows: Sequence[MatrixRow], period: Period
) -> None:
    files = [listed("Practices", "practices", HEADINGS, line_rows(lines))]
    if rows:
        files.append(listed("KPIs side by side", "kpis", KPI_HEADINGS, kpi_rows(rows, lines)))
    take_away(who, files, Export("practices side by side", "read_scores", period=period))


draw()

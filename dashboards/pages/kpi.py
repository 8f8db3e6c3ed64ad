"""KPI: one KPI's trend, its months, the records behind it and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import streamlit as st

from dashboards import data, frame
from dashboards.address import AGAINST
from dashboards.charts.trend import charted, trend, trend_alt
from dashboards.forms import month_notes, rebase, since, spot_check
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, File, take_away
from dashboards.frame import Chosen, Here
from dashboards.guard import guarded
from dashboards.markup.kpi import definition_block, kpi_head_block, notes_block, table_block
from dashboards.markup.movement import movement_block
from dashboards.markup.pace import guidance_block, sentences_block
from dashboards.markup.text import block, small, title
from dashboards.views.files import movement_csv, shown_csv, trend_figure
from dashboards.views.kpi import (
    PAGE_ROWS,
    Table,
    aims_of,
    history_table,
    kpi_head,
    months_table,
    noted_on,
    records_csv,
    records_table,
)
from dashboards.views.movement import (
    SPLIT_WORDS,
    MovementView,
    against_words,
    compared,
    movement_view,
)
from dashboards.views.pace import pace_sentences
from dashboards.views.words import count_of
from kpi.access.actor import Actor
from kpi.access.exports import note_export
from kpi.catalogue.splits import SPLITS
from kpi.catalogue.words import terms
from kpi.months import Month, period_words
from kpi.report.bullet import bullet
from kpi.report.theme import LIGHT
from kpi.review.explained.explanation import explain_rows
from kpi.review.oversight.month_notes import MonthNote, notes_on
from kpi.review.scores.guiding import talk_about
from kpi.review.scores.scoring import ManagerScore
from kpi.score.model import KpiScore


def draw() -> None:
    """Fetches the score, picks the KPI that the address names and shows it."""
    here = frame.here("KPI")
    chosen = frame.period(here)
    if chosen is None:
        st.html(title("KPI", here.assignment.practice.name))
        frame.no_period(here)
        return
    scored = data.score(
        here.engine, here.actor, here.assignment, chosen.first, chosen.last, chosen.so_far
    )
    rows = {row.kpi.id: row for row in scored.score.rows}
    row = rows.get(here.address.kpi or "", next(iter(rows.values())))
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        period = period_words(scored.score.first, scored.score.last)
        st.html(title(row.kpi.name, here.assignment.practice.name, period))
    with middle:
        frame.choose("KPI", list(rows), row.kpi.id, lambda id: rows[id].kpi.name, "kpi")
    with right:
        frame.choose_period(chosen)
    frame.another_period(here, chosen)
    if here.address.kpi and here.address.kpi not in rows:
        st.html(block(small(f"The role has no KPI '{here.address.kpi}'; this is another one.")))
    _show(here, scored, row, chosen)
    frame.foot(scored)


def _show(here: Here, scored: ManagerScore, row: KpiScore, chosen: Chosen) -> None:
    figure = bullet(
        row.result.value, row.floor, row.target, row.stretch, row.kpi.unit, row.kpi.better,
        here.palette,
    )  # fmt: skip
    st.html(kpi_head_block(kpi_head(row, here.palette), figure, here.address.to_month_end()))
    _pace(here, row, chosen)
    notes = notes_on(here.engine, here.actor, here.assignment.practice.id, row.kpi.id)
    _trend(here, scored, row, notes)
    movement = _movement(here, scored, row)
    _guidance(here, scored, row)
    with guarded():
        since.draw(here, scored, row)
    found = data.explained(here.engine, here.actor, scored, row.kpi.id)
    st.html(block("<h2>Months of the period</h2>"))
    read = tuple(Month.parse(month["month"]) for month in found["months"])
    missing = {
        (entry["dataset"], entry["month"])
        for entry in data.months_held(here.engine, here.actor, here.assignment.practice, read)
        if entry["state"] == "missing"
    }
    months = months_table(row.kpi, found["months"], row.reading.flags, missing)
    st.html(table_block(months))
    st.html(definition_block(terms(row.kpi)))
    _records(here, scored, row, found["records"], found["records_not_kept"])
    _take_away(here, scored, row, months, notes, movement)
    with guarded():
        spot_check.show(here, row.kpi.id, scored.score.first, scored.score.last, found["records"])


def _take_away(
    here: Here,
    scored: ManagerScore,
    row: KpiScore,
    months: Table,
    notes: Sequence[MonthNote],
    movement: MovementView,
) -> None:
    id, period = row.kpi.id, (scored.score.first, scored.score.last)
    files = [File("Months of the period as CSV", f"{id}_months.csv", lambda: shown_csv(months))]
    noted = noted_on(notes)
    if (drawn := trend_figure(row, period, noted)) is not None:
        history = history_table(row, noted)
        files += [
            File("Trend as CSV", f"{id}_trend.csv", lambda: shown_csv(history)),
            File("Trend as SVG", f"{id}_trend.svg", lambda: drawn.file),
        ]
    aim = bullet(
        row.result.value, row.floor, row.target, row.stretch, row.kpi.unit, row.kpi.better, LIGHT
    )
    files.append(File("Bullet chart as SVG", f"{id}.svg", lambda: aim.file))
    if movement.rows:
        moves = f"{id}_moved.csv"
        files.append(File("Why it moved, as CSV", moves, lambda: movement_csv(movement)))
    whose = here.assignment
    about = Export(f"figures of {id}", "read_scores", whose.practice.id, whose.manager.id, period)
    take_away(here.session, files, about)


def _pace(here: Here, row: KpiScore, chosen: Chosen) -> None:
    if not chosen.so_far:
        return
    found = data.pace(here.engine, here.actor, here.assignment, chosen.first, chosen.last)
    own = next((each for each in found.rows if each.row.kpi.id == row.kpi.id), None)
    if own is not None:
        st.html(sentences_block("Pace", pace_sentences(own, chosen.last)))


def _guidance(here: Here, scored: ManagerScore, row: KpiScore) -> None:
    period = scored.score.first, scored.score.last
    moved = data.moved(
        here.engine, here.actor, scored, row.kpi.id, compared(here.address.against, period),
        here.address.by,
    )  # fmt: skip
    found = talk_about(here.engine, scored, row, moved)
    if found is not None:
        st.html(guidance_block(found))


def _trend(here: Here, scored: ManagerScore, row: KpiScore, notes: Sequence[MonthNote]) -> None:
    st.html(block("<h2>Trend</h2>"))
    aims, noted = aims_of(row, scored.score), noted_on(notes)
    if not any(value is not None for value in row.reading.points.values()):
        st.html(block(small("No month has a value yet, so there is no trend to show.")))
        return
    st.plotly_chart(
        data.drawn(
            here.engine, here.actor, scored,
            (row.kpi.id, scored.score.provisional, here.palette, str(noted)),
            lambda: trend(row.kpi, row.reading, aims, here.palette, noted),
        ),
        theme=None,
        config={"displayModeBar": False},
        alt=trend_alt(row.kpi, row.reading, aims, noted),
        key="trend",
    )  # fmt: skip
    with st.expander("The chart as a table"):
        st.html(table_block(history_table(row, noted)))
    if noted:
        st.html(notes_block(noted))
    said()
    month_notes.draw(here, row, charted(row.reading), notes)
    rebase.draw(here, row)


def _movement(here: Here, scored: ManagerScore, row: KpiScore) -> MovementView:
    period = scored.score.first, scored.score.last
    moved = data.moved(
        here.engine, here.actor, scored, row.kpi.id, compared(here.address.against, period),
        here.address.by,
    )  # fmt: skip
    st.html(block("<h2>Why did it move?</h2>"))
    left, right = st.columns(2)
    with left:
        frame.choose(
            "Compared with", list(AGAINST), here.address.against,
            lambda against: against_words(against, period), "against",
        )  # fmt: skip
    with right:
        frame.choose(
            "Split by", list(SPLITS), moved.split or here.address.by or SPLITS[0],
            SPLIT_WORDS.__getitem__, "by",
        )  # fmt: skip
    view = movement_view(moved, row.reading.signal, here.palette, row.margin)
    st.html(movement_block(view))
    return view


def _records(
    here: Here, scored: ManagerScore, row: KpiScore, count: int, gone: Sequence[str]
) -> None:
    enter = f"{count_of(count, 'record')} {'enters' if count == 1 else 'enter'} the figure."
    if gone:
        enter = f"{count_of(count, 'record')} stand behind it still. "
        enter += f"Those of sealed months, {gone[0]} to {gone[-1]}, are no longer kept."
    st.html(block(f"<h2>Records behind it</h2>{small(enter)}"))
    if not count:
        return
    page = here.address.page

    def rows(actor: Actor, limit: int | None = None) -> Iterator[dict[str, Any]]:
        return explain_rows(
            here.engine, actor, row.kpi.id, here.assignment.manager.id, scored.score.first,
            scored.score.last, here.assignment.practice.id, limit,
        )  # fmt: skip

    def download() -> bytes:
        actor = here.session.now()  # the page may be an hour old when the button is pressed
        note_export(
            here.engine, actor, here.assignment.practice.id, f"rows of {row.kpi.id}",
            manager=here.assignment.manager.id,
            months=[str(scored.score.first), str(scored.score.last)],
        )  # fmt: skip
        return records_csv(rows(actor))

    shown = list(islice(rows(here.actor, page * PAGE_ROWS + 1), (page - 1) * PAGE_ROWS, None))
    st.html(table_block(records_table(shown[:PAGE_ROWS])))
    with st.container(horizontal=True, vertical_alignment="center"):
        if page > 1 and st.button("Previous rows"):
            frame.go(replace(here.address, page=page - 1))
            st.rerun()
        if len(shown) > PAGE_ROWS and st.button("Next rows"):
            frame.go(replace(here.address, page=page + 1))
            st.rerun()
        st.download_button(
            "Download all as CSV",
            download,
            file_name=f"{row.kpi.id}_{scored.score.first}_{scored.score.last}.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_records",
        )
    st.html(
        block(
            small(
                "Rows hold visit dates and times: they are protected health information, on the "
                "page and in the file. A record that enters two measures comes twice."
            )
        )
    )


draw()

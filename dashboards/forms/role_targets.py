"""The targets of a role that is being written: a form for one KPI at a time, with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboards import frame
from dashboards.charts.aims import aims_alt, aims_chart
from dashboards.forms import drafting
from dashboards.forms.take_away import Export, File, carded, listed, take_away
from dashboards.markup.cards import cards
from dashboards.markup.role import targets_block
from dashboards.markup.text import block, note, small, table
from dashboards.session import Session
from dashboards.views.cards import Card
from dashboards.views.files import aims_figure
from dashboards.views.role_targets import (
    HEADINGS,
    LABELS,
    aims_written,
    baseline_of,
    help_on,
    known_kpis,
    name_in,
    target_rows,
    weights_words,
)
from kpi.catalogue import Kpi
from kpi.errors import InputError
from kpi.numbers import show
from kpi.report.theme import Palette
from kpi.report.words import DIRECTION
from kpi.review.roles.drafts import Draft
from kpi.review.roles.history import baseline_value, monthly_history
from kpi.role.editing import WrittenTarget, add_target, remove_target, set_target, targets_in


def draw(who: Session, draft: Draft, chosen: str | None, palette: Palette) -> None:
    """The form of the chosen KPI, the list of all, and what is added and taken out."""
    try:
        targets = targets_in(draft.text)
    except InputError as error:
        st.html(note(str(error), "worse"))
        return
    known = known_kpis(draft.text)
    st.html(targets_block(len(targets), *weights_words(targets), palette))
    files: list[File] = []
    if targets:
        ids = [each.kpi for each in targets]
        current = chosen if chosen in ids else ids[0]
        frame.choose("KPI", ids, current, partial(name_in, known), "kpi")
        files += _form(who, draft, targets[ids.index(current)], known, palette)
    _add(targets, known)
    if targets:
        rows = [Card(row.name, "", row.cells) for row in target_rows(targets, known)]
        st.html(block("<h2>All targets</h2>", cards("Targets", HEADINGS, rows, short=True)))
        files.append(carded("All targets", "targets", HEADINGS, rows))
    about = f"targets of the draft of role {draft.role}"
    take_away(who, files, Export(about, "publish_role", draft.practice))


def _form(
    who: Session,
    draft: Draft,
    target: WrittenTarget,
    known: Mapping[str, Kpi],
    palette: Palette,
) -> list[File]:
    kpi = known.get(target.kpi)
    if kpi is not None:
        st.html(block(small(f"{kpi.definition} {DIRECTION[kpi.better].capitalize()}.")))
    # Two rows, so that the fields keep their order where they stand one below the other.
    columns = [*st.columns(3), *st.columns(3)]
    for column, (field, label) in zip(columns, LABELS.items(), strict=True):
        key = f"target_{target.kpi}_{field}"
        st.session_state[key] = target.values.get(field, "")
        column.text_input(
            label, key=key, help=help_on(field, kpi), max_chars=60,
            on_change=_changed, args=(target.kpi, field, key),
        )  # fmt: skip
    files = [] if kpi is None else _history(who, draft, target, kpi, palette)
    st.button(
        "Take this KPI out", key=f"target_out_{target.kpi}", on_click=drafting.change,
        args=(partial(remove_target, kpi=target.kpi),),
    )  # fmt: skip
    return files


def _changed(kpi: str, field: str, key: str) -> None:
    written = str(st.session_state[key])
    drafting.change(lambda text: set_target(text, kpi, field, written))


def _history(
    who: Session, draft: Draft, target: WrittenTarget, kpi: Kpi, palette: Palette
) -> list[File]:
    """The practice's months beside what is asked, as it is written; gives both to take away."""
    points = monthly_history(who.engine, who.actor, draft.practice, [kpi]).get(kpi.id, {})
    if not any(value is not None for value in points.values()):
        st.html(block(small("No month of this practice has a value of this KPI yet.")))
        return []
    months, base = baseline_of(target), None
    if months is not None:
        base = baseline_value(who.engine, who.actor, draft.practice, kpi, months)
        value = show(base, kpi.unit) if base is not None else "no value yet"
        st.html(block(small(f"In {months.first.words} to {months.last.words}: {value}.")))
    aims = aims_written(target, kpi, base)
    st.plotly_chart(
        aims_chart(kpi, points, aims, palette), theme=None, config={"displayModeBar": False},
        alt=aims_alt(kpi, points, aims), key="target_history",
    )  # fmt: skip
    rows = [(month.words, show(points[month], kpi.unit)) for month in sorted(points, reverse=True)]
    with st.expander("The chart as a table"):
        st.html(block(table(("Month", "Value"), rows, {1}, dense=True)))
    figure = aims_figure(kpi, points, aims)
    return [
        listed("History", f"{kpi.id}_history", ("Month", "Value"), rows),
        File("History as SVG", f"{kpi.id}_history.svg", lambda: figure.file),
    ]


def _add(targets: Sequence[WrittenTarget], known: Mapping[str, Kpi]) -> None:
    there = {each.kpi for each in targets}
    options = sorted((id for id in known if id not in there), key=lambda id: known[id].name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Add a KPI", options, index=None, format_func=lambda id: known[id].name,
            placeholder="Choose from the catalogue", key="target_add", width=420,
        )  # fmt: skip
        st.button(
            "Add", key="target_add_go", disabled=chosen is None, on_click=_added, args=(chosen,)
        )


def _added(kpi: str) -> None:
    # Its target is the first thing to write: the lint asks for it.
    drafting.change(lambda text: add_target(text, kpi, {"weight": "0"}))
    st.query_params["kpi"] = kpi

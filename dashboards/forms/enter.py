"""Entering by hand what lives in no system that exports: written as a canonical CSV and loaded like
any file, so that it has a receipt and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import uuid4

import streamlit as st

from dashboards.forms import questions
from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.markup.month_end import receipt_block
from dashboards.markup.text import block, note, small, table
from dashboards.views.by_hand import (
    NOT_GIVEN,
    Field,
    Row,
    Value,
    canonical_csv,
    fields_of,
    label_of,
    lacking,
    numbered,
)
from dashboards.views.receipt import receipt_view
from dashboards.views.words import count_of, name_of
from kpi.datasets import Dataset, Kind, all_datasets
from kpi.datasets.model import LOCATION
from kpi.ingest.ingestion import ingest
from kpi.ingest.locations import list_locations
from kpi.ingest.receipt import Receipt

_EARLIEST, _LATEST = date(1940, 1, 1), date(2199, 12, 31)


def draw(here: Here) -> None:
    """The choice of what is entered, and its form."""
    offered = {each.name: each for each in all_datasets() if each.by_hand}
    with st.expander("Enter by hand what no system exports"):
        chosen = st.selectbox("What", list(offered), format_func=name_of, key="hand_dataset")
        dataset = offered[chosen]
        if dataset.by_key:
            _record(here, dataset)
        else:
            _list(here, dataset)


def _record(here: Here, dataset: Dataset) -> None:
    """One record, loaded at once."""
    row = _form(here, dataset, "Load this entry", {})
    if row is None:
        return
    own = numbered(dataset)
    if own is not None:
        row = {**row, own: row[own] or f"by-hand-{uuid4().hex[:12]}"}
    wanting = lacking(dataset, row)
    if wanting:
        st.html(note(wanting, "worse"))
        return
    receipt = _load(here, dataset, [row])
    if _went_wrong(receipt):
        return
    _next_form(dataset)
    under = "" if own is None else f", under the number {row[own]}"
    say(f"Entered as upload {receipt.id}{under}. It can be undone in the log like any upload.")


def _list(here: Here, dataset: Dataset) -> None:
    """A list that stands for its whole day: its rows are gathered, then loaded together."""
    key, period = f"hand_rows_{dataset.name}", str(dataset.period)
    rows: list[Row] = st.session_state.setdefault(key, [])
    st.html(
        block(
            small(
                f"What is loaded is the whole list of its {label_of(period).lower()}: it takes the "
                "place of an earlier one. Add every row, then load the list."
            )
        )
    )
    kept = {name: rows[-1].get(name) for name in (period, LOCATION.name)} if rows else {}
    row = _form(here, dataset, "Add to the list", kept)
    if row is not None:
        wanting = lacking(dataset, row)
        if wanting:
            st.html(note(wanting, "worse"))
        else:
            rows.append(row)
            _next_form(dataset)
            st.rerun()
    if not rows:
        return
    names = [name for name in dataset.names if any(each.get(name) for each in rows)]
    cells = ([str(each.get(name) or "") for name in names] for each in rows)
    st.html(block(table(map(label_of, names), cells, set(), dense=True)))
    left, right = st.columns(2)
    if right.button("Take the last row off the list"):
        rows.pop()
        st.rerun()
    asked = st.session_state.setdefault(f"{key}_asked", [])
    if left.button(f"Load the list of {count_of(len(rows), 'row')}", type="primary"):
        receipt = _load(here, dataset, rows)
        asked += [receipt.question] if receipt.question not in (None, *asked) else []
        if not _went_wrong(receipt):
            for each in (key, f"{key}_asked"):
                del st.session_state[each]
            say(f"The list is loaded as upload {receipt.id}. It can be undone in the log.")
    questions.draw(key, asked)


def _form(here: Here, dataset: Dataset, button: str, kept: Row) -> dict[str, Value] | None:
    """The form; what was filled in once it is sent. ``kept``: what the row before had."""
    turn = st.session_state.setdefault(f"hand_round_{dataset.name}", 0)
    places = _places(here)
    with st.form(f"hand_{dataset.name}", border=False):
        left, right = st.columns(2)
        fields = [each for each in fields_of(dataset) if each.name != LOCATION.name or places]
        half = (len(fields) + 1) // 2
        values: dict[str, Value] = {}
        for at, each in enumerate(fields):
            with left if at < half else right:
                key = f"hand_{dataset.name}_{each.name}_{turn}"
                values[each.name] = _control(each, key, places, kept.get(each.name))
        return values if st.form_submit_button(button) else None


def _control(each: Field, key: str, places: Sequence[str], kept: Value) -> Value:
    if each.name == LOCATION.name:
        at = places.index(str(kept)) if kept in places else 0
        return st.selectbox(
            each.label, places, at, format_func=lambda name: name or NOT_GIVEN, key=key,
            help=each.help,
        )  # fmt: skip
    if each.choices:
        return st.selectbox(
            each.label, list(each.choices), format_func=each.choices.__getitem__, key=key,
            help=each.help,
        )  # fmt: skip
    if each.kind is Kind.DATE:
        day = kept if isinstance(kept, date) else None
        return st.date_input(each.label, day, _EARLIEST, _LATEST, key=key, help=each.help)
    if each.kind is Kind.WHOLE:
        return st.number_input(each.label, 0, None, None, 1, key=key, help=each.help)
    return st.text_input(each.label, key=key, help=each.help)


def _places(here: Here) -> list[str]:
    """The locations to choose from: the assignment's, else all that the data name."""
    if here.assignment.locations:
        return list(here.assignment.locations)
    found = list_locations(here.engine, here.actor, here.assignment.practice.id)
    return ["", *found] if found else []


def _next_form(dataset: Dataset) -> None:
    """The next form is empty."""
    st.session_state[f"hand_round_{dataset.name}"] += 1


def _load(here: Here, dataset: Dataset, rows: Sequence[Row]) -> Receipt:
    content = BytesIO(canonical_csv(dataset, rows))
    answers = questions.answers(f"hand_rows_{dataset.name}")
    # Whoever types a value means it: an entry is no old export.
    (receipt,) = ingest(
        here.engine, here.actor, here.assignment.practice.id, content,
        f"{dataset.name} entered by hand.csv", dataset=dataset.name, replace=answers.replace,
        allow_old=True,
    )  # fmt: skip
    return receipt


def _went_wrong(receipt: Receipt) -> bool:
    """Whether not all was taken; then the receipt says why."""
    if receipt.status != "refused" and not receipt.quarantined:
        return False
    st.html(receipt_block(receipt_view(receipt, preview=False)))
    return True

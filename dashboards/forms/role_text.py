"""The text of a role that is being written: a section at a time, or all of it."""

from __future__ import annotations

import streamlit as st

from dashboards.forms import drafting
from dashboards.markup.text import block, note, small
from dashboards.views.words import name_of
from kpi.errors import InputError
from kpi.review.roles.drafts import Draft
from kpi.role.editing import heading_in, section_in, set_heading, set_section
from kpi.role.schema import SECTIONS

WHOLE = "The whole text"
_OTHERS = ("summary", "conditions", "statements", "accepted")
_HEADINGS = {
    "title": ("Title", ""),
    "version": ("Version", "A published version never changes, so a new text has a new one."),
    "effective": ("Effective", "The first month that it judges, as in 2026-01."),
    "reviewed": ("Reviewed", "The day it was last gone through, as in 2025-12-10."),
}


def headings(draft: Draft) -> None:
    """The fields of this version: title, version, effective month and day of review."""
    columns = st.columns([2, 1, 1, 1])
    for column, (key, (label, help)) in zip(columns, _HEADINGS.items(), strict=True):
        try:
            written = heading_in(draft.text, key)
        except InputError:
            return  # the text says what is wrong with it
        name = f"heading_{key}"
        st.session_state[name] = written
        column.text_input(
            label, key=name, help=help or None, max_chars=200, on_change=_heading_changed,
            args=(key, name),
        )  # fmt: skip


def draw(draft: Draft) -> None:
    """The choice of a section, and its text."""
    st.html(block("<h2>Text</h2>"))
    options = [WHOLE, *SECTIONS, *_OTHERS]
    part = st.selectbox(
        "Part", options, key="text_part", width=420,
        format_func=lambda each: each if each == WHOLE else name_of(each),
    )  # fmt: skip
    try:
        text = draft.text if part == WHOLE else section_in(draft.text, part)
    except InputError as error:
        st.html(note(str(error), "worse"))
        part, text = WHOLE, draft.text
    key = f"text_{part}"
    st.session_state[key] = text or f"{part}:\n"
    st.text_area(
        f"{part if part == WHOLE else name_of(part)}, in YAML", key=key, height=520,
        on_change=_text_changed, args=(part, key),
    )  # fmt: skip
    st.html(
        block(
            small(
                "It is saved when you leave the field, or with Ctrl and Enter. Comments stay as "
                "they are, here and when the form changes a target."
            )
        )
    )
    st.download_button(
        "Download the draft", draft.text, file_name=f"{draft.role}-draft.yaml",
        mime="application/yaml", on_click="ignore", key="text_download",
    )  # fmt: skip


def _heading_changed(key: str, name: str) -> None:
    written = str(st.session_state[name])
    drafting.change(lambda text: set_heading(text, key, written), written)


def _text_changed(part: str, key: str) -> None:
    written = str(st.session_state[key])
    if part == WHOLE:
        drafting.change(lambda _text: written, written)
    else:
        drafting.change(lambda text: set_section(text, part, written), written)

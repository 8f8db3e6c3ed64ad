"""The questions that a file asks, each with the one control that answers it, beside the file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.markup.text import note
from dashboards.views.answers import Answers, read_covers
from dashboards.views.words import name_of
from kpi.datasets import all_datasets
from kpi.errors import InputError
from kpi.ingest.questions import Question
from kpi.months import Month

_YES = {
    Question.OLD_EXPORT: "It is no old export: these values are right, load them",
    Question.UNUSUAL: "These figures are right, however far they are from other months",
    Question.REMOVED_ROWS: "Yes, the rows that this file lacks are to go",
    Question.BAD_ROWS: "Load the good rows; the others wait in quarantine until they are mended",
}


def answers(file: str) -> Answers:
    """What has been answered for a file, by its id in the uploader."""
    said = st.session_state
    return Answers(
        dataset=said.get(_key(Question.DATASET, file)) or None,
        covers=_covers(file),
        replace=bool(said.get(_key(Question.REMOVED_ROWS, file))),
        allow_bad=bool(said.get(_key(Question.BAD_ROWS, file))),
        allow_old=bool(said.get(_key(Question.OLD_EXPORT, file))),
        allow_unusual=bool(said.get(_key(Question.UNUSUAL, file))),
    )


def draw(file: str, asked: Sequence[Question]) -> None:
    """A control for each question that a file has asked so far."""
    for question in asked:
        key = _key(question, file)
        if question in _YES:
            st.checkbox(_YES[question], key=key)
        elif question is Question.COVERS:
            st.text_input(
                "Months that the file covers",
                key=key,
                placeholder="2026-03, or 2026-01..2026-03",
            )
            _complain(file)
        elif question is Question.DATASET:
            st.selectbox(
                "What the file holds",
                ["", *(each.name for each in all_datasets())],
                format_func=lambda name: name_of(name) if name else "Not chosen",
                key=key,
            )


def _covers(file: str) -> tuple[Month, ...]:
    try:
        return read_covers(st.session_state.get(_key(Question.COVERS, file)) or "")
    except InputError:
        return ()


def _complain(file: str) -> None:
    try:
        read_covers(st.session_state.get(_key(Question.COVERS, file)) or "")
    except InputError as error:
        st.html(note(str(error), "worse"))


def _key(question: Question, file: str) -> str:
    return f"{question}_{file}"

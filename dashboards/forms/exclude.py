"""Leaving a KPI or months out of a manager's score, and putting them back: HR's alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.text import block, small
from dashboards.views.left_out_by_hr import exclusion_words, what
from kpi.months import Month, period_words
from kpi.review.basis.exclusions import Recorded, exclude, withdraw_exclusion
from kpi.review.basis.periods import Period

_WHY = (
    "What is left out does not score, and the score with it stays beside the one without. A gate "
    "holds unless its own KPI is left out. Reason and evidence are printed on the scorecard; name "
    "no patient."
)


_EVERY = "every KPI"


def draw(here: Here, names: Mapping[str, str], months: Sequence[Month], period: Period) -> None:
    """The form. ``names``: the KPIs to choose from; ``period``: of the ``months``, chosen first."""
    with st.expander("Leave out a KPI or months"), guarded():
        st.html(block(small(_WHY)))
        left, middle, right = st.columns([2, 1, 1])
        kpi = left.selectbox(
            "What to leave out", [*names, _EVERY],
            format_func=lambda id: what(None if id == _EVERY else id, names),
            key="exclude_kpi", index=None, placeholder="Choose",
        )  # fmt: skip
        first = middle.selectbox(
            "From", months, format_func=lambda each: each.words, key="exclude_first",
            index=months.index(period[0]),
        )  # fmt: skip
        last = right.selectbox(
            "To", months, format_func=lambda each: each.words, key="exclude_last",
            index=months.index(period[1]),
        )  # fmt: skip
        about = str(here.assignment.number)
        reason = st.text_input(
            "Reason", max_chars=2000, **typed(here.session, "exclude_reason", about)
        )
        evidence = st.text_input(
            "Evidence", max_chars=2000,
            help="Where it can be looked up: a ticket, a letter, minutes of a meeting.",
            **typed(here.session, "exclude_evidence", about),
        )  # fmt: skip
        if st.button("Leave it out", key="exclude_set", disabled=kpi is None):
            made = exclude(
                here.engine, here.session.now(), here.assignment.manager.id,
                here.assignment.practice.id, None if kpi == _EVERY else kpi, first, last,
                reason, evidence,
            )  # fmt: skip
            st.session_state.pop("exclude_kpi", None)
            sent(here.session, about, "exclude_reason", "exclude_evidence")
            say(f"{what(made.kpi, names)} is left out for {period_words(made.first, made.last)}.")


def withdraw(here: Here, found: Sequence[Recorded], names: Mapping[str, str]) -> None:
    """Puts back what stands as left out; nothing where nothing is."""
    standing = {each.number: each for each in found if each.withdrawn_at is None}
    if not standing:
        return
    with st.expander("Put something back"), guarded():
        number = st.selectbox(
            "What to put back", list(standing), key="withdraw_which",
            format_func=lambda number: exclusion_words(standing[number], names),
        )  # fmt: skip
        reason = st.text_input("Why it is put back", key="withdraw_reason", max_chars=2000)
        if st.button("Put it back", key="withdraw_set"):
            withdraw_exclusion(
                here.engine, here.session.now(), here.assignment.practice.id, number, reason
            )
            st.session_state.pop("withdraw_reason", None)
            say("It scores again; that it was left out stays on record.")

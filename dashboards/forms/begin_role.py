"""How a draft begins: as a published version, as a file, or as a new role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboards.forms.results import say
from dashboards.markup.text import block, note, small
from dashboards.session import Session
from dashboards.views.role_file import text_of_file
from dashboards.views.role_versions import month_after, next_version, version_words
from kpi.access.practices import list_practices
from kpi.review.basis.versions import PublishedVersion
from kpi.review.roles.drafts import save_draft
from kpi.role.editing import set_heading
from kpi.role.starter import PRESETS, Answers, starter

_WAYS = {"version": "A published version", "file": "A file", "new": "A new one"}
_SIZES = {
    "small": "Up to 5 clinicians",
    "medium": "Up to 15 clinicians",
    "large": "More than 15 clinicians",
}
_FLSA = {"exempt": "Exempt: paid by the year", "nonexempt": "Non-exempt: paid by the hour"}
_PERIODS = {"month": "A month", "quarter": "A quarter", "half": "Half a year", "year": "A year"}


def draw(
    who: Session,
    practice: str,
    role: str,
    versions: Sequence[PublishedVersion],
    today: date,
) -> None:
    """The ways to begin. ``versions``: all that may be begun from, the role's own first."""
    st.html(
        block(
            "<h2>Begin a draft</h2>",
            small(
                "A draft binds nobody. It is kept at every change, and waits until somebody "
                "publishes it or throws it away."
            ),
        )
    )
    way = st.segmented_control(
        "Begin with", list(_WAYS), default="version" if versions else "new",
        format_func=_WAYS.__getitem__, key="begin_way", required=True,
    )  # fmt: skip
    if way == "version":
        _from_version(who, practice, role, versions, today)
    elif way == "file":
        _from_file(who, practice, role)
    else:
        _anew(who, practice, role, today)


def _from_version(
    who: Session,
    practice: str,
    role: str,
    versions: Sequence[PublishedVersion],
    today: date,
) -> None:
    if not versions:
        st.html(block(small("No version of any role is published yet.")))
        return
    at = st.selectbox(
        "A published version", range(len(versions)), key="begin_version",
        format_func=lambda at: version_words(versions[at]),
    )  # fmt: skip
    if st.button("Begin with this version", key="begin_from_version", type="primary"):
        chosen = versions[at]
        own = [each for each in versions if (each.practice, each.role.role) == (practice, role)]
        text = begun(chosen.role.text, role, [each.role.version for each in own], today)
        save_draft(who.engine, who.actor, practice, role, text, None, base=chosen.role.sha256)
        say("The draft is begun, with a new version, the next month and today's review.")


def begun(text: str, role: str, known: Sequence[str], today: date) -> str:
    """A published text as a draft: of this role, with the version that follows the ``known`` ones,
    effective next month and reviewed today. Raises InputError."""
    effective = month_after(today)
    for key, value in (
        ("role", role),
        ("version", next_version(known, effective)),
        ("effective", str(effective)),
        ("reviewed", today.isoformat()),
    ):
        text = set_heading(text, key, value)
    return text


def _from_file(who: Session, practice: str, role: str) -> None:
    given = st.file_uploader("A role file", type=["yaml", "yml"], key="begin_file")
    if given is None:
        return
    text = text_of_file(given.getvalue(), role)
    if st.button("Begin with this file", key="begin_from_file"):
        save_draft(who.engine, who.actor, practice, role, text, None)
        say("The draft is begun as the file has it.")


def _anew(who: Session, practice: str, role: str, today: date) -> None:
    """A complete role made of a few answers, for people to make theirs."""
    names = {each.id: each.name for each in list_practices(who.engine, who.actor)}
    with st.form("begin_new", border=False):
        left, right = st.columns(2)
        heading = left.text_input("Title", max_chars=120, key="new_title")
        above = right.text_input("Reports to", max_chars=120, key="new_reports_to")
        flsa = left.selectbox(
            "Overtime", list(_FLSA), format_func=_FLSA.__getitem__, key="new_flsa"
        )
        period = right.selectbox(
            "A review looks back on", list(_PERIODS), 1, format_func=_PERIODS.__getitem__,
            key="new_period",
        )  # fmt: skip
        low = left.number_input("Lowest pay, in dollars", 0.0, None, None, key="new_low")
        high = right.number_input("Highest pay, in dollars", 0.0, None, None, key="new_high")
        size = left.selectbox(
            "KPIs usual for a practice of", list(_SIZES), format_func=_SIZES.__getitem__,
            key="new_size",
        )  # fmt: skip
        if not st.form_submit_button("Write it", key="begin_new_go", type="primary"):
            return
    if not low or not high or low > high:
        st.html(note("Say the lowest and the highest pay, the lower one first.", "worse"))
        return
    answers = Answers(
        names.get(practice, practice), heading, above, flsa, (low, high), period, PRESETS[size]
    )
    text = set_heading(starter(answers, today), "role", role)
    save_draft(who.engine, who.actor, practice, role, text, None)
    say("A complete role is written. Go through every line and change what is not so here.")

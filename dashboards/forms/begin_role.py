"""How a draft begins: as a published version, as a file, or as a new role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboards.forms.results import say
from dashboards.markup.text import block, note, small
from dashboards.session import Session
from dashboards.views.role_versions import month_after, next_version, version_words
from kpi.errors import InputError
from kpi.review.drafts import save_draft
from kpi.review.versions import PublishedVersion
from kpi.role.editing import heading_in, set_heading
from kpi.role.read import LARGEST


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
    left, right = st.columns(2, gap="large")
    with left:
        _from_version(who, practice, role, versions, today)
    with right:
        _from_file(who, practice, role)


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
    content = given.getvalue()
    if len(content) > LARGEST:
        st.html(
            note(f"A role file holds at most {LARGEST:,} bytes; this is another file.", "worse")
        )
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        st.html(note(f"Line {line} is not in UTF-8; save the file again as UTF-8 text.", "worse"))
        return
    said = _role_in(text)
    if said not in ("", role):
        st.html(
            note(
                f"The file is of the role '{said}', and this is '{role}'. Write the role of that "
                "name, or change 'role:' in the file.",
                "worse",
            )
        )
        return
    if st.button("Begin with this file", key="begin_from_file"):
        save_draft(who.engine, who.actor, practice, role, text, None)
        say("The draft is begun as the file has it.")


def _role_in(text: str) -> str:
    try:
        return heading_in(text, "role")
    except InputError:
        return ""  # it can be mended in the draft

"""Publishing a draft: what it changes, from when on, and the button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboards.forms.results import say
from dashboards.markup.role import differences_block
from dashboards.markup.text import block, note, safe, small
from dashboards.session import Session
from dashboards.views.role_versions import before, text_difference
from dashboards.views.words import count_of
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion
from kpi.review.roles.drafts import Draft, discard_draft
from kpi.review.roles.publication import publish
from kpi.role.diff import differences
from kpi.role.model import Role, RoleReading


def draw(
    who: Session,
    draft: Draft,
    reading: RoleReading,
    versions: Sequence[PublishedVersion],
    today: date,
) -> None:
    """What would change, and the button where nothing stands in its way."""
    st.html(block("<h2>Publish</h2>"))
    role = reading.role
    if role is None:
        errors = count_of(len(reading.errors), "error")
        st.html(
            note(
                f"{errors} {'keeps' if len(reading.errors) == 1 else 'keep'} the draft from being "
                "published; each is listed here with its remedy.",
                "worse",
            )
        )
        old = versions[-1] if versions else None
    else:
        old = before(versions, role)
        if old is not None:
            st.html(differences_block(old.role.version, differences(old.role, role)))
        else:
            st.html(block(small("It is the first version of this role at this practice.")))
    if old is not None and (lines := text_difference(old.role.text, draft.text)):
        with st.expander(f"Line by line against {old.role.version}"):
            st.code(lines, language="diff", wrap_lines=True)
    if role is not None:
        _publish(who, draft, role, versions, today)


def _publish(
    who: Session,
    draft: Draft,
    role: Role,
    versions: Sequence[PublishedVersion],
    today: date,
) -> None:
    if role.role != draft.role:
        st.html(
            note(
                f"The draft is of the role '{draft.role}', and its text says '{role.role}'. "
                "Change 'role:' back; another role has a draft of its own.",
                "worse",
            )
        )
        return
    if any(each.role.version == role.version for each in versions):
        st.html(
            note(
                f"Version {role.version} is published already, and a published version never "
                "changes. Give the draft another version.",
                "worse",
            )
        )
        return
    st.html(
        block(
            f"<p>Version <b>{safe(role.version)}</b> judges the months from "
            f"{role.effective.words} on. Once published it never changes.</p>"
        )
    )
    reason, late = "", role.effective < Month.of(today)
    if late:
        st.html(
            note(
                f"{role.effective.words} is before this month: people would be judged by targets "
                "they could not know. The reason is printed on every scorecard it touches."
            )
        )
        reason = st.text_input("Why it may judge months before this one", key="publish_reason")
    # The key is the text's own: what was changed since this page was drawn is not published by it.
    if st.button(
        f"Publish version {role.version}", key=f"publish_{draft.sha256[:16]}", type="primary",
        disabled=late and not reason.strip(),
    ):  # fmt: skip
        found = publish(
            who.engine, who.actor, draft.practice, draft.text.encode(), "draft", reason or None,
            today,
        )  # fmt: skip
        discard_draft(who.engine, who.actor, draft.practice, draft.role, draft.sha256)
        say(
            f"Version {found.role.version} is published: it is in force from "
            f"{found.effective.words} on. SHA-256 {found.role.sha256[:12]}."
        )

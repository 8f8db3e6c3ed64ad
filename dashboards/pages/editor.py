"""Editor: a role that is being written, its lint beside it, and its way into force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboards import clock, data, frame
from dashboards.address import Address
from dashboards.forms import backtest, begin_role, drafting, publish_role, role_targets, role_text
from dashboards.forms.results import said
from dashboards.guard import guarded
from dashboards.markup.findings import findings_block
from dashboards.markup.role import coverage_block
from dashboards.markup.text import block, empty, on_page, safe, title
from dashboards.session import Session
from dashboards.views.role_findings import answered_words, finding_lines, findings_words
from dashboards.views.role_targets import known_kpis, name_in
from kpi.access.actor import require
from kpi.access.practices import is_id, list_practices
from kpi.report.theme import palette
from kpi.review.basis.versions import PublishedVersion, published_versions
from kpi.review.roles.drafts import Draft
from kpi.role.coverage import coverage_of
from kpi.role.model import RoleReading

PARTS = {
    "targets": "Targets",
    "text": "Text",
    "coverage": "Coverage",
    "backtest": "Backtest",
    "publish": "Publish",
}

# Parts that are looked at and not written take the whole width.
_WIDE = ("coverage", "backtest")


def draw() -> None:
    """The draft of the role that the address names, or the ways to begin one."""
    who, where = frame.signed_in(), frame.address()
    require(who.actor, "publish_role")
    practices = {each.id: each.name for each in list_practices(who.engine, who.actor)}
    if where.practice not in practices or where.role is None or not is_id(where.role):
        st.html(title("Role editor"))
        step = on_page("Choose one, or begin one,", where.to_roles(), "Roles")
        st.html(empty("No role is chosen", "The address names no role of a practice.", step))
        return
    draft = drafting.shown(who, where.practice, where.role)
    versions = published_versions(who.engine, who.actor, where.practice, where.role)
    heading = versions[-1].role.title if versions else where.role
    st.html(title(heading, "Role editor", where.role, practices[where.practice]))
    st.html(block(f'<a href="{safe(where.to_roles())}">All roles</a>'))
    said()
    drafting.said(who, where.practice, where.role)
    if draft is None:
        begin_role.draw(
            who, where.practice, where.role, _to_begin_from(who, where, versions), clock.today()
        )
        return
    _write(who, where, draft, versions)


def _write(
    who: Session, where: Address, draft: Draft, versions: Sequence[PublishedVersion]
) -> None:
    reading = data.checked_role(who.engine, who.actor, draft.practice, draft.text, clock.today())
    colours = palette(st.context.theme.type)
    began = "" if draft.base is None else f" It began as version {_begun_as(draft, versions)}."
    day = f"{draft.at[:10]} {draft.at[11:16]} UTC"
    found = findings_words(reading.findings)
    saved = f"Saved {day} by {draft.by}.{began} {found}."
    st.html(block(f'<p class="rc-small">{safe(saved)}</p>'))
    with guarded():
        role_text.headings(draft)
    part = where.part if where.part in PARTS else "targets"
    _choose_part(part)
    drawn: dict[str, Callable[[], None]] = {
        "targets": partial(role_targets.draw, who, draft, where.kpi, colours),
        "text": partial(role_text.draw, draft),
        "coverage": partial(_coverage, draft, reading),
        "backtest": partial(backtest.draw, who, draft, reading, colours),
        "publish": partial(publish_role.draw, who, draft, reading, versions, clock.today()),
    }
    if part in _WIDE:
        with guarded():
            drawn[part]()
        return
    left, right = st.columns([5, 3], gap="large")
    with left, guarded():
        drawn[part]()
        drafting.throw_away(who, draft)
    with right:
        lines = finding_lines(reading.findings, draft.text)
        st.html(findings_block(found, lines, answered_words(reading.answered), colours))


def _choose_part(current: str) -> None:
    key = "choose_part"
    st.session_state[key] = current

    def changed() -> None:
        where = st.session_state[key]
        if where is not None:
            st.query_params["part"] = where

    st.segmented_control(
        "Part of the editor", list(PARTS), format_func=PARTS.__getitem__, key=key,
        on_change=changed, label_visibility="collapsed",
    )  # fmt: skip


def _coverage(draft: Draft, reading: RoleReading) -> None:
    """Which duty is measured by which KPI."""
    if reading.role is None:
        st.html(block("<h2>Coverage</h2><p>It can be shown once the draft has no error.</p>"))
        return
    role = reading.role
    known = known_kpis(draft.text)
    found = coverage_of(role.document, [each.kpi for each in role.targets])
    st.html(coverage_block(found, partial(name_in, known)))


def _begun_as(draft: Draft, versions: Sequence[PublishedVersion]) -> str:
    named = [each.role.version for each in versions if each.role.sha256 == draft.base]
    return named[0] if named else f"with the SHA-256 {(draft.base or '')[:12]}, of another role"


def _to_begin_from(
    who: Session, where: Address, own: Sequence[PublishedVersion]
) -> list[PublishedVersion]:
    """The role's own versions, newest first, then what else is published."""
    others = [
        version
        for practice in list_practices(who.engine, who.actor)
        for version in published_versions(who.engine, who.actor, practice.id)
        if (version.practice, version.role.role) != (where.practice, where.role)
    ]
    return [*reversed(own), *reversed(others)]


draw()

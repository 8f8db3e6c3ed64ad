"""Roles: every role at every practice, what waits about each, and the way to its editor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboards import clock, data, frame
from dashboards.address import Address
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, carded, take_away
from dashboards.guard import guarded
from dashboards.markup.cards import cards
from dashboards.markup.text import block, empty, safe, small, title
from dashboards.session import Session
from dashboards.views.cards import Card
from dashboards.views.role_versions import following, in_force
from dashboards.views.roles import HEADINGS, Standing, role_line, summary
from kpi.access.actor import require
from kpi.access.practices import Practice, checked_id, list_practices
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion, published_versions
from kpi.review.roles.acknowledging import acknowledgements
from kpi.review.roles.drafts import list_drafts
from kpi.review.roles.yearly import role_reviews_due
from kpi.role.model import Finding

PAGES = Path(__file__).parent


def draw() -> None:
    """The list, then how a role is begun that stands nowhere yet."""
    who, where = frame.signed_in(), frame.address()
    require(who.actor, "publish_role")
    practices = list_practices(who.engine, who.actor)
    st.html(title("Roles", "All practices"))
    said()
    if not practices:
        st.html(
            empty(
                "No practice yet",
                "Add one on the command line: kpi practice add, then kpi manager add.",
            )
        )
        return
    standings = _standings(who, practices)
    month = Month.of(clock.today())
    st.html(block(f"<p>{safe(summary(standings, month))}</p>"))
    lines = [role_line(each, month) for each in standings]
    rows = [
        Card(each.role, where.to_editor(each.practice, each.role), each.cells) for each in lines
    ]
    if rows:
        st.html(block(cards("Roles", HEADINGS, rows)))
        files = [carded("Roles", "roles", HEADINGS, rows)]
        take_away(who, files, Export("list of roles", "publish_role"))
    _another(practices)


def _standings(who: Session, practices: Sequence[Practice]) -> list[Standing]:
    """What is known of each role at each practice: published, begun, or named by an assignment."""
    reviews = {
        (each.practice.id, each.role): each
        for each in role_reviews_due(who.engine, who.actor, clock.today())
    }
    drafts = {(each.practice, each.role): each for each in list_drafts(who.engine, who.actor)}
    acknowledged = acknowledgements(who.engine, who.actor)
    versions: dict[tuple[str, str], list[PublishedVersion]] = {}
    for practice in practices:
        for version in published_versions(who.engine, who.actor, practice.id):
            versions.setdefault((practice.id, version.role.role), []).append(version)
    names = {each.id: each.name for each in practices}
    month = Month.of(clock.today())
    found = []
    for place in sorted({*versions, *drafts, *reviews}):
        held = versions.get(place, [])
        shown = in_force(held, month) or following(held, month)
        found.append(
            Standing(
                place[0],
                names[place[0]],
                place[1],
                held,
                [each for each in acknowledged if (each.practice.id, each.role) == place],
                () if shown is None else _findings(who, shown),
                reviews.get(place),
                drafts.get(place),
            )
        )
    return found


def _findings(who: Session, shown: PublishedVersion) -> Sequence[Finding]:
    text = shown.role.text
    return data.checked_role(who.engine, who.actor, shown.practice, text, clock.today()).findings


def _another(practices: Sequence[Practice]) -> None:
    """The way to the editor of a role that a practice does not have yet."""
    with st.expander("Write another role"), guarded():
        names = {each.id: each.name for each in practices}
        practice = st.selectbox(
            "Practice", list(names), format_func=names.__getitem__, key="role_practice", width=420
        )
        role = st.text_input(
            "Id of the role", key="role_id", max_chars=60, placeholder="front-desk-lead", width=420,
            help="Small letters, digits and hyphens. Managers are assigned under it.",
        ).strip()  # fmt: skip
        if st.button("Write this role", key="role_write", disabled=not role):
            where = Address(practice=practice, role=checked_id(role, "role"))
            st.switch_page(PAGES / "editor.py", query_params=where.query())
        st.html(block(small("It opens in the editor; nothing is published by that.")))


draw()

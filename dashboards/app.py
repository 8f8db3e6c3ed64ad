"""Navigation: the pages of whoever is signed in, and what surrounds them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards import demo
from dashboards.forms import guide, unsaved, upload
from dashboards.frame import MONTH_END, address, sidebar, signed_in
from dashboards.guard import guarded
from dashboards.markup.session import demo_block
from dashboards.markup.style import style
from dashboards.markup.text import note, title
from dashboards.session import Session, forget_others, run_of
from dashboards.turns import RUNS
from dashboards.web.serving import serving
from kpi.access.actor import may
from kpi.errors import DatabaseError
from kpi.report.theme import palette
from kpi.review.scores.side_by_side import has_several

PAGES = Path(__file__).parent / "pages"
SIDEBAR_PIXELS = 252


def pages_for(kind: str, several: bool) -> list[StreamlitPage]:
    """The pages in the order of the navigation, as a kind of reader comes for them.

    ``several``: whether there are practices to compare. The list keeps nobody out: what a page
    shows, its functions ask the reader's leave for.
    """
    catalogue = st.Page(PAGES / "catalogue.py", title="Catalogue")
    trail = st.Page(PAGES / "trail.py", title="Trail")
    if kind == "administrator":
        accounts = st.Page(PAGES / "accounts.py", title="Accounts", default=True)
        # /health is what a machine asks whether the server answers.
        health = st.Page(PAGES / "health.py", title="Health", url_path="checks")
        return [accounts, health, trail, catalogue]
    found = [
        st.Page(PAGES / "overview.py", title="Overview", default=True),
        st.Page(PAGES / "kpi.py", title="KPI", url_path="kpi"),
        st.Page(
            PAGES / "practices.py", title="Practices", visibility="visible" if several else "hidden"
        ),
        st.Page(PAGES / "month_end.py", title="Month-end", url_path=MONTH_END),
        st.Page(PAGES / "reviews.py", title="Reviews"),
        # The list of reviews leads to it.
        st.Page(PAGES / "review.py", title="Review", visibility="hidden"),
        st.Page(PAGES / "plan.py", title="Development plan"),
        st.Page(PAGES / "role.py", title="Role"),
    ]
    if kind == "hr":
        found += [
            st.Page(PAGES / "scorecards.py", title="Scorecards"),
            st.Page(PAGES / "roles.py", title="Roles"),
            st.Page(PAGES / "people.py", title="People"),
            # The list of roles leads to it, and nothing else.
            st.Page(PAGES / "editor.py", title="Role editor", visibility="hidden"),
            trail,
        ]
    return [*found, catalogue]


def _reached() -> Session:
    """The session of whoever looks; where the database is out of reach a sentence and one way on:
    the address stays, and the page comes once the database is back."""
    try:
        return signed_in()
    except DatabaseError as error:
        st.html(title("Rolecard is not ready"))
        st.html(note(str(error), "worse"))
        unsaved.draw_last()
        st.button("Try again")
        st.stop()


def main() -> None:
    """Draws the frame, then the page that the address names, for whoever is signed in."""
    with RUNS.turn():
        _draw()


def _draw() -> None:
    st.set_page_config(page_title="Rolecard", layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)
    st.html(style(palette(st.context.theme.type)))
    with guarded():
        who = _reached()
        with run_of(who):
            _draw_for(who)


def _draw_for(who: Session) -> None:
    forget_others(who)
    known = who.assignments if may(who.actor, "read_scores") else []
    pages = pages_for(who.account.kind, has_several(who.actor, known))
    page = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{page.title} · Rolecard")
    if page.url_path != MONTH_END:
        # Refused rows are held for the page that shows them, and for no longer.
        upload.forget()
    if serving().demo:
        st.html(demo_block(demo.WORDS))
    where = address()
    sidebar(pages, who, known, where)
    with st.sidebar:
        guide.again(pages, who, known, where)
    with guarded():
        guide.draw(pages, page, who, known, where)
    page.run()

"""Navigation: the pages that the chosen reader has, and what surrounds them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards import data
from dashboards.address import Reader
from dashboards.forms import upload
from dashboards.frame import address, sidebar
from dashboards.guard import guarded
from dashboards.markup.style import style
from dashboards.people import everyone
from kpi.access.managers import list_assignments
from kpi.report.theme import palette

PAGES = Path(__file__).parent / "pages"
SIDEBAR_PIXELS = 252
MONTH_END = "month-end"


def pages_for(reader: Reader) -> list[StreamlitPage]:
    """The pages in the order of the navigation; HR has the scorecards besides."""
    overview = st.Page(PAGES / "overview.py", title="Overview", default=True)
    kpi = st.Page(PAGES / "kpi.py", title="KPI", url_path="kpi")
    month_end = st.Page(PAGES / "month_end.py", title="Month-end", url_path=MONTH_END)
    found = [overview, kpi, month_end]
    if reader == "hr":
        found.append(st.Page(PAGES / "scorecards.py", title="Scorecards"))
    return [*found, st.Page(PAGES / "catalogue.py", title="Catalogue")]


def main() -> None:
    """Draws the frame, then the page that the address names."""
    st.set_page_config(page_title="Rolecard", layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)
    st.html(style(palette(st.context.theme.type)))
    where = address()
    pages = pages_for(where.reader)
    page = st.navigation(pages, position="hidden")
    if page.url_path != MONTH_END:
        # Refused rows are held for the page that shows them, and for no longer.
        upload.forget()
    with guarded():
        known = list_assignments(data.engine(), everyone())
        sidebar(pages, known, where)
        page.run()

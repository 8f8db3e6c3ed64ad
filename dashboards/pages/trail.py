"""The trail: who did what, when, to which practice, and whether it is whole."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.markup.text import block, empty, note, small, table, title
from dashboards.views.trail import DEED, HEADINGS, seals_words, trail_rows
from kpi.access.actor import require
from kpi.access.audit import entries, seals
from kpi.access.practices import list_practices

SHOWN = 200


def draw() -> None:
    """The newest entries that the reader may see, and the check of their seals."""
    who = frame.signed_in()
    engine, actor = who.engine, who.actor
    require(actor, "read_trail")
    st.html(title("Trail", "Who did what"))
    known = {each.id: each.name for each in list_practices(engine, actor)}
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    practice = left.selectbox(
        "Practice", [None, *known], key="trail_practice",
        format_func=lambda id: "All" if id is None else known[id],
    )  # fmt: skip
    deed = middle.selectbox(
        "Deed", [None, *DEED], key="trail_deed",
        format_func=lambda name: "All" if name is None else DEED[name],
    )  # fmt: skip
    if right.button("Check the seals"):
        said, whole = seals_words(seals(engine, actor))
        st.html(note(said, "better" if whole else "worse"))
    found = entries(engine, actor, practice, SHOWN + 1, deed)
    if not found:
        st.html(empty("No entry", "Nothing of this kind was done yet."))
        return
    rows = trail_rows(found[:SHOWN])
    st.html(block(table(HEADINGS, rows, set(), dense=True)))
    files = [listed("Entries", "trail", HEADINGS, rows)]
    take_away(who, files, Export("list of deeds", "read_trail", practice))
    if len(found) > SHOWN:
        st.html(
            block(
                small(
                    f"The newest {SHOWN} are shown. Choose a practice or a deed to look further "
                    "back; all of them on the command line: kpi audit list"
                )
            )
        )


draw()

"""Catalogue: every KPI there is, in the role or not, and all that explains one."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.address import Address
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.markup.catalogue import family_block
from dashboards.markup.kpi import definition_block
from dashboards.markup.text import block, safe, small, title
from dashboards.markup.words import words_block
from dashboards.session import Session
from dashboards.views.catalogue import families
from kpi.catalogue import kpis
from kpi.catalogue.words import terms


def draw() -> None:
    """The KPI that the address names, else the list of all."""
    who, where = frame.signed_in(), frame.address()
    known = kpis()
    chosen = known.get(where.kpi or "")
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    if chosen is None:
        left.html(title("Catalogue", f"{len(known)} KPIs"))
    else:
        left.html(title(chosen.name, "Catalogue", chosen.family.capitalize()))
    with right:
        frame.choose(
            "KPI",
            ["", *known],
            "" if chosen is None else chosen.id,
            lambda id: known[id].name if id else "All of them",
            "kpi",
        )
    if chosen is None:
        _all(who, where)
        return
    said = terms(chosen)
    st.html(definition_block(said))
    back = where.to_catalogue(None)
    st.html(block(f'<p class="rc-next"><a href="{safe(back)}">All KPIs</a></p>'))
    files = [listed(chosen.name, chosen.id, ("Term", "What it says"), said)]
    take_away(who, files, Export(f"catalogue entry {chosen.id}", "read_people"))


def _all(who: Session, where: Address) -> None:
    if where.kpi:
        st.html(block(small(f"The catalogue has no KPI '{where.kpi}'; these are all there are.")))
    st.html(words_block())
    found = families(kpis())
    for family in found:
        st.html(family_block(family, where.to_catalogue))
    rows = [(each.name, kpi.name, kpi.definition) for each in found for kpi in each.entries]
    files = [listed("KPIs", "catalogue", ("Family", "KPI", "What it means"), rows)]
    take_away(who, files, Export("catalogue", "read_people"))


draw()

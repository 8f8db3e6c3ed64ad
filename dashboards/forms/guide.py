"""The guided first visit, beside the real page: one step at a time, put away and called back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards import clock, data, frame
from dashboards.address import Address
from dashboards.markup.guide import step_block
from dashboards.session import Session
from dashboards.views.guide import NONE, Standing, Step, at_step, steps
from kpi.access.actor import may
from kpi.access.kept import keep, kept_at
from kpi.access.managers import Assignment
from kpi.ingest.log import last_loaded
from kpi.review.basis.periods import periods_to_choose
from kpi.review.cycle.listing import list_reviews, waiting_for
from kpi.review.cycle.opening import due_to_open

_PLACE = "guide"


def draw(
    pages: Sequence[StreamlitPage],
    current: StreamlitPage,
    who: Session,
    known: list[Assignment],
    where: Address,
) -> None:
    """The step that the guide of this account stands at; nothing once it is put away."""
    kept = kept_at(who.engine, who.actor, _PLACE)
    if kept == str(NONE):
        return
    found = steps(_standing(pages, who, known, where))
    at = at_step(kept, len(found))
    if at == NONE:
        return
    step = found[at - 1]
    with st.container(key="guide", horizontal=True, vertical_alignment="center"):
        st.html(step_block(step, at, len(found)))
        with st.container(horizontal=True, width="content", key="guide_ways"):
            here = step.page == current.title
            if not here and st.button(f"Go to {step.page}", key="guide_go", type="primary"):
                _open(pages, step.page, where)
            more = here and at < len(found)
            if more and st.button(_next(step, found[at]), key="guide_next", type="primary"):
                keep(who.engine, who.now(), _PLACE, str(at + 1))
                _open(pages, found[at].page, where)
            if at > 1 and st.button("Back", key="guide_back"):
                keep(who.engine, who.now(), _PLACE, str(at - 1))
                _open(pages, found[at - 2].page, where)
            if st.button("Done" if here and not more else "Put away", key="guide_away"):
                keep(who.engine, who.now(), _PLACE, str(NONE))
                st.rerun()


def _next(step: Step, following: Step) -> str:
    return "Next" if following.page == step.page else f"Next: {following.page}"


def again(
    pages: Sequence[StreamlitPage], who: Session, known: list[Assignment], where: Address
) -> None:
    """The button that calls the guide back, from its first step."""
    if st.button("Show me around", key="guide_again", type="tertiary"):
        keep(who.engine, who.now(), _PLACE, "1")
        found = steps(_standing(pages, who, known, where))
        _open(pages, found[0].page if found else pages[0].title, where)


def _open(pages: Sequence[StreamlitPage], title: str, where: Address) -> None:
    page = next(each for each in pages if each.title == title)
    # Of what is chosen, whose score and which period go along.
    chosen = Address(assignment=where.assignment, period=where.period, kpi=where.kpi)
    st.switch_page(page, query_params=chosen.query())


def _standing(
    pages: Sequence[StreamlitPage], who: Session, known: list[Assignment], where: Address
) -> Standing:
    """What there is to see, of the assignment that the address names or the first one."""
    named = frozenset(each.title for each in pages if each.visibility != "hidden")
    engine, actor = who.engine, who.actor
    if not may(actor, "read_scores"):
        return Standing(actor.kind, named)
    reviews = len(list_reviews(engine, actor, judged=False))
    own = waiting_for(engine, actor)
    due = len(due_to_open(engine, actor)) if may(actor, "review_hr") else 0
    if not known:
        return Standing(actor.kind, named, reviews=reviews, own=own, due=due)
    assignment, today = frame.chosen(known, where.assignment), clock.today()
    practice = assignment.practice
    complete, running = periods_to_choose(engine, actor, assignment, today)
    signs = may(actor, "countersign", practice.id)
    return Standing(
        actor.kind,
        named,
        assigned=True,
        role=data.has_role(engine, assignment),
        data=bool(last_loaded(engine, actor, practice.id)),
        scored=bool(complete) or running is not None,
        waits=data.to_sign(engine, actor, practice) if signs else 0,
        reviews=reviews,
        own=own,
        due=due,
    )

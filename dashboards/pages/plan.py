"""Development plan: what is to be done by whom until when, beside what there is to talk about."""

from __future__ import annotations

import streamlit as st

from dashboards import clock, data, frame
from dashboards.forms import plan
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, carded, take_away
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.cards import cards
from dashboards.markup.review import questions_block
from dashboards.markup.text import block, empty, safe, small, title
from dashboards.views.plan import HEADINGS, plan_cards, summary
from kpi.access.actor import may
from kpi.errors import RolecardError
from kpi.months import period_words
from kpi.review.cycle.plan import plan_of
from kpi.review.scores.guiding import talk_about
from kpi.review.scores.scoring import ManagerScore


def draw() -> None:
    """The actions, the forms, and the questions that may lead to more of them."""
    here = frame.here("Development plan")
    assignment, today = here.assignment, clock.today()
    st.html(title("Development plan", assignment.manager.name, assignment.practice.name))
    said()
    found = plan_of(here.engine, here.actor, assignment.manager.id, assignment.practice.id)
    scored = _scored(here)
    names = {} if scored is None else {row.kpi.id: row.kpi.name for row in scored.score.rows}
    if found:
        st.html(block(f"<p>{safe(summary(found, today))}</p>"))
        lines = plan_cards(found, names, today)
        st.html(block(cards("Development plan", HEADINGS, lines)))
        about = Export(
            f"development plan of {assignment.manager.id}", "read_scores", assignment.practice.id,
            assignment.manager.id,
        )  # fmt: skip
        take_away(here.session, [carded("Actions", "development_plan", HEADINGS, lines)], about)
    else:
        st.html(
            empty(
                "No action yet",
                "A review is worth what follows from it. Add what was agreed: what, who, until "
                "when.",
            )
        )
    if may(here.actor, "plan", assignment.practice.id):
        plan.add(here, names, today)
        if found:
            plan.change(here, found)
    if scored is not None:
        with guarded():
            _questions(scored, here)


def _scored(here: Here) -> ManagerScore | None:
    """The score of the last complete period, where there is one."""
    chosen = frame.period(here)
    if chosen is None:
        return None
    try:
        return data.score(
            here.engine, here.actor, here.assignment, chosen.first, chosen.last, chosen.so_far
        )
    except RolecardError:
        return None  # the page Overview says why


def _questions(scored: ManagerScore, here: Here) -> None:
    found = [(row, talk_about(here.engine, scored, row, None)) for row in scored.score.rows]
    asked = [(row.kpi.name, each.questions) for row, each in found if each is not None]
    if asked:
        st.html(questions_block(asked))
        period = period_words(scored.score.first, scored.score.last)
        st.html(block(small(f"By the figures of {period}.")))


draw()

"""The steps of a review as forms: what each means, what is to be said with it, and its button."""

from __future__ import annotations

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.review import STEP
from dashboards.markup.text import block, items, safe, small
from dashboards.views.acts import (
    BUTTON,
    DONE,
    MEANS,
    NOTE,
    hard_blockers,
    soft_blockers,
    steps,
)
from dashboards.views.review import rating_choices
from kpi.review.cycle.acting import act
from kpi.review.cycle.listing import ActSeen, ReviewSeen
from kpi.review.cycle.stepping import LONGEST


def draw(here: Here, seen: ReviewSeen) -> None:
    """What the reader may do now, what instead, and why the rest is not to be done yet."""
    found = steps(seen)
    if not (found.now or found.aside or found.later):
        return
    st.html(block(f'<h2 id="{STEP}">Your step</h2>'))
    if not (found.now or found.aside):
        st.html(block(small("Nothing is for you to do now.")))
    for each in found.now:
        with st.container(border=True), guarded():
            _form(here, seen, each)
    for each in found.aside:
        with st.expander(BUTTON[each.act]), guarded():
            _form(here, seen, each)
    if found.later:
        st.html(
            block(
                "<details><summary>Not to be done now</summary>"
                f"{items(found.later, 'rc-points')}</details>"
            )
        )


def _form(here: Here, seen: ReviewSeen, each: ActSeen) -> None:
    number, version = seen.review.number, seen.review.version
    key = f"{each.act}_{number}_{version}"
    heading = each.words[0].upper() + each.words[1:]
    st.html(block(f"<h3>{safe(heading)}</h3>", small(MEANS[each.act])))
    if each.why_not is not None:
        st.html(block(small(each.why_not)))
        st.button(BUTTON[each.act], key=f"act_{key}", disabled=True)
        return
    rating, reason, ready = None, "", True
    if "rating" in each.asks:
        choices = rating_choices(seen)
        rating = st.radio(
            "The rating that you decide", list(choices), format_func=choices.__getitem__,
            index=None, key=f"rating_{key}",
        )  # fmt: skip
    asks_reason = rating is not None and rating != seen.document.get("indicated_rating")
    if "note" in each.asks or asks_reason or (each.act == "finalize" and soft_blockers(seen)):
        if each.act == "finalize":
            st.html(block(items(soft_blockers(seen), "rc-points")))
        reason = st.text_area(
            NOTE[each.act], max_chars=LONGEST, height=99,
            help="It is kept under your name, and printed on the scorecard.",
            **typed(here.session, f"note_{key}", "review"),
        )  # fmt: skip
    if each.act == "finalize" and (hard := hard_blockers(seen)):
        st.html(
            block(small("These come first; no reason takes their place:"), items(hard, "rc-points"))
        )
        ready = False
    if st.button(BUTTON[each.act], key=f"act_{key}", type="primary", disabled=not ready):
        act(
            here.engine, here.actor, seen.review.assignment.practice.id, number, each.act,
            reason, rating,
        )  # fmt: skip
        sent(here.session, "review", f"note_{key}")
        say(DONE[each.act])

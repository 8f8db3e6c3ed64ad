"""Opening the reviews that are due: a list first, then one or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from dashboards.forms.results import say
from dashboards.markup.text import block, items, small
from dashboards.session import Session
from dashboards.views.reviews import due_words
from dashboards.views.words import count_of
from kpi.review.cycle.opening import DAYS, Due, open_due, open_review


def draw(who: Session, due: Sequence[Due], today: date) -> None:
    """What is to be opened, and the buttons that open it."""
    st.html(
        block(
            f"<h2>To be opened <span class='rc-count'>{len(due)}</span></h2>",
            small("These periods are over, and nobody has begun their review."),
            items([due_words(each) for each in due[:12]], "rc-points"),
            small(f"and {len(due) - 12} more") if len(due) > 12 else "",
        )
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    at = left.selectbox(
        "What to open", [None, *range(len(due))], key="open_which",
        format_func=lambda at: f"All {len(due)}" if at is None else due_words(due[at]),
    )  # fmt: skip
    due_on = right.date_input(
        "Due on", today + timedelta(days=DAYS), min_value=today, key="open_due_on"
    )
    words = f"Open all {len(due)}" if at is None else "Open this review"
    if not st.button(words, key="open_reviews", type="primary"):
        return
    day = due_on if isinstance(due_on, date) else None
    if at is None:
        made = open_due(who.engine, who.actor, day)
        say(f"{count_of(len(made), 'review')} opened. Each manager finds it on the page Reviews.")
        return
    one = due[at]
    review = open_review(
        who.engine, who.actor, one.assignment.practice.id, one.assignment.manager.id,
        one.first, one.last, day,
    )  # fmt: skip
    say(f"Review {review.number} is open; it is due on {review.due_on}.")

"""Reviews: every review that the reader may see, by stage, and what is due to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import streamlit as st

from dashboards import clock, frame
from dashboards.address import Address
from dashboards.forms import open_reviews
from dashboards.forms.own_file import own_file_button
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.guard import guarded
from dashboards.markup.reviews import stage_block
from dashboards.markup.text import block, empty, safe, title
from dashboards.markup.words import words_line
from dashboards.reviewed import blocked, verified
from dashboards.session import Session
from dashboards.views.reviews import LISTED, Notes, listed_rows, stages, summary
from dashboards.views.verified import since_words
from kpi.access.actor import may, require
from kpi.review.cycle.listing import ReviewListed, list_reviews
from kpi.review.cycle.opening import Due, due_to_open
from kpi.review.cycle.reviews import Review
from kpi.review.cycle.table import State

# Seconds after which the list is shown again with what is known of it by then.
PATIENCE = 0.4

_EMPTY = {
    "hr": (
        "No review yet",
        "A review is opened once a review period of somebody's role is over. None is.",
    ),
    "physician": (
        "No review to supervise",
        "HR opens a review once its period is over. It stands here then, and waits for you once "
        "the manager has handed in the self-assessment.",
    ),
    "manager": (
        "No review of yours yet",
        "HR opens your review once its period is over. Until then the page Overview shows where "
        "you stand.",
    ),
}
_HEADINGS = {"hr": "All practices", "physician": "To supervise", "manager": "Mine"}


def draw() -> None:
    """What is due to be opened, then the reviews by stage."""
    who, where = frame.signed_in(), frame.address()
    require(who.actor, "read_scores")
    kind = who.actor.kind
    st.html(title("Reviews", _HEADINGS.get(kind, "")))
    said()
    due = due_to_open(who.engine, who.actor) if may(who.actor, "review_hr") else []
    found = list_reviews(who.engine, who.actor, judged=False)
    if not found and not due:
        st.html(empty(*_EMPTY[kind]))
    else:
        _list(who, where, found, due)
    if kind == "manager":
        here = frame.here()
        own_file_button(here, here.assignment.manager, "Download my file")


def _list(who: Session, where: Address, found: Sequence[ReviewListed], due: Sequence[Due]) -> None:
    kind = who.actor.kind
    st.html(block(f"<p>{safe(summary(found, kind, len(due)))}</p>"))
    st.html(words_line("reviews", "indicated_rating", "contested", "final", "restated"))
    if due:
        with guarded():
            open_reviews.draw(who, due, clock.today())
    _stages(who, where, found)


def _stages(who: Session, where: Address, found: Sequence[ReviewListed]) -> None:
    """The list at once, then with what is in the way of each, which takes a score a review."""
    kind, place, progress = who.actor.kind, st.empty(), st.empty()
    known: dict[int, Notes] = {}

    def show() -> None:
        with place.container():
            for stage in stages(found, kind, known):
                st.html(stage_block(stage, where.to_review))

    shown = monotonic()
    for at, each in enumerate(found):
        if monotonic() - shown > PATIENCE:
            show()
            shown = monotonic()
            progress.progress(at / len(found), f"Looking what is in the way, {at} of {len(found)}")
        known[each.review.number] = _notes(who, each.review)
    progress.empty()
    show()
    files = [listed("Reviews", "reviews", LISTED, listed_rows(stages(found, kind, known)))]
    take_away(who, files, Export("list of reviews", "read_scores"))


def _notes(who: Session, review: Review) -> Notes:
    """What is in the way of a review; of a final one what was restated since."""
    if review.state is not State.FINAL:
        return blocked(who.engine, who.actor, review)
    said = since_words(verified(who.engine, who.actor, review))
    return (said,) if said else ()


draw()

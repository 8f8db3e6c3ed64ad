"""Comments on a review: saved in the database as each field is left, never over a newer text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from dashboards import session
from dashboards.forms import unsaved
from dashboards.markup.review import said_block
from dashboards.markup.text import block, note, small
from dashboards.views.answers import sentence_of
from dashboards.views.review import WHO, Said
from kpi.access.actor import Actor
from kpi.errors import RolecardError
from kpi.report.document import moment_words
from kpi.review.cycle.listing import ReviewSeen, TextSeen
from kpi.review.cycle.reviews import Part
from kpi.review.cycle.stepping import LONGEST
from kpi.review.cycle.writing import OvertakenText, write_as_supervisor, write_own

Write = Callable[[Engine, Actor, str, int, str, int, str], int]
_WRITES: dict[Part, Write] = {
    "manager": write_own,
    "supervisor": write_as_supervisor,
    "answer": write_own,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text belongs."""

    practice: str
    number: int
    version: int
    part: Part
    kpi: str

    @property
    def key(self) -> str:
        """The key of its field."""
        return f"comment_{self.number}_{self.version}_{self.part}_{self.kpi}"


def field(seen: ReviewSeen, part: Part, kpi: str, label: str, lines: int = 3) -> None:
    """The field of one text, as it stands in the database or as it is being written."""
    review = seen.review
    place = _Place(review.assignment.practice.id, review.number, review.version, part, kpi)
    stored = next((each for each in seen.texts if (each.part, each.kpi) == (part, kpi)), None)
    revision = stored.revision if stored else 0
    # What one reads and writes over is named by its revision. A newer one does not come into the
    # field by itself: somebody may be typing.
    if place.key not in st.session_state:
        st.session_state[place.key] = stored.text if stored else ""
        st.session_state[_seen(place)] = revision
    # In a box of its own: what comes to stand under a field moves nothing that is typed elsewhere.
    with st.container():
        st.text_area(
            label, key=place.key, max_chars=LONGEST, height=24 + 25 * lines,
            on_change=_save, args=(place,),
        )  # fmt: skip
        if stored is not None and st.session_state[_seen(place)] != revision:
            _both(seen, place, stored)
        elif stored is not None and stored.text:
            saved = small(f"Saved {moment_words(seen.document, stored.at)}.")
            st.html(block(f'<div role="status">{saved}</div>'))


def _both(seen: ReviewSeen, place: _Place, stored: TextSeen) -> None:
    """Both texts, where somebody saved a newer one than stands in the field."""
    when = moment_words(seen.document, stored.at)
    st.html(
        note(
            f"{stored.by} saved another text on {when}; it was not overwritten. Yours stands in "
            "the field above, and is not saved until you choose.",
            "worse",
        )
    )
    st.html(said_block([Said(f"{WHO[place.part]}, saved {when}", stored.text)]))
    with st.container(horizontal=True):
        st.button(
            "Go on with the saved text", key=f"theirs_{place.key}",
            on_click=_take, args=(place, stored),
        )  # fmt: skip
        st.button(
            "Put mine in its place", key=f"mine_{place.key}",
            on_click=_put, args=(place, stored),
        )  # fmt: skip


def _take(place: _Place, stored: TextSeen) -> None:
    st.session_state[place.key] = stored.text
    st.session_state[_seen(place)] = stored.revision


def _put(place: _Place, stored: TextSeen) -> None:
    st.session_state[_seen(place)] = stored.revision
    _save(place)


def _save(place: _Place) -> None:
    """Saves what stands in a field, before the page runs again."""
    text = st.session_state[place.key]
    try:
        who = session.current()
        if who is None:  # the page that runs next says so, and shows the text
            unsaved.keep(_where(place.number), text, unsaved.ENDED)
            return
        st.session_state[_seen(place)] = _WRITES[place.part](
            who.engine, who.actor, place.practice, place.number, text,
            st.session_state[_seen(place)], place.kpi,
        )  # fmt: skip
    except OvertakenText:
        pass  # both texts are shown beside the field
    except RolecardError as error:
        unsaved.keep(_where(place.number), text, sentence_of(error))


def left(number: int) -> None:
    """A text that could not be saved any more: what it was, and why, until it is put away."""
    unsaved.draw(_where(number))


def _where(number: int) -> str:
    return f"review {number}"


def _seen(place: _Place) -> str:
    return f"seen_{place.key}"

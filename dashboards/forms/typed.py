"""What is typed into a form and not sent yet: kept under the account as each field is left, so that
a reload, another page or another machine finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards import session
from dashboards.forms import unsaved
from dashboards.session import Session
from kpi.access.kept import keep, kept_at
from kpi.errors import DatabaseError, RolecardError


def typed(who: Session, key: str, about: str) -> dict[str, Any]:
    """What a text field of that key takes besides its label: it begins with what was left in it,
    and keeps what is typed. ``about``: whose form it is, so that another one's begins empty."""
    place = _place(key, about)
    if key not in st.session_state or st.session_state.get(_of(key)) != place:
        left = unsaved.taken(place)  # by a page that could not be shown
        st.session_state[key] = kept_at(who.engine, who.actor, place) if left is None else left
        st.session_state[_of(key)] = place
    return {"key": key, "on_change": _keep, "args": (key, place)}


def sent(who: Session, about: str, *keys: str) -> None:
    """Empties the fields of a form that was sent."""
    for key in keys:
        st.session_state.pop(key, None)
        keep(who.engine, who.actor, _place(key, about), "")


def _of(key: str) -> str:
    return f"{key}_of"


def _place(key: str, about: str) -> str:
    return f"typed {key} {about}"[:200]


def _keep(key: str, place: str) -> None:
    text = str(st.session_state[key])
    try:
        who = session.current()
        if who is None:  # the page that runs next says so, and shows the text
            unsaved.keep(place, text, unsaved.ENDED)
            return
        keep(who.engine, who.actor, place, text)
        unsaved.taken(place)
    except DatabaseError as error:  # the page that runs next may have no field for it
        unsaved.keep(place, text, str(error))
    except RolecardError:
        return  # it stands in the field, and is sent from there

"""What surrounds every page: where one is, who is signed in, and the ways from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from sqlalchemy import Engine
from streamlit.navigation.page import StreamlitPage

from dashboards import clock, data, session
from dashboards.address import Address
from dashboards.forms import unsaved
from dashboards.markup.session import brand_block, ended_block, signed_in_block
from dashboards.markup.text import block, empty, footer, missing_data, small, title
from dashboards.session import Session
from dashboards.views.assignments import assignment_words
from dashboards.views.direction import isolated
from dashboards.views.periods import (
    SO_FAR,
    Period,
    from_address,
    in_address,
    instead_words,
)
from dashboards.views.words import KIND
from dashboards.web.paths import own_path
from dashboards.web.ways import ways_within
from kpi.access.actor import Actor, may
from kpi.access.managers import Assignment
from kpi.errors import NotPermitted
from kpi.months import Month, period_words
from kpi.report.theme import Palette, palette
from kpi.review.basis.periods import periods_to_choose
from kpi.review.cycle.listing import waiting_for
from kpi.review.scores.scoring import ManagerScore

MONTH_END = "month-end"
"""Where the page is that the month's files and signatures are handed in on."""

REVIEWS = "reviews"
"""Where the list of reviews is."""


@dataclass(frozen=True, slots=True)
class Here:
    """What a page needs to know of where it is."""

    address: Address
    session: Session
    assignment: Assignment
    palette: Palette

    @property
    def engine(self) -> Engine:
        """The database that all of it stands in."""
        return self.session.engine

    @property
    def actor(self) -> Actor:
        """Who acts: whoever is signed in."""
        return self.session.actor


def address() -> Address:
    """The address as it stands."""
    return Address.read(st.query_params.to_dict())


def go(changed: Address) -> None:
    """Puts an address in place of the one that stands; the page runs again with it."""
    st.query_params.from_dict(changed.query())


def signed_in() -> Session:
    """The session of whoever looks. Where it has ended nothing is drawn but the way back in, to
    the same address, and what was typed last and not saved."""
    found = session.current()
    if found is None:
        path, query = urlsplit(st.context.url or "").path, urlencode(st.query_params.to_dict())
        st.html(ended_block(own_path(f"{path or '/'}?{query}" if query else path or "/")))
        unsaved.draw_last()
        st.stop()
    return found


def here(heading: str = "") -> Here:
    """Where one is. Stops the page with what to do next where nobody is assigned yet, under its
    ``heading`` where the page has drawn none.

    Raises NotPermitted for an assignment that whoever is signed in may not see.
    """
    where, who = address(), signed_in()
    known = who.assignments
    numbers = {each.number for each in known}
    refused = where.assignment is not None and where.assignment not in numbers
    if heading and (refused or not known):
        st.html(title(heading))
    if refused:
        raise NotPermitted(
            f"{who.actor.label} may not see assignment {where.assignment}, if there is one."
        )
    if not known:
        st.html(
            empty(
                "No manager is assigned yet",
                "A score belongs to a manager at a practice. Add one on the command line: "
                "kpi practice add, then kpi manager add. To look around with made-up "
                "practices first: kpi demo.",
            )
        )
        st.stop()
    assignment = chosen(known, where.assignment)
    return Here(
        replace(where, assignment=assignment.number),
        who,
        assignment,
        palette(st.context.theme.type),
    )


def anew(here: Here) -> Here:
    """The same place with the session read again, for a part of a page that runs by itself.

    Where the session has ended the whole page runs again, and says so.
    """
    found = session.current()
    if found is None:
        st.rerun(scope="app")
    return replace(here, session=found)


def chosen(known: list[Assignment], number: int | None) -> Assignment:
    """The assignment that the address names; else the first that is still open, else the first."""
    for each in known:
        if each.number == number:
            return each
    return next((each for each in known if each.last is None), known[0])


def sidebar(
    pages: list[StreamlitPage], who: Session, known: list[Assignment], where: Address
) -> None:
    """The name, the ways to the other pages, whose score is shown, and who is signed in. ``known``:
    the assignments whose scores she or he may read."""
    if where.assignment not in {each.number for each in known}:
        where = replace(where, assignment=None)  # the ways from here lead back to what is hers
    where = replace(where, practice=None, role=None, version=None, part=None, review=None)
    with st.sidebar:
        # Nothing in it is data, and the script is the only one that the content policy lets run.
        st.html(brand_block(ways_within()), unsafe_allow_javascript=True)
        for page in pages:
            if page.visibility == "hidden":
                continue
            label = page.title
            if page.url_path == MONTH_END and (count := _to_sign(who, known, where)):
                label = f"{label} ({count} to sign)"
            if page.url_path == REVIEWS and (count := waiting_for(who.engine, who.actor)):
                label = f"{label} ({count} to do)"
            st.page_link(page, label=label, query_params=replace(where, page=1).query())
        st.divider()
        if len(known) > 1:
            choose(
                "Manager",
                [each.number for each in known],
                chosen(known, where.assignment).number,
                lambda number: assignment_words(chosen(known, number), known),
                "assignment",
            )
        st.html(signed_in_block(who.account.name, KIND[who.account.kind]))


def _to_sign(who: Session, known: list[Assignment], where: Address) -> int:
    """How much waits for the countersignature of whoever is signed in, at the practice shown."""
    if not known:
        return 0
    practice = chosen(known, where.assignment).practice
    if not may(who.actor, "countersign", practice.id):
        return 0
    return data.to_sign(who.engine, who.actor, practice)


def choose(
    label: str,
    options: list[Any],
    current: Any,
    words: Callable[[Any], str],
    field: str,
) -> None:
    """A choice whose value is a field of the address: the widget follows the address, not it us."""
    key = f"choose_{field}"
    st.session_state[key] = current

    def changed() -> None:
        where = address()
        # Another manager's review is another one.
        review = None if field == "assignment" else where.review
        go(replace(where, **{"review": review, field: st.session_state[key]}))

    st.selectbox(label, options, format_func=words, key=key, on_change=changed)


def choose_day(label: str, current: date, latest: date, field: str) -> None:
    """A choice of a day that is a field of the address."""
    key = f"choose_{field}"
    st.session_state[key] = current

    def changed() -> None:
        go(replace(address(), **{field: st.session_state[key]}))

    st.date_input(label, max_value=latest, key=key, on_change=changed, width=240)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The period that is shown, and those there are: the newest complete one comes first.

    ``instead``: the address names another one, which is none of these.
    """

    first: Month
    last: Month
    so_far: bool
    complete: tuple[Period, ...]
    running: Period | None
    instead: bool = False


def period(here: Here) -> Chosen | None:
    """The period that the address names, if it is one of this assignment's; else the last complete
    one, else the one under way; None where there is neither."""
    found = periods_to_choose(here.engine, here.actor, here.assignment, clock.today())
    complete, running = tuple(found.complete), found.running
    wanted = here.address.period
    if running is not None and (wanted == SO_FAR or not complete):
        return Chosen(*running, True, complete, running, wanted not in (None, SO_FAR))
    if not complete:
        return None
    named = from_address(wanted or "")
    if named is not None and named in complete:
        return Chosen(*named, False, complete, running)
    return Chosen(*complete[0], False, complete, running, wanted is not None)


def choose_period(chosen: Chosen) -> None:
    """The choice of a review period, or of the one under way."""
    options = [in_address(*each) for each in chosen.complete]
    if chosen.running is not None:
        options.append(SO_FAR)

    def words(option: str) -> str:
        found = chosen.running if option == SO_FAR else from_address(option)
        text = period_words(*found) if found else option
        return f"{text}, so far" if option == SO_FAR else text

    current = SO_FAR if chosen.so_far else in_address(chosen.first, chosen.last)
    choose("Period", options, current, words, "period")


def another_period(here: Here, chosen: Chosen) -> None:
    """Says that the address names a period that cannot be shown, where it does."""
    if chosen.instead:
        said = instead_words(here.address.period or "", (chosen.first, chosen.last))
        st.html(block(small(said)))


def no_period(here: Here) -> None:
    """What stands in a score's place where no period can be shown yet, and the one next step."""
    practice, who = here.assignment.practice, isolated(here.assignment.manager.name)
    place = isolated(practice.name)
    if not data.has_role(here.engine, here.assignment):
        st.html(
            empty(
                "No role is published yet",
                f"{who} is to be scored by the role '{here.assignment.role}', and {place} "
                "has none of that name. HR writes and publishes it on the page Roles, or on the "
                f"command line: kpi role publish FILE --practice {practice.id}",
            )
        )
        return
    st.html(
        empty(
            "No period can be scored yet",
            f"{place} has no month of data within {who}'s assignment.",
            missing_data(here.address.to_month_end()),
        )
    )


def foot(scored: ManagerScore) -> None:
    """What the figures rest on: data date, role version and its hash."""
    texts = [
        f"Data through {scored.data_through.words}" if scored.data_through else "No data",
        f"Revision {scored.data_version} of the practice's data",
    ]
    for version, sha256 in scored.hashes.items():
        texts.append(f"Role version {version}, SHA-256 {sha256[:12]}")
    for version, reason in scored.retroactive.items():
        texts.append(f"Version {version} was published after it took effect: {reason}")
    st.html(footer(texts))

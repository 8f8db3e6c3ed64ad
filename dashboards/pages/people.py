"""People: assignments, leave, what HR left out of scores, and who delivers which files."""

from __future__ import annotations

import streamlit as st

from dashboards import clock, frame
from dashboards.forms import assign, deliver, exclude
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, File, carded, listed, take_away
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.cards import cards
from dashboards.markup.text import block, empty, safe, small, table, title
from dashboards.views.cards import plain_cards
from dashboards.views.direction import isolated
from dashboards.views.left_out_by_hr import (
    EXCLUSION_HEADINGS,
    LEAVE_HEADINGS,
    exclusion_rows,
    leave_rows,
    months_to_choose,
)
from dashboards.views.people import (
    DELIVERY_HEADINGS,
    HEADINGS,
    assignment_card,
    delivery_rows,
)
from kpi.access.actor import require
from kpi.access.leave import leave_of
from kpi.access.managers import DEFAULT_ROLE, list_assignments
from kpi.access.practices import list_practices
from kpi.catalogue import kpis
from kpi.datasets import all_datasets
from kpi.months import Month
from kpi.review.basis.deliveries import deliveries_of
from kpi.review.basis.exclusions import exclusions_of
from kpi.review.basis.versions import published_versions


def draw() -> None:
    """The assignments, then what belongs to the one that is chosen."""
    who = frame.signed_in()
    require(who.actor, "exclude")
    where, now = frame.address(), Month.of(clock.today())
    st.html(title("People", "All practices"))
    said()
    known = list_assignments(who.engine, who.actor)
    practices = list_practices(who.engine, who.actor)
    files: list[File] = []
    if known:
        lines = [assignment_card(each, where.to_people(each.number)) for each in known]
        st.html(block(cards("Assignments", HEADINGS, lines)))
        files.append(carded("Assignments", "assignments", HEADINGS, lines))
    elif practices:
        st.html(empty("No manager is assigned yet", "Assign the first one here."))
    else:
        st.html(empty("No practice yet", "Add one on the command line: kpi practice add"))
        return
    assign.add_form(who, practices, known[0].role if known else DEFAULT_ROLE, now)
    if not known:
        return
    here = frame.here()
    name, place = here.assignment.manager.name, here.assignment.practice.name
    st.html(block(f"<h2>{safe(isolated(name))} at {safe(isolated(place))}</h2>"))
    assign.end_form(here, now)
    with guarded():
        files += _leave(here, now)
    with guarded():
        files += _left_out(here, now)
    with guarded():
        files += _deliveries(here)
    take_away(who, files, Export("lists of people", "exclude"))


def _leave(here: Here, now: Month) -> list[File]:
    assignment = here.assignment
    found = leave_of(here.engine, here.actor, assignment.manager.id, assignment.practice.id)
    rows = leave_rows(found)
    shown = cards("Leave", LEAVE_HEADINGS, plain_cards(rows)) if found else small("None is set.")
    st.html(block("<h3>Leave</h3>", shown))
    assign.leave_form(here, found, now)
    return [listed("Leave", "leave", LEAVE_HEADINGS, rows)] if found else []


def _left_out(here: Here, now: Month) -> list[File]:
    assignment = here.assignment
    names = _names(here)
    found = exclusions_of(here.engine, here.actor, assignment.manager.id, assignment.practice.id)
    rows = exclusion_rows(found, names)
    shown = small("Nothing is left out.")
    if found:
        shown = cards("Left out", EXCLUSION_HEADINGS, plain_cards(rows))
    st.html(block("<h3>Left out of the score</h3>", shown))
    months = months_to_choose(assignment.first, assignment.last, now)
    month = now if now in months else months[0]
    exclude.draw(here, names, months, (month, month))
    exclude.withdraw(here, found, names)
    return [listed("Left out", "left_out", EXCLUSION_HEADINGS, rows)] if found else []


def _names(here: Here) -> dict[str, str]:
    """The KPIs of the role, by id."""
    practice, role = here.assignment.practice.id, here.assignment.role
    found = {}
    for version in published_versions(here.engine, here.actor, practice, role):
        for target in version.role.targets:
            own = next((each for each in version.role.custom if each.id == target.kpi), None)
            known = kpis().get(target.kpi) or own
            found[target.kpi] = known.name if known is not None else target.kpi
    return found


def _deliveries(here: Here) -> list[File]:
    found = deliveries_of(here.engine, here.actor, here.assignment.practice.id)
    datasets = [each.name for each in all_datasets()]
    rows = delivery_rows(datasets, found)
    place = here.assignment.practice.name
    st.html(
        block(
            f"<h2>Who delivers which files at {safe(isolated(place))}</h2>",
            table(DELIVERY_HEADINGS, rows, set(), dense=True),
        )
    )
    deliver.draw(here, datasets, {each.dataset: each.who for each in found})
    return [listed("Who delivers which files", "deliveries", DELIVERY_HEADINGS, rows)]


draw()

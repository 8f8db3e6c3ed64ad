"""Assignments and who delivers what, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.views.cards import Card
from dashboards.views.words import name_of
from kpi.access.managers import Assignment
from kpi.months import period_words, runs
from kpi.numbers import DASH
from kpi.review.basis.deliveries import Delivery

HEADINGS = ("Manager", "Practice", "Role", "From", "To", "Locations", "Leave")
DELIVERY_HEADINGS = ("Dataset", "Who delivers it", "Said by")


def assignment_card(each: Assignment, link: str) -> Card:
    """A line of the list of assignments."""
    leave = ", ".join(period_words(*run) for run in runs(each.leave))
    return Card(
        each.manager.name,
        link,
        (
            each.practice.name,
            each.role,
            each.first.words,
            each.last.words if each.last else "open",
            ", ".join(each.locations) or "all",
            leave or DASH,
        ),
    )


def delivery_rows(datasets: Sequence[str], found: Sequence[Delivery]) -> list[list[str]]:
    """A row a dataset, with who delivers it, if anybody was named."""
    named: Mapping[str, Delivery] = {each.dataset: each for each in found}
    return [
        [
            name_of(each),
            named[each].who if each in named else DASH,
            f"{named[each].by}, {named[each].at[:10]}" if each in named else "",
        ]
        for each in datasets
    ]

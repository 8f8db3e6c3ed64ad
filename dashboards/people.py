"""Whom one looks as, until sign-in comes: chosen on the page, and recorded as not signed in."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.address import Reader
from dashboards.views.words import READER
from kpi.access.actor import Actor
from kpi.access.managers import Assignment

NOT_SIGNED_IN = "not signed in"


def everyone() -> Actor:
    """Who may list all assignments, so that one of them can be chosen."""
    return Actor("hr", f"{READER['hr']}, {NOT_SIGNED_IN}")


def actor_as(reader: Reader, assignment: Assignment | None) -> Actor:
    """The actor behind a chosen reader: a manager is herself, a physician at home in a practice."""
    if reader == "hr" or assignment is None:
        return Actor(reader, f"{READER[reader]}, {NOT_SIGNED_IN}")
    practices = frozenset({assignment.practice.id})
    if reader == "manager":
        name = f"{assignment.manager.name}, {NOT_SIGNED_IN}"
        return Actor("manager", name, assignment.manager.id, practices)
    return Actor("physician", f"{READER['physician']}, {NOT_SIGNED_IN}", None, practices)


def assignment_words(assignment: Assignment, among: Sequence[Assignment]) -> str:
    """``Dana Whitfield, Lakeside``; with its months where the two have more than one together."""
    words = f"{assignment.manager.name}, {assignment.practice.name}"
    same = [
        each
        for each in among
        if (each.manager, each.practice) == (assignment.manager, assignment.practice)
    ]
    if len(same) < 2:
        return words
    return f"{words}, {assignment.first} to {assignment.last or 'now'}"

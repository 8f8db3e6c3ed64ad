"""Assignments in words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.views.direction import isolated
from kpi.access.managers import Assignment


def assignment_words(assignment: Assignment, among: Sequence[Assignment]) -> str:
    """``Dana Whitfield, Lakeside``; with its months where the two have more than one together."""
    words = f"{isolated(assignment.manager.name)}, {isolated(assignment.practice.name)}"
    same = [
        each
        for each in among
        if (each.manager, each.practice) == (assignment.manager, assignment.practice)
    ]
    if len(same) < 2:
        return words
    return f"{words}, {assignment.first} to {assignment.last or 'now'}"

"""What changed since a day, on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi.commands.printing import print_lines, print_table

if TYPE_CHECKING:
    from kpi.review.explained.since import Since


def print_since(found: Since) -> None:
    """Prints the figure as it stood, each event that moved it, and the figure now."""
    from kpi.report.changes import closing, happened, moment, opening, standing

    unit, zone = found.kpi.unit, found.assignment.practice.timezone
    print_lines(f"Since {found.day}. {opening(found)}")
    if found.changes:
        click.echo()
        rows = [
            {
                "at": moment(each.event.at, zone),
                "what": happened(each),
                "by": each.event.actor,
                "before": standing(each.before, unit),
                "after": standing(each.after, unit),
            }
            for each in found.changes
        ]
        print_table(rows, {"at": "When", "what": "What", "by": "By", "before": "From",
                           "after": "To"}, "  ")  # fmt: skip
        click.echo()
    print_lines(closing(found))

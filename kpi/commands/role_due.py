"""``kpi role due``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_table

_STATES = {"done": "done", "due": "due", "overdue": "OVERDUE", "never": "never reviewed"}


@click.command("due")
@output
@database
def due(form: str, db: str | None) -> None:
    """Say of each role whether its yearly review is done, due or overdue.

    It is due from 60 days before a year has passed since the last one. Names the managers who have
    not acknowledged the version in force.
    """
    from kpi.access.actor import operator
    from kpi.review.roles.yearly import role_reviews_document, role_reviews_due
    from kpi.store.clock import instant

    found = role_reviews_due(opened(db), operator(), instant().date())
    if form == "json":
        print_json(role_reviews_document(found))
        return
    rows = [
        {
            "practice": each.practice.id,
            "role": each.role,
            "version": each.version or "none published",
            "reviewed": None if each.reviewed is None else str(each.reviewed),
            "due_on": None if each.due_on is None else str(each.due_on),
            "state": _STATES[each.state],
            "waiting": ", ".join(manager.id for manager in each.not_acknowledged) or None,
        }
        for each in found
    ]
    print_table(rows, {"practice": "Practice", "role": "Role", "version": "Version",
                       "reviewed": "Reviewed", "due_on": "Due", "state": "Review",
                       "waiting": "Not acknowledged by"})  # fmt: skip

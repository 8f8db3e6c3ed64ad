"""Measures of audits: done, due, and their corrective actions due in a month."""

from sqlalchemy import Connection, func, select, union

from kpi.measures.aggregates import Basis, DatasetMeasures, Present, Total
from kpi.measures.aggregates import counted as is_counted
from kpi.store.calendar import month_of_days
from kpi.store.tables import records

t = records["audits"]

done = t.c.performed_on.is_not(None)
coding = (t.c.kind == "coding") & done
counted = t.c.items_reviewed.is_not(None) & t.c.items_correct.is_not(None)
due = t.c.due_on.is_not(None)
corrective = t.c.corrective_due_on.is_not(None)


def _present(connection: Connection, practice: int, months: set[int]) -> Present:
    """An audit makes each month a month with a record that one of its three dates lies in."""
    location = func.coalesce(t.c.location, "")
    dates = (t.c.performed_on, t.c.due_on, t.c.corrective_due_on)
    each = union(
        *(
            select(t.c.key, location.label("place"), month_of_days(day).label("month")).where(
                is_counted(t, practice), day.is_not(None)
            )
            for day in dates
        )
    ).subquery()
    query = (
        select(each.c.month, each.c.place, func.count())
        .where(each.c.month.in_(months))
        .group_by(each.c.month, each.c.place)
    )
    return {(month, place): (rows, 0) for month, place, rows in connection.execute(query)}


MEASURES = DatasetMeasures(
    "audits",
    (
        Total("audits_performed", done, basis="performed"),
        Total("audits_done", done & t.c.passed.is_not(None), basis="performed"),
        Total("audits_passed", done & (t.c.passed == 1), basis="performed"),
        Total("coding_audits", coding, basis="performed"),
        Total("coding_audits_counted", coding & counted, basis="performed"),
        Total("codes_reviewed", coding & counted, t.c.items_reviewed, basis="performed"),
        Total("codes_correct", coding & counted, t.c.items_correct, basis="performed"),
        Total("audits_due", due, basis="due"),
        Total("audits_on_time", due & (t.c.performed_on <= t.c.due_on), basis="due"),
        Total("corrective_due", corrective, basis="corrective"),
        Total("corrective_on_time",
              corrective & (t.c.corrective_done_on <= t.c.corrective_due_on), basis="corrective"),
    ),
    bases=(
        Basis("performed", t.c.performed_on),
        Basis("due", t.c.due_on),
        Basis("corrective", t.c.corrective_due_on),
    ),
    present=_present,
)  # fmt: skip

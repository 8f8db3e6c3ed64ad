"""Measures of training, by the day a course is due."""

from kpi.measures.aggregates import DatasetMeasures, Total
from kpi.store.tables import records

t = records["training"]

MEASURES = DatasetMeasures(
    "training",
    (
        Total("courses_due", t.c.due_on.is_not(None)),
        Total("courses_on_time", t.c.completed_on <= t.c.due_on),
    ),
)

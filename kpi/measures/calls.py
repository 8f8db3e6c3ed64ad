"""Measures of calls, by the day."""

from kpi.measures.aggregates import DatasetMeasures, Total
from kpi.store.tables import records

t = records["calls"]

timed = t.c.answered.is_not(None) & t.c.wait_seconds.is_not(None)

MEASURES = DatasetMeasures(
    "calls",
    (
        Total("calls_offered", t.c.offered.is_not(None), t.c.offered),
        Total("calls_abandoned", t.c.abandoned.is_not(None), t.c.abandoned),
        Total("calls_answered", timed, t.c.answered),
        Total("answer_seconds", timed, t.c.wait_seconds),
        Total("call_days", t.c.offered.is_not(None)),
        Total("call_days_timed", timed),
    ),
)

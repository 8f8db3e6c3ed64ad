"""Measures of complaints: received in a month, and due for an answer in a month."""

from kpi.measures.aggregates import Basis, DatasetMeasures, Total
from kpi.store.tables import records

t = records["complaints"]

DAYS_TO_RESOLVE = 7
received = t.c.received_on.is_not(None)

MEASURES = DatasetMeasures(
    "complaints",
    (
        Total("complaints", received),
        Total("complaints_due", received, basis="due"),
        Total("complaints_resolved_7",
              t.c.resolved_on - t.c.received_on <= DAYS_TO_RESOLVE, basis="due"),
    ),
    bases=(Basis("due", t.c.received_on + DAYS_TO_RESOLVE),),
)  # fmt: skip

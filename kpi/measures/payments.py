"""Measures of payments, by the month of posting."""

from kpi.measures.aggregates import DatasetMeasures, Total
from kpi.store.tables import records

t = records["payments"]
received = t.c.kind.in_(("payment", "refund"))
from_patient = received & (t.c.source == "patient")
placed = from_patient & t.c.at_visit.is_not(None)

MEASURES = DatasetMeasures(
    "payments",
    (
        Total("receipts", received, t.c.amount, scale=100),
        Total("contractual", t.c.kind == "contractual", t.c.amount, scale=100),
        Total("bad_debt", t.c.kind == "bad_debt", t.c.amount, scale=100),
        Total("patient_receipts", placed, t.c.amount, scale=100),
        Total("patient_postings", placed),
        Total("patient_postings_unplaced", from_patient & t.c.at_visit.is_(None)),
        Total("visit_receipts", placed & (t.c.at_visit == 1), t.c.amount, scale=100),
    ),
)

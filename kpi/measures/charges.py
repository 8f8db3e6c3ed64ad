"""Measures of charges, by the month of posting."""

from kpi.datasets.stored import DECIMAL_SCALE
from kpi.measures.aggregates import DatasetMeasures, Total
from kpi.store.tables import records

t = records["charges"]
lagged = t.c.service_date <= t.c.posted_date

MEASURES = DatasetMeasures(
    "charges",
    (
        Total("charge_lines", t.c.amount.is_not(None)),
        Total("gross_charges", t.c.amount.is_not(None), t.c.amount, scale=100),
        Total("work_rvus", t.c.work_rvu.is_not(None), t.c.work_rvu, scale=DECIMAL_SCALE),
        Total("work_rvu_lines", t.c.work_rvu.is_not(None)),
        Total("lag_lines", lagged),
        Total("lag_days", lagged, t.c.posted_date - t.c.service_date),
    ),
)

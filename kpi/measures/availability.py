"""Measures of availability, by the day."""

from kpi.measures.aggregates import DatasetMeasures, Total
from kpi.store.tables import records

t = records["availability"]

measured = t.c.minutes_open.is_not(None) & t.c.minutes_booked.is_not(None)
sampled = t.c.third_next_available_days.is_not(None)

MEASURES = DatasetMeasures(
    "availability",
    (
        Total("minutes_open", measured, t.c.minutes_open),
        Total("minutes_booked", measured, t.c.minutes_booked),
        Total("third_next_days", sampled, t.c.third_next_available_days),
        Total("third_next_samples", sampled),
        # A provider's day at a location is one row: the key of the record.
        Total("provider_days", t.c.provider.is_not(None)),
        Total("provider_days_measured", measured),
    ),
)

"""Measures of availability, by the day."""

from sqlalchemy import String, cast, func

from kpi.measures.aggregates import DatasetMeasures, Distinct, Total
from kpi.store.tables import records

t = records["availability"]

measured = t.c.minutes_open.is_not(None) & t.c.minutes_booked.is_not(None)
provider_day = func.coalesce(t.c.location, "") + "|" + t.c.provider + "|" + cast(t.c.day, String)
sampled = t.c.third_next_available_days.is_not(None)

MEASURES = DatasetMeasures(
    "availability",
    (
        Total("minutes_open", measured, t.c.minutes_open),
        Total("minutes_booked", measured, t.c.minutes_booked),
        Total("third_next_days", sampled, t.c.third_next_available_days),
        Total("third_next_samples", sampled),
        # A morning and an afternoon may be two rows; two places are two days.
        Distinct("provider_days", t.c.provider.is_not(None), provider_day),
        Distinct("provider_days_measured", measured, provider_day),
    ),
)

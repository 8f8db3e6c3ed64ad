"""Calls: one day's telephone figures."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="calls",
    row="one day's telephone figures",
    columns=(
        Column("day", Kind.DATE, "day", required=True, example="2026-01-05",
               aliases=("date", "call date")),
        Column("offered", Kind.WHOLE, "calls that came in", required=True, signed=False,
               example="140",
               aliases=("calls offered", "total calls", "inbound calls", "calls received")),
        Column("abandoned", Kind.WHOLE, "callers who hung up before an answer", required=True,
               signed=False, example="9",
               aliases=("calls abandoned", "abandoned calls", "missed calls")),
        Column("answered", Kind.WHOLE, "calls answered", signed=False, example="131",
               aliases=("calls answered", "answered calls", "handled")),
        Column("wait_seconds", Kind.WHOLE, "seconds until the answer, summed over answered calls",
               signed=False, unit="seconds", example="3275",
               aliases=("total wait", "total wait time", "total speed of answer", "queue time")),
        LOCATION,
    ),
    month=("day",),
    period="day",
    daily=True,
)  # fmt: skip

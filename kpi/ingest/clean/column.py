"""The texts of one column as stored values."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.datasets import Kind
from kpi.ingest.clean.dates import clean_months, clean_times
from kpi.ingest.clean.durations import clean_durations
from kpi.ingest.clean.form import Form
from kpi.ingest.clean.numbers import clean_booleans, clean_numbers
from kpi.ingest.clean.texts import clean_choices, clean_ids, clean_texts
from kpi.ingest.clean.values import Cleaned


def clean_column(texts: Sequence[str], form: Form) -> Cleaned:
    """Values as ``kpi.datasets.stored`` says, and the faults of those that cannot be read."""
    column = form.column
    match column.kind:
        case Kind.DATE | Kind.TIME:
            cleaned = clean_times(texts, column.kind, form.zone, form.month_first, form.serial)
        case Kind.MONEY | Kind.DECIMAL | Kind.WHOLE if column.unit is not None:
            cleaned = clean_durations(texts, form.unit or column.unit, column.unit)
        case Kind.MONEY | Kind.DECIMAL | Kind.WHOLE:
            cleaned = clean_numbers(texts, column, form.decimal_comma)
        case Kind.ID:
            cleaned = clean_ids(texts, form.float_ids)
        case Kind.TEXT:
            cleaned = clean_texts(texts, column)
        case Kind.CHOICE:
            cleaned = clean_choices(texts, column)
        case Kind.MONTH:
            cleaned = clean_months(texts)
        case Kind.BOOLEAN:
            cleaned = clean_booleans(texts)
    return cleaned

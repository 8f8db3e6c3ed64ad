"""An incident or a complaint entered by hand: a canonical CSV of one row, loaded like any file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO

from kpi.datasets import dataset as dataset_named

Value = str | date | bool | int | None

INCIDENT_KINDS = {"hipaa": "HIPAA", "osha": "OSHA", "billing": "Billing", "ethics": "Ethics"}
DECISIONS = {
    "": "Not decided yet",
    "true": "Confirmed: a violation",
    "false": "Dismissed: no violation",
}
SEVERITIES = ("low", "medium", "high")


def canonical_csv(dataset: str, values: Mapping[str, Value]) -> bytes:
    """One record as a file with the dataset's own column names.

    Only what is filled becomes a column: a column that is absent keeps what stood, a blank cell
    would clear it. Raises KeyError for a column that the dataset lacks.
    """
    definition = dataset_named(dataset)
    for name in values:
        definition.column(name)
    written = [
        (name, _cell(values[name]))
        for name in definition.names
        if name in values and values[name] not in (None, "")
    ]
    found = StringIO()
    rows = csv.writer(found, lineterminator="\n")
    rows.writerow([name for name, _ in written])
    rows.writerow([text for _, text in written])
    return found.getvalue().encode()


def lacking(dataset: str, values: Mapping[str, Value]) -> str:
    """What must be filled in before the record can be loaded, as a sentence; else empty."""
    definition = dataset_named(dataset)
    blank = [name for name in definition.required if values.get(name) in (None, "")]
    if blank:
        return f"Fill in {' and '.join(name.replace('_', ' ') for name in blank)}."
    if not any(values.get(name) for name in definition.month):
        dates = " or ".join(name.replace("_", " ") for name in definition.month)
        return f"Fill in {dates}: it says which month the record counts in."
    return ""


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value).strip()

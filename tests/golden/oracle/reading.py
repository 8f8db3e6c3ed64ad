"""All that the sample's files say of a practice, later files over earlier ones."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from .cells import Row, cell
from .quickbooks import ledger_rows

SAMPLE = Path(__file__).resolve().parents[3] / "sample_data"

_FIRST_COLUMN = {
    "appointment_id": "appointments", "charge_id": "charges", "payment_id": "payments",
    "as_of": "ar_aging", "month": "ledger", "response_id": "surveys",
    "complaint_id": "complaints", "incident_id": "incidents",
}  # fmt: skip

_OTHERS = {"claim_id", "day", "employee_id", "audit_id"}
"""First columns of the datasets that none of these KPIs reads."""

_KEY = {
    "appointments": ("appointment_id",), "charges": ("charge_id",), "payments": ("payment_id",),
    "surveys": ("response_id", "question"), "complaints": ("complaint_id",),
    "incidents": ("incident_id",),
}  # fmt: skip

_PERIOD = {"ar_aging": "as_of", "ledger": "month"}

_REQUIRED = {
    "appointments": ("appointment_id", "start_at", "status"),
    "charges": ("charge_id", "posted_date", "amount"),
    "payments": ("payment_id", "posted_date", "amount", "kind"),
    "ar_aging": ("as_of", "days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120"),
    "ledger": ("month", "account", "kind", "amount"),
    "surveys": ("response_id",),
    "complaints": ("complaint_id", "received_on"),
    "incidents": ("incident_id", "kind"),
}

_MONTH = {
    "appointments": ("start_at",), "charges": ("posted_date",), "payments": ("posted_date",),
    "ar_aging": ("as_of",), "ledger": ("month",), "surveys": ("answered_on", "sent_on"),
    "complaints": ("received_on",), "incidents": ("discovered_on", "occurred_on"),
}  # fmt: skip


@dataclass(slots=True)
class Refused:
    """A row that cannot be loaded: its key where that can be read, and the months it may hold."""

    key: tuple[Any, ...] | None
    months: set[str]


@dataclass(slots=True)
class Practice:
    """The practice's records as they stand after all files, and what was declared empty."""

    records: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_month: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, list[Refused]] = field(default_factory=lambda: defaultdict(list))
    attested: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def manifest() -> dict[str, Any]:
    """The sample's manifest."""
    document: dict[str, Any] = json.loads((SAMPLE / "manifest.json").read_text(encoding="utf-8"))
    return document


def month_of(row: Row, dataset: str) -> str | None:
    """The month that a record counts in, ``YYYY-MM``."""
    for column in _MONTH[dataset]:
        value = row.get(column)
        if isinstance(value, date | datetime):
            return f"{value:%Y-%m}"
        if value is not None:
            return str(value)
    return None


def months_from(first: str, last: str) -> list[str]:
    """Every month from first to last, both included."""
    found, (year, month) = [], (int(part) for part in first.split("-"))
    while f"{year:04d}-{month:02d}" <= last:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


@cache
def practice(ident: str) -> Practice:
    """Everything that is loaded for a practice, file by file in the manifest's order."""
    document = manifest()
    found = Practice()
    keyed: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
    for load in document["files"]:
        if load["practice"] == ident and _first_column(load) not in _OTHERS:
            dataset, rows = _read(load, document["accounts"].get(ident, {}))
            if dataset in _PERIOD:
                _replace_periods(found.records[dataset], rows, _PERIOD[dataset])
            else:
                _fold(keyed[dataset], found.refused[dataset], rows, dataset)
            if "covers" in load:
                found.attested[dataset] |= set(months_from(*load["covers"].split("..")))
    for each in document["attestations"]:
        if each["practice"] == ident:
            found.attested[each["dataset"]].add(each["month"])
    for dataset, by_key in keyed.items():
        found.records[dataset] = [
            row for row in by_key.values()
            if all(row.get(column) is not None for column in _REQUIRED[dataset])
        ]  # fmt: skip
    for dataset, rows in found.records.items():
        for row in rows:
            if (month := month_of(row, dataset)) is not None:
                found.by_month[dataset, month].append(row)
    return found


def rows_of(practice: Practice, dataset: str, months: Iterable[str]) -> list[Row]:
    """The dataset's records that count in those months."""
    return [row for month in months for row in practice.by_month.get((dataset, month), [])]


def _first_column(load: dict[str, Any]) -> str:
    with (SAMPLE / load["file"]).open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines))[0]


def _read(load: dict[str, Any], categories: dict[str, str]) -> tuple[str, list[Row]]:
    """The file's dataset and rows; a cell that cannot be read stands as the ValueError it gave."""
    path = SAMPLE / load["file"]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.reader(lines))
    if table[0][0] == "Profit and Loss":
        return "ledger", ledger_rows(table, categories)
    header = table[0]
    rows = []
    for texts in table[1:]:
        row: Row = {}
        for column, text in zip(header, texts, strict=True):
            try:
                row[column] = cell(column, text)
            except ValueError as fault:
                row[column] = fault
        rows.append(row)
    return load.get("dataset") or _FIRST_COLUMN[header[0]], rows


def _replace_periods(standing: list[Row], rows: list[Row], period: str) -> None:
    """A file's rows in place of all that stood for its periods, location by location."""
    located: dict[Any, set[Any]] = defaultdict(set)
    for row in rows:
        located[row[period]].add(row.get("location"))
    standing[:] = [
        row for row in standing
        if row[period] not in located
        or not (None in located[row[period]]
                or row.get("location") in located[row[period]] | {None})
    ] + rows  # fmt: skip


def _fold(
    standing: dict[tuple[Any, ...], Row], refused: list[Refused], rows: list[Row], dataset: str
) -> None:
    """A file's rows over the records of the same key, column by column."""
    months = {month for row in rows if (month := _readable_month(row, dataset)) is not None}
    brought = set()
    new: list[Refused] = []
    for row in rows:
        key = tuple(row[column] for column in _KEY[dataset])
        lacking = [
            column for column in _REQUIRED[dataset]
            if column in row and (row[column] is None or isinstance(row[column], ValueError))
        ]  # fmt: skip
        if lacking:
            month = _readable_month(row, dataset)
            new.append(Refused(None if key[0] is None else key, {month} if month else months))
            continue
        brought.add(key)
        readable = {name: value for name, value in row.items() if not isinstance(value, ValueError)}
        standing.setdefault(key, {}).update(readable)
    # What a later file brings in good order is settled.
    refused[:] = [each for each in refused if each.key not in brought] + new


def _readable_month(row: Row, dataset: str) -> str | None:
    clean = {name: value for name, value in row.items() if not isinstance(value, ValueError)}
    return month_of(clean, dataset)

"""What lives in no system that exports, entered by hand: the form's fields and the canonical CSV
that it makes, both from the dataset's definition."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from dashboards.views.words import listed, name_of
from kpi.datasets import Column, Dataset, Kind
from kpi.datasets.model import PART

Value = str | date | int | None
Row = Mapping[str, Value]

NOT_GIVEN = "Not given"
_YES_NO = {"true": "Yes", "false": "No"}
_NO_NAME = "No patient's name."
_NUMBER = (
    "Your own number for it. Keep it: entering the same number again changes this entry. "
    "Left empty, one is made up."
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. ``choices``: values with their words, a blank first where it may stay
    so; none where anything can be written."""

    name: str
    label: str
    help: str
    kind: Kind
    required: bool
    choices: Mapping[str, str] = field(default_factory=dict)


def fields_of(dataset: Dataset) -> tuple[Field, ...]:
    """The fields in the dataset's order, those that must be filled in first."""
    columns = [column for column in dataset.columns if column.name != PART.name]
    found = [_field(dataset, column) for column in columns]
    return tuple(sorted(found, key=lambda each: not each.required))


def numbered(dataset: Dataset) -> str | None:
    """The column whose number is made up where it is left empty, if there is one."""
    return dataset.key[0] if len(dataset.key) == 1 else None


def canonical_csv(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """Records as a file with the dataset's own column names.

    Only what some row fills becomes a column: a column that is absent keeps what stood, a blank
    cell would clear it. Raises KeyError for a column that the dataset lacks.
    """
    for name in {name for row in rows for name in row}:
        dataset.column(name)
    filled = [name for name in dataset.names if any(_cell(row.get(name)) for row in rows)]
    found = StringIO()
    written = csv.writer(found, lineterminator="\n")
    written.writerow(filled)
    written.writerows([_cell(row.get(name)) for name in filled] for row in rows)
    return found.getvalue().encode()


def lacking(dataset: Dataset, row: Row) -> str:
    """What must be filled in before the record can be loaded, as a sentence; else empty."""
    blank = [name for name in dataset.required if not _cell(row.get(name))]
    if blank:
        return f"Fill in {listed([label_of(name).lower() for name in blank])}."
    if not any(_cell(row.get(name)) for name in dataset.month):
        dates = listed([label_of(name).lower() for name in dataset.month], "or")
        return f"Fill in {dates}: it says which month the record counts in."
    return ""


def label_of(name: str) -> str:
    """A column's name on the form: ``employee_id`` gives ``Employee number``."""
    return name_of(f"{name.removesuffix('_id')}_number" if name.endswith("_id") else name)


def _field(dataset: Dataset, column: Column) -> Field:
    made_up = column.name == numbered(dataset)
    required = column.required and not made_up
    help = column.text[:1].upper() + column.text[1:] + "."
    if made_up:
        help = _NUMBER
    elif column.kind is Kind.TEXT:
        help = f"{help} {_NO_NAME}"
    return Field(
        column.name,
        label_of(column.name) + (" (required)" if required else ""),
        help,
        column.kind,
        required,
        _choices(column),
    )


def _choices(column: Column) -> dict[str, str]:
    if column.kind is Kind.BOOLEAN:
        return {"": NOT_GIVEN, **_YES_NO}
    if column.kind is not Kind.CHOICE:
        return {}
    return {"": NOT_GIVEN, **{choice: name_of(choice) for choice in column.choices}}


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()

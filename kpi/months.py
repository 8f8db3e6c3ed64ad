"""Calendar months, the grain of every measure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kpi.errors import InputError

_PATTERN = re.compile(r"(\d{4})-(\d{2})")


class Month(NamedTuple):
    """One calendar month. Ordered; ``month + 1`` is the next one; ``str()`` gives ``YYYY-MM``.

    A tuple, because every figure is looked up by its month, and tuples are hashed and compared
    without a call into Python.
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """``"2026-01"`` as a month. Raises InputError for anything else."""
        found = _PATTERN.fullmatch(text.strip())
        if found is None or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2199:
            raise InputError(f"'{text}' is not a month; write it as YYYY-MM, for example 2026-01.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @classmethod
    def from_code(cls, code: int) -> Month:
        """The month that the database stores as ``202601``."""
        return cls(code // 100, code % 100)

    @property
    def code(self) -> int:
        """The month as the database stores it: ``202601``."""
        return self.year * 100 + self.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, self.days)

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.number)[1]

    @property
    def words(self) -> str:
        """``"March 2026"``, for sentences and headings (English whatever the machine's locale)."""
        return f"{NAMES[self.number - 1]} {self.year}"

    def __add__(self, months: int) -> Month:  # type: ignore[override] # not to join two tuples
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __sub__(self, months: int) -> Month:
        return self + -months

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def span(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from first to last, both included; empty when last lies before first."""
    begin, end = (each.year * 12 + each.number - 1 for each in (first, last))
    return tuple(Month(index // 12, index % 12 + 1) for index in range(begin, end + 1))


def runs(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """The months as unbroken runs, each its first and last one."""
    found: list[tuple[Month, Month]] = []
    for month in sorted(set(months)):
        if found and found[-1][1] + 1 == month:
            found[-1] = found[-1][0], month
        else:
            found.append((month, month))
    return found


def period_words(first: Month, last: Month) -> str:
    """``January to March 2026``, ``March 2026``, ``November 2025 to January 2026``."""
    if first == last:
        return last.words
    if first.year == last.year:
        return f"{NAMES[first.number - 1]} to {last.words}"
    return f"{first.words} to {last.words}"

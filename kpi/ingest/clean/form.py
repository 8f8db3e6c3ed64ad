"""How one column of a file is written: decided once, from all of its values, never per cell.

``03/04`` stays undecided until something in the column, a profile or a person decides it. What
contradicts a decision later on is a fault of its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kpi.datasets import Column, Kind
from kpi.ingest.clean.dates import either_order, half_evidence, is_serial, order_evidence
from kpi.ingest.clean.durations import is_clock_like, unit_evidence
from kpi.ingest.clean.values import ABSENT

NUMBERS = (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE)
DATES = (Kind.DATE, Kind.TIME)
_POINT_END = re.compile(r".*(?:\.(?:\d{1,2}|\d{4,})|,\d{3}\.\d*)\D*", re.ASCII)
_COMMA_END = re.compile(
    r".*(?:,(?:\d{1,2}|\d{4,})|\.\d{3},\d*|[ \u00a0\u202f]\d{3},\d*)\D*", re.ASCII
)
_GROUPED = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*", re.ASCII)
_CURRENCY = re.compile(r"\$|\u20ac|\u00a3|USD|EUR|GBP", re.IGNORECASE)
_SIGN_OF = {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3"}
_ISO = frozenset({16, 19, 20})  # lengths of the international forms with a time of day
_LONGEST_VISIT = 12 * 60  # minutes
_FLOAT_ID = re.compile(r"\d+\.0", re.ASCII)
_WHOLE_ID = re.compile(r"\d+", re.ASCII)


class Undecided(Exception):
    """A column that can be read in two ways, in a sentence that says what to do; ``sayable``:
    whether a mapping can say once which way is right."""

    def __init__(self, sentence: str, *, sayable: bool = False) -> None:
        super().__init__(sentence)
        self.sayable = sayable


class Form:
    """How one column is written, as far as its values tell.

    ``month_first`` and ``unit`` may be said by a profile; else they are found. After ``learn``
    has seen the values, ``finish`` decides. ``zone`` is the practice's own.
    """

    def __init__(
        self,
        column: Column,
        heading: str,
        *,
        decimal_comma: bool = False,
        month_first: bool | None = None,
        unit: str | None = None,
        zone: str = "UTC",
    ) -> None:
        self.column, self.heading, self.zone = column, heading, zone
        self.month_first, self.unit = month_first, unit
        self.decimal_comma = decimal_comma
        self.serial = self.float_ids = False
        self._expects_comma = decimal_comma
        self._told = month_first is not None
        self._learnt = False
        self._seen: Counter[str] = Counter()
        self._currencies: set[str] = set()

    @property
    def settled(self) -> bool:
        """Whether no further value could change what is decided, so that none need be looked at."""
        if not self._learnt:
            return False
        kind, seen = self.column.kind, self._seen
        if kind in DATES:
            ordered = self._told or not seen["either"] or seen["month_first"] + seen["day_first"]
            return bool(ordered and (not seen["small_hour"] or seen["any_hour"]))
        if self.column.unit is not None and self.unit is None:
            return not seen["clock"] or bool(seen["hh:mm"] + seen["mm:ss"])
        if kind in NUMBERS and self._expects_comma:
            return not seen["grouped"] or bool(seen["comma"] + seen["point"])
        return True

    def learn(self, texts: Sequence[str]) -> None:
        """Looks at the different texts of some rows."""
        self._learnt = True
        filled = [bare for text in texts if (bare := text.strip()).casefold() not in ABSENT]
        kind = self.column.kind
        if kind in DATES:
            self._learn_dates(filled)
        elif kind in NUMBERS:
            self._learn_numbers(filled)
        elif kind is Kind.ID:
            self._seen["float"] += sum(_FLOAT_ID.fullmatch(text) is not None for text in filled)
            self._seen["whole"] += sum(_WHOLE_ID.fullmatch(text) is not None for text in filled)

    def _learn_dates(self, filled: Sequence[str]) -> None:
        for text in filled:
            if text[4:5] == "-" and len(text) in _ISO:
                self._seen["any_hour"] += 1
                continue
            half = half_evidence(text)
            if half is not None:
                self._seen["small_hour" if half else "any_hour"] += 1
            if text[4:5] == "-":
                continue
            found = order_evidence(text)
            if found is not None:
                self._seen["month_first" if found else "day_first"] += 1
            elif either_order(text):
                self._seen["either"] += 1
            elif is_serial(text):
                self._seen["serial"] += 1
        self._seen["filled"] += len(filled)

    def _learn_numbers(self, filled: Sequence[str]) -> None:
        timed = self.column.unit is not None
        for text in filled:
            if text.isascii() and text.isdigit():
                if timed:
                    long = len(text) > 3 or int(text) > _LONGEST_VISIT
                    self._seen["long" if long else "short"] += 1
                continue
            if timed and is_clock_like(text):
                self._seen["clock"] += text.count(":") == 1  # 1:05:00 can be read in one way only
                found = unit_evidence(text)
                if found:
                    self._seen[found] += 1
                continue
            if self.column.kind is Kind.MONEY:
                self._currencies.update(
                    _SIGN_OF.get(sign.upper(), sign) for sign in _CURRENCY.findall(text)
                )
            if "," in text or "." in text:
                self._seen["grouped"] += _GROUPED.fullmatch(text) is not None
                self._seen["comma"] += _COMMA_END.fullmatch(text) is not None
                self._seen["point"] += _POINT_END.fullmatch(text) is not None

    def finish(self) -> None:
        """Decides. Raises Undecided where the values can be read in two ways and nothing tells."""
        kind = self.column.kind
        if kind in DATES:
            self._finish_dates()
        elif kind in NUMBERS:
            self._finish_numbers()
        elif kind is Kind.ID:
            self.float_ids = bool(self._seen["float"]) and not self._seen["whole"]

    def _finish_dates(self) -> None:
        seen = self._seen
        if seen["small_hour"] and not seen["any_hour"]:
            raise Undecided(
                f"in column '{self.heading}' nothing tells morning from afternoon (2:30 may be "
                "2:30 or 14:30). Export the times with AM and PM, or as 24 hours."
            )
        self.serial = seen["serial"] * 5 >= seen["filled"] * 4 > 0
        if self._told:
            return
        month, day = seen["month_first"], seen["day_first"]
        if min(month, day) * 20 > max(month, day) or (seen["either"] and not month + day):
            raise Undecided(
                f"in column '{self.heading}' nothing tells the day from the month (03/04/2026 may "
                "be March 4 or April 3). Write the dates as YYYY-MM-DD.",
                sayable=True,
            )
        if month or day:
            self.month_first = month > day

    def _finish_numbers(self) -> None:
        seen = self._seen
        if len(self._currencies) > 1:
            signs = " and ".join(sorted(self._currencies))
            raise Undecided(
                f"column '{self.heading}' holds amounts in {signs}. Export one currency only."
            )
        if self.column.unit is not None and seen["clock"] and self.unit is None:
            hours, minutes = seen["hh:mm"], seen["mm:ss"]
            if bool(hours) == bool(minutes):
                raise Undecided(
                    f"in column '{self.heading}' nothing tells hours from minutes (12:30 may be "
                    "12 hours or 12 minutes). Write whole minutes.",
                    sayable=True,
                )
            self.unit = "hh:mm" if hours else "mm:ss"
        if self.column.unit == "minutes" and self.unit is None and seen["long"] > seen["short"]:
            raise Undecided(
                f"in column '{self.heading}' most lengths are over 12 hours. Are they in seconds?",
                sayable=True,
            )
        if not self._expects_comma:
            self.decimal_comma = seen["comma"] > seen["point"]
        elif seen["comma"] or seen["point"]:
            self.decimal_comma = seen["comma"] >= seen["point"]
        elif seen["grouped"]:
            raise Undecided(
                f"in column '{self.heading}' nothing tells whether 1,234 is 1234 or 1.234. Write "
                "the numbers with two decimals."
            )

    @property
    def notes(self) -> list[str]:
        """What the receipt says of it."""
        notes = []
        if self.column.kind in DATES and self.month_first is not None:
            said = "month/day/year" if self.month_first else "day/month/year"
            notes.append(f"Dates in '{self.column.name}' were read as {said}.")
        if self.serial:
            notes.append(f"Numbers in '{self.column.name}' were read as Excel's day numbers.")
        if self.decimal_comma and self._seen["comma"]:
            notes.append(f"The comma in '{self.column.name}' was read as the decimal sign.")
        if self.float_ids:
            notes.append(f"'.0' was cut off from the numbers in '{self.column.name}'.")
        if self.column.unit is not None and self._seen["clock"]:
            notes.append(f"'{self.column.name}' was read as {self.unit}.")
        return notes

"""Dates, times and months.

The international forms are read vectorised. In ``3/4/2026`` day and month are told apart once
for a column, from all of its values; where none tells, the file is refused rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from kpi.datasets import Kind
from kpi.datasets.stored import FIRST_YEAR, LAST_YEAR, seconds_of
from kpi.ingest.clean.numbers import Unreadable
from kpi.ingest.clean.values import ABSENT, Cleaned
from kpi.ingest.reasons import BLANK, NUMBER_OF

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DAY = 86_400
_FIRST, _LAST = seconds_of(datetime(FIRST_YEAR, 1, 1)), seconds_of(datetime(LAST_YEAR + 1, 1, 1))
_FORMS = (
    (10, "%Y-%m-%d"),
    (16, "%Y-%m-%d %H:%M"),
    (19, "%Y-%m-%d %H:%M:%S"),
    (16, "%Y-%m-%dT%H:%M"),
    (19, "%Y-%m-%dT%H:%M:%S"),
    (20, "%Y-%m-%dT%H:%M:%SZ"),
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
_INTERNATIONAL = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    rf"(?:[T ]\s*{_CLOCK}\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_SLASHED = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[/-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4})"
    rf"(?:,?\s+{_CLOCK}\s*(?:(?P<half>[AaPp])\.?(?:[Mm]\.?)?)?)?",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?", re.ASCII)


class UndecidedDates(Exception):
    """A column in which nothing tells the day from the month."""


@dataclass(slots=True)
class DateOrder:
    """What ``3/4/2026`` means in one column: decided by the first texts that tell, then kept."""

    month_first: bool | None = None

    def decide(self, texts: Sequence[str]) -> None:
        """Looks for parts above 12. Raises UndecidedDates if there are dates that both ways
        exist and nothing tells, or if the texts contradict each other in earnest."""
        if self.month_first is not None:
            return
        month_first = day_first = either = 0
        for text in texts:
            found = _SLASHED.fullmatch(text)
            if found is None:
                continue
            one, two = int(found["one"]), int(found["two"])
            month_first += one <= 12 < two <= 31
            day_first += two <= 12 < one <= 31
            either += one <= 12 and two <= 12 and one != two
        if min(month_first, day_first) * 20 > max(month_first, day_first):
            raise UndecidedDates
        if month_first or day_first:
            self.month_first = month_first > day_first
        elif either:
            raise UndecidedDates


def clean_times(texts: Sequence[str], kind: Kind, zone: str, order: DateOrder) -> Cleaned:
    """Days or seconds since 1970 as ``stored`` says, in the practice's own clock; a stamp with a
    zone of its own is brought to ``zone``. Raises UndecidedDates."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    seconds, dated = _vectorised(texts, lengths, zone)
    faults = np.zeros(len(texts), dtype=np.int8)
    without_clock = lengths == len("YYYY-MM-DD")
    left = np.flatnonzero(~dated).tolist()
    rest = [texts[place].strip() for place in left]
    order.decide(rest)
    own_zone = ZoneInfo(zone)
    for place, text in zip(left, rest, strict=True):
        if text.casefold() in ABSENT:
            faults[place] = BLANK
            continue
        try:
            moment, has_clock = _read_moment(text, own_zone, order)
        except Unreadable:
            faults[place] = NUMBER_OF["not_a_date" if kind is Kind.DATE else "not_a_time"]
            continue
        seconds[place] = seconds_of(moment)
        without_clock[place] = not has_clock
    wrong = (faults == 0) & ((seconds < _FIRST) | (seconds >= _LAST))
    faults[wrong] = NUMBER_OF["not_a_date" if kind is Kind.DATE else "not_a_time"]
    if kind is Kind.DATE:
        return Cleaned(seconds // _DAY, faults)
    faults[(faults == 0) & without_clock] = NUMBER_OF["no_time_of_day"]
    return Cleaned(seconds, faults)


def clean_months(texts: Sequence[str]) -> Cleaned:
    """``year * 100 + month`` of ``YYYY-MM`` (a first day ``YYYY-MM-01`` is read as its month)."""
    values = np.zeros(len(texts), dtype=np.int64)
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        bare = text.strip()
        found = _MONTH.fullmatch(bare)
        if found and 1 <= int(found[2]) <= 12 and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            values[place] = int(found[1]) * 100 + int(found[2])
        else:
            faults[place] = BLANK if bare.casefold() in ABSENT else NUMBER_OF["not_a_month"]
    return Cleaned(values, faults)


def _vectorised(
    texts: Sequence[str], lengths: NDArray[np.int64], zone: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Seconds, and which texts were of one of the international forms of fixed width."""
    import pandas as pd

    cells: NDArray[Any] = np.array(texts, dtype=object)
    seconds = np.zeros(len(texts), dtype=np.int64)
    dated = np.zeros(len(texts), dtype=bool)
    for length, form in _FORMS:
        places = np.flatnonzero((lengths == length) & ~dated)
        if not len(places):
            continue
        read = pd.to_datetime(cells[places], format=form, errors="coerce")
        good = read.notna()
        if not good.any():
            continue
        moments = read[good]
        if form.endswith("Z"):
            moments = moments.tz_localize("UTC").tz_convert(zone).tz_localize(None)
        found = places[good]
        seconds[found] = moments.to_numpy().astype("datetime64[s]").astype(np.int64)
        dated[found] = True
    return seconds, dated


def _read_moment(text: str, zone: ZoneInfo, order: DateOrder) -> tuple[datetime, bool]:
    """(local time, whether the text has a time of day). Raises Unreadable."""
    found = _INTERNATIONAL.fullmatch(text)
    slashed = None if found else _SLASHED.fullmatch(text)
    if found:
        month, day = int(found["month"]), int(found["day"])
    elif slashed:
        found = slashed
        one, two = int(found["one"]), int(found["two"])
        month, day = (two, one) if order.month_first is False else (one, two)
    else:
        raise Unreadable("not_a_date")
    hour = int(found["hour"] or 0)
    if slashed and found["half"]:
        if not 1 <= hour <= 12:
            raise Unreadable("not_a_time")
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        moment = datetime(
            int(found["year"]), month, day, hour, int(found["minute"] or 0),
            int(found["second"] or 0),
        )  # fmt: skip
    except ValueError:
        raise Unreadable("not_a_date") from None
    if not slashed and found["zone"]:
        moment = _brought_to(moment, found["zone"], zone)
    return moment, found["hour"] is not None


def _brought_to(moment: datetime, offset: str, zone: ZoneInfo) -> datetime:
    """A moment with an offset of its own, in the practice's clock."""
    if offset == "Z":
        aware = moment.replace(tzinfo=UTC)
    else:
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        if hours > 14 or minutes > 59:
            raise Unreadable("not_a_time")
        sign = -1 if offset[0] == "-" else 1
        aware = moment.replace(tzinfo=timezone(sign * timedelta(hours=hours, minutes=minutes)))
    try:
        return aware.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        raise Unreadable("not_a_date") from None

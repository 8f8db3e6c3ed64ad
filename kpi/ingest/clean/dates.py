"""Dates, times and months.

The international forms are read vectorised. How ``3/4/2026`` is meant is decided for the column,
by ``kpi.ingest.clean.form``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from kpi.datasets import Kind
from kpi.datasets.stored import FIRST_YEAR, LAST_YEAR, seconds_of
from kpi.ingest.clean.numbers import Unreadable
from kpi.ingest.clean.values import ABSENT, Cleaned
from kpi.ingest.reasons import BLANK, NUMBER_OF
from kpi.ingest.statements.periods import month_number, read_span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DAY = 86_400
_FIRST, _LAST = seconds_of(datetime(FIRST_YEAR, 1, 1)), seconds_of(datetime(LAST_YEAR + 1, 1, 1))
_FIXED = (
    (10, "%Y-%m-%d"),
    (16, "%Y-%m-%d %H:%M"),
    (19, "%Y-%m-%d %H:%M:%S"),
    (16, "%Y-%m-%dT%H:%M"),
    (19, "%Y-%m-%dT%H:%M:%S"),
    (20, "%Y-%m-%dT%H:%M:%SZ"),
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"|(?P<hour4>\d{1,2})(?P<minute4>\d\d))"
    r"\s*(?:(?P<half>[AaPp])\.?(?:[Mm]\.?)?)?"
)
_CLOCK_END = re.compile(rf"[T ]{_CLOCK}\s*$", re.ASCII)
_LAST_SMALL = 6  # no practice begins its day at 1:00 to 6:59
_ZONE = r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
_DAYS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<one>\d{1,2})(?P<sign>[/-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)",
    r"(?P<day>\d{1,2})[- ](?P<name>[A-Za-z]{3,9})\.?[- ,]+(?P<year>\d{4}|\d\d)",
    r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
)
_FORMS = tuple(
    re.compile(rf"{day}(?:(?:T|,?\s+)(?:00:00(?::00)?\s+)?{_CLOCK}{_ZONE})?", re.ASCII)
    for day in _DAYS
)
_SLASHED = re.compile(rf"{_DAYS[2]}(?!\d).*", re.ASCII | re.DOTALL)
_SERIAL = re.compile(r"(\d{5})(?:\.(\d{1,10}))?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 60_000
_SERIAL_EPOCH = datetime(1899, 12, 30)  # Excel counts a 29 February 1900 that there never was
_TURN = 70  # two-digit years below are of this century
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_SHORT_MONTH = re.compile(r"([A-Za-z]{3,4})[- '](\d\d)", re.ASCII)
_NO_DAY = frozenset({"0000-00-00", "00/00/0000", "0000-00-00 00:00:00"})


def order_evidence(text: str) -> bool | None:
    """True where a date can only be month/day, False where it can only be day/month."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return None
    one, two = int(found["one"]), int(found["two"])
    if one <= 12 < two <= 31:
        return True
    return False if two <= 12 < one <= 31 else None


def either_order(text: str) -> bool:
    """Whether a date is another day when its first two parts change places."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return False
    one, two = int(found["one"]), int(found["two"])
    return one <= 12 and two <= 12 and one != two


def half_evidence(text: str) -> bool | None:
    """False where a time of day can only be one of 24 hours, or says which half of the day it is
    of; True where it may be a morning's or an afternoon's, such as ``2:30``; else None."""
    found = _CLOCK_END.search(text)
    if found is None:
        return None
    hour = found["hour"] or found["hour4"]
    if found["half"] or (len(hour) == 2 and (hour[0] == "0" or int(hour) > 12)):
        return False
    return True if 1 <= int(hour) <= _LAST_SMALL else None


def is_serial(text: str) -> bool:
    """Whether a number may be a day as Excel counts them."""
    found = _SERIAL.fullmatch(text)
    return found is not None and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL


def clean_times(
    texts: Sequence[str],
    kind: Kind,
    zone: str,
    month_first: bool | None = None,
    serial: bool = False,
) -> Cleaned:
    """Days or seconds since 1970 as ``stored`` says, in the practice's own clock; a stamp with a
    zone of its own is brought to ``zone``. ``month_first``: how ``3/4/2026`` is meant, a fault
    where it is None. ``serial``: numbers are days as Excel counts them."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    seconds, dated = _vectorised(texts, lengths, zone)
    faults = np.zeros(len(texts), dtype=np.int8)
    without_clock = lengths == len("YYYY-MM-DD")
    own_zone = ZoneInfo(zone)
    for place in np.flatnonzero(~dated).tolist():
        text = texts[place].strip()
        if text.casefold() in ABSENT or text in _NO_DAY:
            faults[place] = BLANK
            continue
        try:
            if serial and is_serial(text):
                moment, has_clock = _read_serial(text)
            else:
                moment, has_clock = _read_moment(text, own_zone, month_first)
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
    """``year * 100 + month`` of ``2026-01``, ``2026-01-01``, ``01/2026``, ``Jan 2026``,
    ``January 2026`` or ``Jan-26``."""
    values = np.zeros(len(texts), dtype=np.int64)
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        bare = text.strip()
        found = _read_month(bare)
        if found is not None and FIRST_YEAR <= found[0] <= LAST_YEAR and 1 <= found[1] <= 12:
            values[place] = found[0] * 100 + found[1]
        else:
            faults[place] = BLANK if bare.casefold() in ABSENT else NUMBER_OF["not_a_month"]
    return Cleaned(values, faults)


def _read_month(bare: str) -> tuple[int, int] | None:
    if found := _MONTH.fullmatch(bare):
        return int(found[1]), int(found[2])
    if found := _MONTH_OF_YEAR.fullmatch(bare):
        return int(found[2]), int(found[1])
    if found := _SHORT_MONTH.fullmatch(bare):
        bare = f"{found[1]} {_whole_year(found[2])}"
    span = read_span(bare.replace("-", " "))
    return (span.month.year, span.month.number) if span and span.month else None


def _vectorised(
    texts: Sequence[str], lengths: NDArray[np.int64], zone: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Seconds, and which texts were of one of the international forms of fixed width."""
    import pandas as pd

    cells: NDArray[Any] = np.array(texts, dtype=object)
    seconds = np.zeros(len(texts), dtype=np.int64)
    dated = np.zeros(len(texts), dtype=bool)
    for length, form in _FIXED:
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


def _read_moment(text: str, zone: ZoneInfo, month_first: bool | None) -> tuple[datetime, bool]:
    """(local time, whether the text has a time of day). Raises Unreadable."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise Unreadable("not_a_date")
    parts = found.groupdict()
    try:
        day = datetime(_whole_year(parts["year"]), *_month_and_day(parts, month_first))
    except ValueError:
        raise Unreadable("not_a_date") from None
    hour = parts["hour"] or parts["hour4"]
    if hour is None:
        return day, False
    moment = day + _clock(int(hour), parts)
    return (_brought_to(moment, parts["zone"], zone) if parts["zone"] else moment), True


def _month_and_day(parts: Mapping[str, str | None], month_first: bool | None) -> tuple[int, int]:
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if month_first is None and one != two and one <= 12 and two <= 12:
            raise Unreadable("not_a_date")
        month_first = one <= 12 if month_first is None else month_first
        return (one, two) if month_first else (two, one)
    name = parts.get("name")
    month = month_number(name) if name else int(parts["month"] or 0)
    return month, int(parts["day"] or 0)


def _whole_year(text: str | None) -> int:
    """The year of two digits or four."""
    year = int(text or 0)
    if len(text or "") > 2:
        return year
    return year + (2000 if year < _TURN else 1900)


def _clock(hour: int, parts: Mapping[str, str | None]) -> timedelta:
    """A time of day; 24:00 is the next midnight. Raises Unreadable."""
    minute, second = int(parts["minute"] or parts["minute4"] or 0), int(parts["second"] or 0)
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise Unreadable("not_a_time")
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and minute + second):
        raise Unreadable("not_a_time")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _read_serial(text: str) -> tuple[datetime, bool]:
    """A day as Excel counts them, and the part of it that has passed, to the second."""
    found = _SERIAL.fullmatch(text)
    assert found is not None, "only serials come here"
    day = _SERIAL_EPOCH + timedelta(days=int(found[1]))
    if found[2] is None:
        return day, False
    seconds = round(_DAY * int(found[2]) / 10 ** len(found[2]))
    return day + timedelta(seconds=seconds), True


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

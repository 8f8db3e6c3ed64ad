"""Values with their units, as HR people write them: ``5%``, ``20 min``, ``$40,000``, ``-2 pp``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kpi.catalogue.model import Unit
from kpi.role.findings import shown
from kpi.role.model import Change


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value cannot be taken, and what to write instead. ``rule`` is the finding's rule id."""

    rule: str
    message: str
    remedy: str


_VALUE = re.compile(
    r"(?P<sign>[-+−]?)\s*(?P<dollar>\$?)\s*"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?|\.[0-9]{1,15})"
    r"\s*(?P<unit>.{0,40})"
)

_WRITTEN: Final[dict[Unit, tuple[str, ...]]] = {
    Unit.PERCENT: ("%", "percent"),
    Unit.MINUTES: ("min", "mins", "minute", "minutes"),
    Unit.SECONDS: ("s", "sec", "secs", "second", "seconds"),
    Unit.DAYS: ("day", "days"),
    Unit.DOLLARS: ("$",),
    Unit.COUNT: ("",),
    Unit.POINTS: ("", "point", "points"),
    Unit.TIMES_PER_YEAR: ("", "a year", "per year", "times a year", "times per year"),
    Unit.PER_1000_VISITS: ("", "per 1,000 visits", "per 1000 visits"),
    Unit.PER_200000_HOURS: ("", "per 200,000 hours", "per 200000 hours"),
    Unit.COUNT_PER_MONTH: ("", "a month", "per month"),
}
"""How each unit may be written behind a number; ``""``: the number alone will do."""

_CHANGE_IN_POINTS = ("pp", "percentage point", "percentage points")

_NAMES: Final[dict[Unit, str]] = {
    Unit.PERCENT: "percent",
    Unit.MINUTES: "minutes",
    Unit.SECONDS: "seconds",
    Unit.DAYS: "days",
    Unit.DOLLARS: "dollars",
    Unit.COUNT: "plain numbers",
    Unit.POINTS: "points",
    Unit.TIMES_PER_YEAR: "times a year",
    Unit.PER_1000_VISITS: "cases per 1,000 visits",
    Unit.PER_200000_HOURS: "cases per 200,000 hours",
    Unit.COUNT_PER_MONTH: "a number a month",
}

_EXAMPLES: Final[dict[Unit, str]] = {
    Unit.PERCENT: "5%",
    Unit.MINUTES: "20 min",
    Unit.SECONDS: "30 s",
    Unit.DAYS: "35 days",
    Unit.DOLLARS: "$40,000",
    Unit.COUNT: "4.2",
    Unit.POINTS: "85",
    Unit.TIMES_PER_YEAR: "12 a year",
    Unit.PER_1000_VISITS: "3 per 1,000 visits",
    Unit.PER_200000_HOURS: "2.5 per 200,000 hours",
    Unit.COUNT_PER_MONTH: "120 a month",
}

_DECIMALS = 12
"""Decimal places kept of a value, far more than a target has."""


_NUMBER = r"(([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,15})?|\.[0-9]{1,15})"
_ZERO = r"0+(\.0+)?"


def value_pattern(unit: Unit, *, change: bool = False) -> str:
    """A pattern (ECMA 262) of the texts that are values of a unit, or changes from a baseline.

    ``parse_value`` and ``parse_change`` say the same in sentences; they also take a plain number
    where ``takes_numbers`` says so.
    """
    if change:
        units = _WRITTEN[Unit.PERCENT] + (_CHANGE_IN_POINTS if unit is Unit.PERCENT else ())
    else:
        units = _WRITTEN[unit]
    if units == ("$",):
        return rf"^[-+−]?\s*(\$\s*{_NUMBER}|{_ZERO})$"
    named = "|".join(_any_case(each) for each in units if each)
    bare = _NUMBER if takes_numbers(unit) and not change else _ZERO
    return rf"^[-+−]?\s*({_NUMBER}\s*({named})|{bare})$" if named else rf"^[-+−]?\s*{bare}$"


def takes_numbers(unit: Unit) -> bool:
    """Whether a value of a unit can be a number alone."""
    return "" in _WRITTEN[unit]


def unit_words(unit: Unit) -> str:
    """A unit and how it is written: ``in minutes, for example 20 min``."""
    return f"in {_NAMES[unit]}, for example {_EXAMPLES[unit]}"


def _any_case(text: str) -> str:
    """A pattern of a text in small or capital letters, with any spaces between its words."""
    letters = (f"[{each}{each.upper()}]" if each.isalpha() else each for each in text)
    return "".join(letters).replace(" ", r"\s+")


def parse_value(written: object, unit: Unit, what: str) -> float | Fault:
    """A value in a unit, percent as a fraction; or the fault.

    ``what`` is what the value is of, a KPI's id say, for the sentence. A bare 0 is taken in every
    unit, as it is the same in all of them.
    """
    parts = _split(written)
    if parts is None:
        return _not_a_value(written, f"Write a value such as {_EXAMPLES[unit]}.")
    number, suffix = parts
    if suffix in _WRITTEN[unit] or (number == 0 and suffix == ""):
        return _as_stored(number, unit)
    remedy = f"Write it in {_NAMES[unit]}, for example {_EXAMPLES[unit]}."
    if suffix in _CHANGE_IN_POINTS:
        return Fault(
            "unit",
            f"{shown(written)} is a change in percentage points, and {what} has no baseline "
            "to change from.",
            f"Write the value itself, for example {_EXAMPLES[unit]}, or add a baseline.",
        )
    if suffix == "":
        return Fault("unit", f"{shown(written)} has no unit; {what} is in {_NAMES[unit]}.", remedy)
    return Fault("unit", f"{shown(written)} is not in {_NAMES[unit]}, as {what} is.", remedy)


def parse_change(written: object, unit: Unit, what: str) -> Change | Fault:
    """A change from a baseline, relative (``-15%``) or in percentage points; or the fault.

    Percentage points (``-2 pp``) are for KPIs in percent. No change at all, ``0%``, ``0 pp`` or a
    bare 0, is the relative change 0.
    """
    parts = _split(written)
    if parts is None:
        return _not_a_value(written, "Write a change such as -15%.")
    number, suffix = parts
    if suffix in _WRITTEN[Unit.PERCENT] or (number == 0 and suffix == ""):
        return Change(_as_stored(number, Unit.PERCENT), relative=True)
    if suffix in _CHANGE_IN_POINTS and unit is Unit.PERCENT:
        return Change(_as_stored(number, Unit.PERCENT), relative=number == 0)
    if suffix in _CHANGE_IN_POINTS:
        return Fault(
            "unit",
            f"{shown(written)} is a change in percentage points, but {what} is in {_NAMES[unit]}.",
            "Write how much it should change relative to the baseline, for example -15%.",
        )
    points = " or, in percentage points, -2 pp" if unit is Unit.PERCENT else ""
    return Fault(
        "unit",
        f"{shown(written)} is not a change; {what} has a baseline, and its floor, target and "
        "stretch are then changes from it.",
        f"Write how much it should change, for example -15%{points}; or remove the baseline.",
    )


def parse_percent(written: object, what: str) -> float | Fault:
    """A percentage as a fraction, or the fault."""
    return parse_value(written, Unit.PERCENT, what)


def parse_dollars(written: object, what: str) -> float | Fault:
    """An amount of money in dollars, or the fault."""
    return parse_value(written, Unit.DOLLARS, what)


def _split(written: object) -> tuple[Decimal, str] | None:
    """The number and the unit as written, ``$`` counted as one; None if it is no number at all."""
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    text = written if isinstance(written, str) else format(Decimal(str(written)), "f")
    found = _VALUE.fullmatch(text.strip())
    if found is None or (found["dollar"] and found["unit"]):
        return None
    if found["unit"] and not re.match(r"[%A-Za-z]", found["unit"]):
        return None
    number = Decimal(found["number"].replace(",", ""))
    unit = found["dollar"] or " ".join(found["unit"].casefold().split())
    return (-number if found["sign"] in ("-", "−") else number), unit


def _as_stored(number: Decimal, unit: Unit) -> float:
    # By decimals: 4.1 / 100 in binary arithmetic would not be the float that 0.041 is.
    stored = round(number / 100 if unit is Unit.PERCENT else number, _DECIMALS)
    return float(stored) or 0.0  # never -0.0


def _not_a_value(written: object, instead: str) -> Fault:
    return Fault("value", f"{shown(written)} is not a value.", instead)

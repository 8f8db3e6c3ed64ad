"""Numbers as a person reads them: one formatter for page, PDF and spreadsheet.

At most three significant digits as a rule, but whole numbers and money keep all of theirs.
Rounded half-up, only here. A value that does not exist is a dash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_DECIMALS = re.compile(r"\.(\d+)")

DASH = "–"
_MINUS = "−"
_SUFFIXES = {
    "percent": "%",
    "minutes": " min",
    "seconds": " s",
    "days": " days",
    "times_per_year": " a year",
    "per_1000_visits": " per 1,000 visits",
    "per_200000_hours": " per 200,000 hours",
    "count_per_month": " a month",
}


def show(value: float | None, unit: str, *, signed: bool = False) -> str:
    """A value with its unit: ``5.12%``, ``36.3 days``, ``$41,220``; a percent is a fraction.

    ``signed`` puts a plus before what is above 0.
    """
    if value is None:
        return DASH
    exact = Decimal(repr(float(value)))
    if unit == "dollars":
        return _dollars(exact, signed)
    shown = _three_digits(exact * 100 if unit == "percent" else exact)
    suffix = " day" if unit == "days" and abs(shown) == 1 else _SUFFIXES.get(unit, "")
    return f"{_sign(shown, signed)}{_plain(abs(shown))}{suffix}"


@lru_cache(maxsize=4096)
def number_format(value: float | None, unit: str) -> str:
    """The format with which a spreadsheet shows the value as ``show`` does: ``0.00%``.

    A number that does not exist has the format of a whole one.
    """
    shown = show(value, unit)
    fraction = _DECIMALS.search(shown)
    decimals = len(fraction[1]) if fraction else 0
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if unit == "dollars":
        return f'"$"{digits};-"$"{digits}'
    if unit == "percent":
        return f"{digits}%"
    suffix = " day" if shown.endswith(" day") else _SUFFIXES.get(unit, "")
    return f'{digits}"{suffix}"' if suffix else digits


def show_change(new: float | None, old: float | None, unit: str) -> str:
    """The change from old to new with its sign; of percentages in percentage points (``pp``)."""
    if new is None or old is None:
        return DASH
    # The difference of the two as decimals, so that 0.3 - 0.1 is 0.2 and half-up is half-up.
    change = Decimal(repr(float(new))) - Decimal(repr(float(old)))
    if unit == "percent":
        shown = _three_digits(change * 100)
        return f"{_sign(shown, True)}{_plain(abs(shown))} pp"
    return show(float(change), unit, signed=True)


def show_score(score: float | None, ratings: Mapping[str, float] | None = None) -> str:
    """A score with one decimal, with more where one would show a rating that it does not reach.

    ``ratings``: the lowest score of each. 89.96 against 90 is ``89.96``, not ``90.0``.
    """
    if score is None:
        return DASH
    exact = Decimal(repr(float(score)))
    for decimals in range(1, 6):
        shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if not any(exact < limit <= shown for limit in map(_decimal, (ratings or {}).values())):
            break
    return f"{_MINUS if shown < 0 else ''}{abs(shown):,f}"


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def show_threshold(threshold: float | tuple[float, float] | None, unit: str) -> str:
    """A floor, target or stretch; of a band both ends: ``85% to 95%``."""
    if isinstance(threshold, tuple):
        return f"{show(threshold[0], unit)} to {show(threshold[1], unit)}"
    return show(threshold, unit)


def _three_digits(value: Decimal) -> Decimal:
    """Rounded half-up to three significant digits and at most two decimals, whole digits kept."""
    decimals = 2
    while decimals and abs(value) >= Decimal(10) ** (3 - decimals):
        decimals -= 1
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # 9.996 becomes 10.00, which has one digit too many now.
    if decimals and abs(rounded) >= Decimal(10) ** (3 - decimals):
        rounded = value.quantize(Decimal(1).scaleb(1 - decimals), ROUND_HALF_UP)
    return rounded


def _dollars(value: Decimal, signed: bool) -> str:
    cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = cents == cents.to_integral_value()
    return f"{_sign(cents, signed)}${abs(cents):,.{0 if whole else 2}f}"


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sign(value: Decimal, signed: bool) -> str:
    if value < 0:
        return _MINUS
    return "+" if signed and value > 0 else ""

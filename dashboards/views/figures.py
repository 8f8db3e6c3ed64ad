"""What a value is made of, in words: ``61 of 1,191``, ``$402,500 over $391,300``."""

from __future__ import annotations

from math import ceil, floor, isclose

from kpi.catalogue import measure as measure_named
from kpi.catalogue.model import Better, Kpi, Unit
from kpi.numbers import show
from kpi.role.model import Threshold
from kpi.score.model import Result


def is_money(measure: str) -> bool:
    """Whether a measure's values are dollars."""
    return measure_named(measure).money


def dataset_of(measure: str) -> str:
    """The dataset that a measure is computed from."""
    return measure_named(measure).dataset


def made_of(kpi: Kpi, result: Result) -> str:
    """What a result rests on, as the line under its value; empty where it repeats the value."""
    top, bottom, n = result.numerator, result.denominator, result.n
    counted = _counted(kpi)
    if top is None or bottom is None:
        # A count is its own numerator: repeating it says nothing.
        return f"{_number(n, False)} {counted}" if n is not None and counted else ""
    money = _in_dollars(kpi)
    paid = money or kpi.unit is Unit.DOLLARS
    said = f"{_number(top, paid)} {_joint(kpi, result)} {_number(bottom, money)}"
    if n is not None and counted:
        if isclose(n, bottom):
            return f"{said} {counted}"
        return f"{said} · {_number(n, False)} {counted}"
    return said


def to_target(kpi: Kpi, result: Result, target: Threshold) -> str:
    """How many fewer or more would have met the target, where the result counts things."""
    top, bottom, value = result.numerator, result.denominator, result.value
    if top is None or not bottom or value is None or isinstance(target, tuple):
        return ""
    if kpi.unit is not Unit.PERCENT or not _is_count(top) or not _is_count(bottom):
        return ""
    if _in_dollars(kpi) or result.n is None or not isclose(result.n, bottom):
        return ""
    inverse = isclose(value, 1 - top / bottom, abs_tol=1e-9)
    if not inverse and not isclose(value, top / bottom, abs_tol=1e-9):
        return ""
    aim = 1 - target if inverse else target
    fewer = inverse is (kpi.better is Better.HIGHER)
    # The tolerance keeps 0.05 × 1,200 = 60.00000000000001 from asking for one more.
    gap = ceil((top - aim * bottom if fewer else aim * bottom - top) - 1e-9)
    if gap <= 0:
        return ""
    aimed, words = (top - gap, "fewer") if fewer else (top + gap, "more")
    return f"{aimed:,.0f} instead of {top:,.0f} ({gap:,} {words}) would have met the target"


def _in_dollars(kpi: Kpi) -> bool:
    return bool(kpi.formula.measures) and all(is_money(each) for each in kpi.formula.measures)


def _joint(kpi: Kpi, result: Result) -> str:
    """``of`` for a share, ``against`` for a comparison of two periods, else ``over``."""
    top, bottom, value = result.numerator, result.denominator, result.value
    if top is None or not bottom or value is None:
        return "over"
    share = top / bottom
    counts_a_part = kpi.unit in (Unit.PERCENT, Unit.POINTS) and share <= 1
    if counts_a_part and any(isclose(value, each) for each in (share, 1 - share, 100 * share)):
        return "of"
    if any(isclose(value, each, abs_tol=1e-9) for each in (share - 1, 1 - share)):
        return "against"
    return "over"


def _counted(kpi: Kpi) -> str:
    """What n counts; empty where it counts months, which the period says already."""
    least = kpi.minimum
    return least.counted if least is not None and least.of is not None and not least.money else ""


def _is_count(number: float) -> bool:
    return number >= 0 and number == int(number)


def _number(value: float, money: bool) -> str:
    if money:
        # Cents say nothing of a sum of thousands; a charge a day keeps them.
        return show(float(floor(value + 0.5)) if abs(value) >= 10_000 else value, Unit.DOLLARS)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"

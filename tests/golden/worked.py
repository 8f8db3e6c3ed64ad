"""What the golden tests of all families share: a KPI's value from made-up months, and how near."""

import pytest

from kpi.catalogue import kpi
from kpi.months import Month, span
from kpi.score.facts import Facts
from kpi.score.result import result

Q1_2025 = span(Month(2025, 1), Month(2025, 3))
TOLERANCE = 5e-7  # the reference gives six decimals


def value(id: str, months: tuple[Month, ...], known: Facts) -> float:
    """The KPI's value, which has to be there."""
    found = result(kpi(id), months, known).value
    assert found is not None
    return found


def divided(id: str, months: tuple[Month, ...], known: Facts) -> tuple[float | None, float | None]:
    """What the KPI divides by what."""
    found = result(kpi(id), months, known)
    return found.numerator, found.denominator


def agrees(found: float, expected: float, *wrong: float) -> None:
    """The value is the one worked by hand, and none of the wrong answers."""
    assert found == pytest.approx(expected, abs=TOLERANCE)
    for each in wrong:
        assert found != pytest.approx(each, abs=TOLERANCE)

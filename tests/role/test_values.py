"""How values and changes may be written, in each unit."""

import pytest

from kpi.catalogue import Unit
from kpi.role.model import Change
from kpi.role.values import Fault, parse_change, parse_value

TAKEN: list[tuple[Unit, object, float]] = [
    (Unit.PERCENT, "5%", 0.05),
    (Unit.PERCENT, "4.1 %", 0.041),
    (Unit.PERCENT, "-2%", -0.02),
    (Unit.PERCENT, "−2%", -0.02),
    (Unit.PERCENT, "+2 percent", 0.02),
    (Unit.PERCENT, ".5%", 0.005),
    (Unit.PERCENT, 0, 0.0),
    (Unit.PERCENT, "0", 0.0),
    (Unit.MINUTES, "20 min", 20.0),
    (Unit.MINUTES, "20min", 20.0),
    (Unit.MINUTES, "12.5 Minutes", 12.5),
    (Unit.SECONDS, "30 s", 30.0),
    (Unit.SECONDS, "30 sec", 30.0),
    (Unit.DAYS, "35 days", 35.0),
    (Unit.DAYS, "1 day", 1.0),
    (Unit.DOLLARS, "$40,000", 40000.0),
    (Unit.DOLLARS, "$1,234,567.89", 1234567.89),
    (Unit.DOLLARS, "-$40", -40.0),
    (Unit.COUNT, 4.2, 4.2),
    (Unit.COUNT, "1,200", 1200.0),
    (Unit.POINTS, 85, 85.0),
    (Unit.POINTS, "85 points", 85.0),
    (Unit.TIMES_PER_YEAR, "12 a year", 12.0),
    (Unit.TIMES_PER_YEAR, "10.5 times per year", 10.5),
    (Unit.TIMES_PER_YEAR, 12, 12.0),
    (Unit.PER_1000_VISITS, "3 per 1,000 visits", 3.0),
    (Unit.PER_1000_VISITS, 3.5, 3.5),
    (Unit.PER_200000_HOURS, "2.5 per 200,000 hours", 2.5),
    (Unit.COUNT_PER_MONTH, "120 a month", 120.0),
]

REFUSED: list[tuple[Unit, object, str, str]] = [
    (Unit.PERCENT, 5, "unit", "Write it in percent, for example 5%."),
    (Unit.PERCENT, 0.05, "unit", "Write it in percent, for example 5%."),
    (Unit.PERCENT, "5 min", "unit", "Write it in percent, for example 5%."),
    (Unit.MINUTES, "20 s", "unit", "Write it in minutes, for example 20 min."),
    (Unit.MINUTES, "20", "unit", "Write it in minutes, for example 20 min."),
    (Unit.DAYS, "5 weeks", "unit", "Write it in days, for example 35 days."),
    (Unit.DOLLARS, "40,000", "unit", "Write it in dollars, for example $40,000."),
    (Unit.COUNT, "$4", "unit", "Write it in plain numbers, for example 4.2."),
    (Unit.COUNT, "4%", "unit", "Write it in plain numbers, for example 4.2."),
    (Unit.POINTS, "85%", "unit", "Write it in points, for example 85."),
    (Unit.PERCENT, "-2 pp", "unit", "Write the value itself, for example 5%, or add a baseline."),
    (Unit.PERCENT, "five", "value", "Write a value such as 5%."),
    (Unit.PERCENT, "5..1%", "value", "Write a value such as 5%."),
    (Unit.DOLLARS, "$40,00", "value", "Write a value such as $40,000."),
    (Unit.DOLLARS, "$40 %", "value", "Write a value such as $40,000."),
    (Unit.COUNT, True, "value", "Write a value such as 4.2."),
    (Unit.COUNT, None, "value", "Write a value such as 4.2."),
    (Unit.COUNT, [4], "value", "Write a value such as 4.2."),
    (Unit.COUNT, float("inf"), "value", "Write a value such as 4.2."),
    (Unit.COUNT, float("nan"), "value", "Write a value such as 4.2."),
    (Unit.COUNT, 1e300, "value", "Write a value such as 4.2."),
    (Unit.COUNT, "٤", "value", "Write a value such as 4.2."),
    (Unit.COUNT, "", "value", "Write a value such as 4.2."),
]


@pytest.mark.parametrize(("unit", "written", "value"), TAKEN)
def test_a_value_in_its_unit(unit: Unit, written: object, value: float) -> None:
    assert parse_value(written, unit, "it") == value


@pytest.mark.parametrize(("unit", "written", "rule", "remedy"), REFUSED)
def test_a_value_that_cannot_be_taken(unit: Unit, written: object, rule: str, remedy: str) -> None:
    found = parse_value(written, unit, "it")
    assert isinstance(found, Fault)
    assert (found.rule, found.remedy) == (rule, remedy)


@pytest.mark.parametrize(
    ("unit", "written", "change"),
    [
        (Unit.MINUTES, "-15%", Change(-0.15, relative=True)),
        (Unit.DOLLARS, "+10 %", Change(0.1, relative=True)),
        (Unit.PERCENT, "-15%", Change(-0.15, relative=True)),
        (Unit.PERCENT, "-2 pp", Change(-0.02, relative=False)),
        (Unit.PERCENT, "1.5 percentage points", Change(0.015, relative=False)),
        (Unit.PERCENT, "0 pp", Change(0.0, relative=True)),
        (Unit.MINUTES, "0%", Change(0.0, relative=True)),
        (Unit.MINUTES, 0, Change(0.0, relative=True)),
    ],
)
def test_a_change_from_a_baseline(unit: Unit, written: object, change: Change) -> None:
    assert parse_change(written, unit, "it") == change


@pytest.mark.parametrize(
    ("unit", "written", "words"),
    [
        (Unit.MINUTES, "12 min", "is not a change"),
        (Unit.MINUTES, -15, "is not a change"),
        (Unit.MINUTES, "-2 pp", "in percentage points, but it is in minutes"),
        (Unit.MINUTES, "less", "is not a value"),
    ],
)
def test_what_is_no_change(unit: Unit, written: object, words: str) -> None:
    found = parse_change(written, unit, "it")
    assert isinstance(found, Fault)
    assert words in found.message

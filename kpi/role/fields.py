"""The kinds of values that a role file's keys hold, each with what is said when it is another."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from kpi.catalogue.model import Unit
from kpi.errors import InputError
from kpi.months import Month
from kpi.role.findings import shown
from kpi.role.values import Fault, parse_dollars, parse_percent, value_pattern

HIGHEST_SCORE: Final = 120.0


def refuse(rule: str, message: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(rule, "{message}", {"message": message, "remedy": remedy})


def _checked(found: float | Fault) -> float:
    if isinstance(found, Fault):
        raise refuse(found.rule, found.message, found.remedy)
    return found


def _month(written: object) -> Month:
    if isinstance(written, str):
        try:
            return Month.parse(written)
        except InputError:
            pass
    raise refuse(
        "month", f"{shown(written)} is not a month.", "Write year and month, as in 2026-01."
    )


def _day(written: object) -> date:
    if isinstance(written, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise refuse(
        "date", f"{shown(written)} is not a date.", "Write year, month and day, as in 2025-12-10."
    )


def _version(written: object) -> str:
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        raise refuse(
            "version",
            "version is a number here, and a number may change when it is read (2026.10 becomes "
            "2026.1).",
            'Put it in quotes, as in "2026.1".',
        )
    if isinstance(written, str) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", written):
        return written
    raise refuse(
        "version",
        f"{shown(written)} cannot be a version.",
        'Write a short text in quotes, of letters, digits, points and hyphens, as in "2026.1".',
    )


def _coverage(written: object) -> float:
    share = _checked(parse_percent(written, "minimum_coverage"))
    return _from_0_to_100(share, "minimum_coverage", "80%")


def _bonus_target(written: object) -> float:
    return _not_negative(_checked(parse_percent(written, "the bonus")), "10%")


def _bonus_share(written: object) -> float:
    return _not_negative(_checked(parse_percent(written, "a share of the bonus")), "50%")


def _from_0_to_100(share: float, what: str, example: str) -> float:
    if 0 <= share <= 1:
        return share
    raise refuse("range", f"{what} lies between 0% and 100%.", f"Write for example {example}.")


def _not_negative(share: float, example: str) -> float:
    if share >= 0:
        return share
    raise refuse("range", "It cannot be less than 0%.", f"Write for example {example}.")


def _dollars(written: object) -> float:
    amount = _checked(parse_dollars(written, "pay"))
    if amount <= 0:
        raise refuse("range", "Pay is more than nothing.", 'Write for example "$62,000".')
    return amount


def _pay_range(amounts: list[float]) -> list[float]:
    if amounts[0] > amounts[1]:
        raise refuse(
            "pay-range", "The range begins above its end.", "Write the lower amount first."
        )
    return amounts


def _written(pattern: str, example: str) -> WithJsonSchema:
    """What the schema for editors says of a text of our own, which is read by a function here."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


_PERCENT = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "pattern": value_pattern(Unit.PERCENT)},
            {"type": "number", "const": 0},
        ],
        "examples": ["80%"],
    }
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
MonthText = Annotated[
    Any, AfterValidator(_month), _written(r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", "2026-01")
]
DayText = Annotated[
    Any, AfterValidator(_day),
    _written(r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "2025-12-10"),
]  # fmt: skip
Listed = Annotated[list[Text], Field(min_length=1)]
Points = Annotated[float, Field(ge=0, le=HIGHEST_SCORE)]
Coverage = Annotated[Any, AfterValidator(_coverage), _PERCENT]
BonusTarget = Annotated[Any, AfterValidator(_bonus_target), _PERCENT]
BonusShare = Annotated[Any, AfterValidator(_bonus_share), _PERCENT]
Version = Annotated[
    Any, AfterValidator(_version), _written(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", "2026.1")
]
Dollars = Annotated[Any, AfterValidator(_dollars), _written(value_pattern(Unit.DOLLARS), "$62,000")]
PayRange = Annotated[list[Dollars], Field(min_length=2, max_length=2), AfterValidator(_pay_range)]
KpiIds = list[Text]
CustomId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]

"""Section 7 of a role as figures: the pay range and what earns a bonus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kpi.role.model import Role
from kpi.role.values import Fault, parse_dollars, parse_percent


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """What earns a bonus. ``target``: the full bonus as a fraction of base pay. ``schedule``: from
    which score on which fraction of it is paid, lowest score first. ``requires``: KPIs whose target
    must be met. ``yearly_pay``: lowest and highest pay of a year in dollars."""

    target: float | None
    schedule: tuple[tuple[float, float], ...]
    requires: tuple[str, ...]
    yearly_pay: tuple[float, float] | None


def bonus_terms(role: Role) -> BonusTerms | None:
    """The bonus of a role; None where it has none."""
    section: dict[str, Any] = role.document["compensation"]
    bonus = section.get("bonus")
    if not bonus:
        return None
    steps = (
        (float(step["score"]), _figure(parse_percent(step["share"], "a share of the bonus")))
        for step in bonus.get("schedule") or ()
    )
    return BonusTerms(
        target=None
        if bonus.get("target") is None
        else _figure(parse_percent(bonus["target"], "the bonus")),
        schedule=tuple(sorted(steps)),
        requires=tuple(bonus.get("requires") or ()),
        yearly_pay=_range(section),
    )


def _range(section: dict[str, Any]) -> tuple[float, float] | None:
    """Pay by the hour depends on the hours, which no role file knows."""
    if section.get("range") is None or section.get("per") != "year":
        return None
    low, high = (_figure(parse_dollars(each, "pay")) for each in section["range"])
    return low, high


def _figure(parsed: float | Fault) -> float:
    assert not isinstance(parsed, Fault), parsed.message  # a role without errors has none
    return parsed

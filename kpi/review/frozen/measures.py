"""The measures that a score was computed from, as JSON, and back: exactly as they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from kpi.months import Month
from kpi.score.facts import Facts, MonthState, State

_Value = TypeVar("_Value")


def facts_json(facts: Facts) -> dict[str, Any]:
    """The facts as JSON: months as texts. Of a month's state what goes without saying is left out.

    ``facts_from`` gives the same facts again.
    """
    return {
        "values": {name: _by_text(months) for name, months in facts.values.items()},
        "histograms": {
            name: {
                str(month): {str(minutes): count for minutes, count in counts.items()}
                for month, counts in months.items()
            }
            for name, months in facts.histograms.items()
        },
        "states": {
            dataset: {str(month): _state(each) for month, each in months.items()}
            for dataset, months in facts.states.items()
        },
        "obstacles": {name: _by_text(months) for name, months in facts.obstacles.items()},
        "bases": _by_text(facts.bases),
        "first_filled": {name: str(month) for name, month in facts.first_filled.items()},
    }


def facts_from(measures: Mapping[str, Any]) -> Facts:
    """The facts that ``facts_json`` was given."""
    return Facts(
        values={name: _by_month(months) for name, months in measures["values"].items()},
        histograms={
            name: {
                Month.parse(month): {int(minutes): count for minutes, count in counts.items()}
                for month, counts in months.items()
            }
            for name, months in measures["histograms"].items()
        },
        states={
            dataset: {Month.parse(month): _month_state(each) for month, each in months.items()}
            for dataset, months in measures["states"].items()
        },
        obstacles={name: _by_month(months) for name, months in measures["obstacles"].items()},
        bases=_by_month(measures["bases"]),
        first_filled={name: Month.parse(month) for name, month in measures["first_filled"].items()},
    )


def _by_text(months: Mapping[Month, _Value]) -> dict[str, _Value]:
    return {str(month): value for month, value in months.items()}


def _by_month(months: Mapping[str, _Value]) -> dict[Month, _Value]:
    return {Month.parse(month): value for month, value in months.items()}


def _state(each: MonthState) -> dict[str, Any]:
    said = {
        "note": each.note,
        "attested": each.attested,
        "pending": each.pending,
        "unconfirmed": sorted(each.unconfirmed),
        "rows": each.rows,
        "quarantined": each.quarantined,
        "last_day": each.last_day,
    }
    return {"state": each.state.value, **{name: value for name, value in said.items() if value}}


def _month_state(said: Mapping[str, Any]) -> MonthState:
    return MonthState(
        State(said["state"]),
        said.get("note", ""),
        attested=said.get("attested", False),
        pending=said.get("pending", False),
        unconfirmed=frozenset(said.get("unconfirmed", ())),
        rows=said.get("rows", 0),
        quarantined=said.get("quarantined", 0),
        last_day=said.get("last_day"),
    )

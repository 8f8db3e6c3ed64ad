"""A development plan in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboards.views.cards import Card
from dashboards.views.words import count_of
from kpi.numbers import DASH
from kpi.report.changes import day_words
from kpi.review.cycle.plan import PlanAction

HEADINGS = ("Action", "KPI", "Owner", "Due", "State")
STATE: dict[str, str] = {"open": "Open", "done": "Done", "dropped": "Dropped"}


def plan_cards(found: Sequence[PlanAction], names: Mapping[str, str], today: date) -> list[Card]:
    """A line an action: open ones first, by the day they are due."""
    return [
        Card(
            each.action,
            "",
            (
                names.get(each.kpi, each.kpi) if each.kpi else DASH,
                each.owner,
                (day_words(each.due), _late(each, today)),
                (STATE[each.state], f"{each.by}, {each.at[:10]}"),
            ),
        )
        for each in found
    ]


def summary(found: Sequence[PlanAction], today: date) -> str:
    """How many actions are open and late, in a sentence."""
    running = [each for each in found if each.state == "open"]
    late = sum(each.due < today for each in running)
    said = f"{count_of(len(running), 'action')} open"
    if late:
        said += f", {late} late"
    return f"{said}. What is open stands in each review until it is done or dropped."


def action_words(each: PlanAction) -> str:
    """An action in a list to choose from."""
    return f"{each.action[:80]} ({STATE[each.state].lower()}, due {day_words(each.due)})"


def _late(each: PlanAction, today: date) -> str:
    if each.state != "open" or each.due >= today:
        return ""
    return f"{count_of((today - each.due).days, 'day')} late"

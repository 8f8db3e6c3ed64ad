"""Reading a scorecard document: the one plain dict that every rendering is made of.

``docs/scorecard.schema.json`` says what it holds. A renderer takes it and nothing else, no
database and no clock, so that a final review gives the same bytes for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kpi.months import NAMES, Month, period_words
from kpi.numbers import DASH

Document = Mapping[str, Any]

FAMILIES = {
    "financial": "Financial",
    "operational": "Operational",
    "satisfaction": "Satisfaction",
    "compliance": "Compliance",
    "own": "This role's own KPIs",
}


def is_final(document: Document) -> bool:
    """Whether it is a final review's, frozen, and no draft."""
    review = document.get("review")
    return review is not None and review["state"] == "final"


def period(document: Document) -> str:
    """``January to March 2026``."""
    return period_words(Month.parse(document["from"]), Month.parse(document["to"]))


def ratings(document: Document) -> Mapping[str, float]:
    """The lowest score of each rating, by the role version that rates."""
    versions = document.get("versions") or []
    return versions[-1].get("ratings") or {} if versions else {}


def names(document: Document) -> dict[str, str]:
    """What each KPI of the scorecard is called."""
    return {each["id"]: each["name"] for each in document["kpis"]}


def named(document: Document, kpi: str | None) -> str:
    """A KPI's name; of one that is not on the scorecard its id in words."""
    if kpi is None:
        return "Every KPI without a gate"
    return names(document).get(kpi) or kpi.replace("_", " ")


def threshold(value: float | Sequence[float] | None) -> float | tuple[float, float] | None:
    """A floor, target or stretch as the formatter takes it: of a band both ends."""
    if value is None or isinstance(value, int | float):
        return value
    low, high = value
    return float(low), float(high)


def moment_words(document: Document, at: str | None) -> str:
    """A moment by the practice's own clock: ``15 April 2026, 09:20``; a day stays a day."""
    if not at:
        return ""
    if "T" not in at:
        year, month, day = (int(part) for part in at.split("-"))
        return f"{day} {NAMES[month - 1]} {year}"
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(
        ZoneInfo(document.get("timezone") or "UTC")
    )
    return f"{local.day} {NAMES[local.month - 1]} {local.year}, {local:%H:%M}"


def months_words(months: Sequence[str]) -> str:
    """``January 2026, March 2026``; what follows one another from three on as a span."""
    parsed = sorted(Month.parse(each) for each in months)
    if len(parsed) > 2 and parsed[-1] == parsed[0] + (len(parsed) - 1):
        return period_words(parsed[0], parsed[-1])
    return ", ".join(each.words for each in parsed)


def month_words(text: str | None) -> str:
    """``March 2026`` of ``2026-03``; a day stays as it is, and nothing is a dash."""
    if not text:
        return DASH
    return Month.parse(text).words if len(text) == len("2026-03") else text

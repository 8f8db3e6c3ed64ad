"""What changed a KPI since a day: what the page shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.views.figures import made_of
from kpi.catalogue.model import Kpi
from kpi.report.changes import closing, happened, moment, opening, standing
from kpi.review.explained.since import Change, Since
from kpi.score.model import Result, Status

MOST = 12
"""Changes that are shown at once, the newest first."""

_USUAL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: ``From 4.9% to 5.1%``, what both are made of, what happened, when and by whom."""

    moved: str
    made: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class SinceView:
    """What the figure was and what it is now, in words, and the changes, the newest first."""

    said: str
    lines: tuple[ChangeLine, ...]


def usual_day(today: date) -> date:
    """The day that the section begins with where nobody has chosen one."""
    return today - _USUAL


def since_view(found: Since, every: bool = True) -> SinceView:
    """All of the section below its choice; without ``every`` only the newest changes."""
    changes = found.changes[::-1] if every else found.changes[::-1][:MOST]
    zone = found.assignment.practice.timezone
    return SinceView(
        f"{opening(found)} {closing(found)}",
        tuple(_line(each, found.kpi, zone) for each in changes),
    )


def _line(change: Change, kpi: Kpi, zone: str) -> ChangeLine:
    before, after = standing(change.before, kpi.unit), standing(change.after, kpi.unit)
    made = [each for each in (_made(kpi, change.before), _made(kpi, change.after)) if each]
    by = f", by {change.event.actor}" if change.event.actor else ""
    return ChangeLine(
        f"From {before} to {after}",
        " → ".join(made),
        happened(change),
        f"{moment(change.event.at, zone)}{by}",
    )


def _made(kpi: Kpi, found: Result) -> str:
    return made_of(kpi, found) if found.status is Status.SCORED else ""

"""Ratings and the bonus against the highest score that the targets allow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeGuard

from kpi.role.read import RATINGS
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule
from kpi.role.values import parse_percent

_SCHEDULE = ("compensation", "bonus", "schedule")


def highest_score(draft: Draft) -> float | None:
    """The score with every KPI at its best: 120 with a stretch, 100 without one. None while the
    targets cannot all be read or their weights do not add up to 100."""
    if len(draft.targets) < len(draft.listed("performance_metrics", "kpis")):
        return None
    total = sum(target.weight for target in draft.targets)
    if abs(total - 100) > 1e-6:
        return None
    best = sum(
        target.weight * (100.0 if target.stretch is None else 120.0) for target in draft.targets
    )
    return round(best / total, 9)


class RatingOutOfReach(Rule):
    """A rating that nobody can get."""

    id = "rating-out-of-reach"
    section = "Targets"
    finds = "A rating begins above the highest score that the targets allow."
    instead = "Let the rating begin lower, or give more KPIs a stretch."
    reason = (
        "A KPI without a stretch earns 100 at most. With few of them the best score stays under "
        "the best rating, and an outstanding year is called something less."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        most = highest_score(draft)
        if most is None:
            return
        path: tuple[str, ...] = ("performance_metrics", "ratings")
        given = draft.table(*path)
        written = draft.document["performance_metrics"].get("ratings") if given else RATINGS
        for name, score in written.items():
            if _number(score) and score > most:
                usual = "" if given else " (the usual ratings hold, as none are given)"
                yield Found(
                    (*path, name),
                    f"'{name}' begins at {score:g}{usual}, and the highest score that can be "
                    f"reached is {most:g}.",
                )


class BonusOutOfReach(Rule):
    """A step of the bonus that nobody can get."""

    id = "bonus-out-of-reach"
    section = "Compensation"
    finds = "A step of the bonus begins above the highest score that the targets allow."
    instead = "Let the step begin lower, or give more KPIs a stretch."
    reason = "A bonus that cannot be earned is a promise that cannot be kept."

    def check(self, draft: Draft) -> Iterator[Found]:
        most = highest_score(draft)
        for number, step in _steps(draft):
            score = step.get("score")
            if most is not None and _number(score) and score > most:
                yield Found(
                    (*_SCHEDULE, number, "score"),
                    f"This step begins at {score:g}, and the highest score that can be reached is "
                    f"{most:g}.",
                )


class BonusOrder(Rule):
    """Steps that go down where they should go up."""

    id = "bonus-order"
    section = "Compensation"
    finds = "The steps of the bonus are out of order: a higher score earns less, or comes first."
    instead = "Write the steps from the lowest score up, each with a larger share."
    reason = "Where a better score earns less, it pays to do worse just before the review."

    def check(self, draft: Draft) -> Iterator[Found]:
        for (_, before), (number, step) in pairwise(_steps(draft)):
            low, high = before.get("score"), step.get("score")
            if _number(low) and _number(high) and high <= low:
                yield Found(
                    (*_SCHEDULE, number, "score"),
                    f"The step at {high:g} comes after the one at {low:g}.",
                )
                continue
            less, more = _share(before.get("share")), _share(step.get("share"))
            if less is not None and more is not None and more < less:
                yield Found(
                    (*_SCHEDULE, number, "share"),
                    f"This step pays {more:g}% of the bonus, less than the {less:g}% of the one "
                    "before.",
                )


def _steps(draft: Draft) -> list[tuple[int, dict[str, Any]]]:
    """The steps of the schedule with their positions; what is no step is left out."""
    return [
        (number, draft.document["compensation"]["bonus"]["schedule"][number])
        for number in draft.listed(*_SCHEDULE)
        if draft.table(*_SCHEDULE, number) is not None
    ]


def _share(written: object) -> float | None:
    """A share as a percentage; None where it is none, which the reader says."""
    found = parse_percent(written, "a share of the bonus")
    return found * 100 if isinstance(found, float) else None


def _number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

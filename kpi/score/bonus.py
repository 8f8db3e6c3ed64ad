"""The bonus that a role's compensation section gives for a score, and why, in sentences.

Steps are thresholds: the highest one reached pays its share of the full bonus, below the first
nothing is paid, and between two nothing is added. The decided rating rules: where it is not the one
that the score indicates, the schedule goes by the score of its band that lies nearest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kpi.catalogue import Unit
from kpi.errors import InputError
from kpi.months import period_words
from kpi.numbers import show, show_score
from kpi.role.compensation import BonusTerms
from kpi.score.attainment import meets_target
from kpi.score.model import KpiScore, Score, Status

_TOLERANCE = 1e-9
RequiredState = Literal["met", "missed", "unknown", "excused"]


@dataclass(frozen=True, slots=True)
class Required:
    """A KPI whose target must be met for any bonus. ``excused``: excluded by HR, or not asked."""

    kpi: str
    name: str
    state: RequiredState


@dataclass(frozen=True, slots=True)
class Bonus:
    """A period's bonus. ``share``: of the full bonus, None where it cannot be said.

    ``counted``: the score that the schedule goes by; ``under``: it goes by what lies just under
    ``counted``, the decided rating being a lower one. ``of_pay``: the fraction of the base pay of
    ``months``. ``between``: the same in dollars over the role's pay range. ``amount``: in dollars
    for a known base pay of these months.
    """

    share: float | None
    counted: float | None
    under: bool
    target: float | None
    of_pay: float | None
    months: int
    between: tuple[float, float] | None
    amount: float | None
    required: tuple[Required, ...]
    sentences: tuple[str, ...]


def bonus(
    terms: BonusTerms,
    score: Score,
    decided: str | None = None,
    base_pay: float | None = None,
) -> Bonus:
    """The bonus of a score under a role's terms.

    ``decided``: the rating that people decided; None: the one that the score indicates.
    ``base_pay``: dollars of base pay earned in the months that score. Raises InputError for a
    rating that the role does not have and for pay that is not positive.
    """
    if base_pay is not None and not (math.isfinite(base_pay) and base_pay > 0):
        raise InputError("Base pay is dollars above zero, earned in the months that are scored.")
    months = sum(len(each.months) for each in score.versions)
    required = tuple(_required(id, score) for id in terms.requires)
    counted, under, moved = _counted(score, decided)
    share = _share(terms, counted, required, under=under)
    of_pay = None if share is None or terms.target is None else share * terms.target
    between = None
    if of_pay is not None and terms.yearly_pay is not None:
        low, high = (of_pay * pay * months / 12 for pay in terms.yearly_pay)
        between = low, high
    found = Bonus(
        share=share,
        counted=counted,
        under=under,
        target=terms.target,
        of_pay=of_pay,
        months=months,
        between=between,
        amount=None if of_pay is None or base_pay is None else of_pay * base_pay,
        required=required,
        sentences=(),
    )
    return replace(found, sentences=(*moved, *_sentences(found, terms, score, base_pay)))


def _counted(score: Score, decided: str | None) -> tuple[float | None, bool, tuple[str, ...]]:
    """The score that the schedule goes by, whether what lies just under it counts, and why."""
    value, ratings = score.score, score.versions[-1].ratings
    if decided is not None and decided != "below" and decided not in ratings:
        raise InputError(
            f"'{decided}' is no rating of this role; it has {', '.join([*ratings, 'below'])}."
        )
    if value is None or decided is None:
        return value, False, ()
    low, high = _band(ratings, decided)
    if value < low and not math.isclose(value, low, rel_tol=_TOLERANCE):
        return low, False, (
            f"The rating was decided as {decided}, which begins at {show_score(low)}: the bonus "
            f"goes by that score, not by {show_score(value, ratings)}.",
        )  # fmt: skip
    if value >= high or math.isclose(value, high, rel_tol=_TOLERANCE):
        return high, True, (
            f"The rating was decided as {decided}, which ends under {show_score(high)}: the bonus "
            f"goes by a score just under it, not by {show_score(value, ratings)}.",
        )  # fmt: skip
    return value, False, ()


def _band(ratings: Mapping[str, float], decided: str) -> tuple[float, float]:
    """From which score on a rating is given, and under which."""
    low = ratings.get(decided, -math.inf)
    above = [each for name, each in ratings.items() if each > low and name != decided]
    return low, min(above, default=math.inf)


def _share(
    terms: BonusTerms, counted: float | None, required: tuple[Required, ...], *, under: bool
) -> float | None:
    if counted is None or not terms.schedule:
        return None
    reached = [share for step, share in terms.schedule if _reaches(counted, step, under=under)]
    if not reached or any(each.state == "missed" for each in required):
        return 0.0
    return None if any(each.state == "unknown" for each in required) else reached[-1]


def _reaches(counted: float, step: float, *, under: bool) -> bool:
    near = math.isclose(counted, step, rel_tol=_TOLERANCE)
    return (counted > step and not near) if under else (counted >= step or near)


def _required(id: str, score: Score) -> Required:
    row = next((each for each in score.rows if each.kpi.id == id), None)
    if row is None:
        return Required(id, id, "excused")
    return Required(id, row.kpi.name, _state(row, score))


def _state(row: KpiScore, score: Score) -> RequiredState:
    if row.status in (Status.EXCLUDED, Status.NOT_IN_FORCE):
        return "excused"
    gate = next((each for each in score.gates if each.kpi == row.kpi.id), None)
    if gate is not None and gate.state != "held":
        return "missed" if gate.state == "breached" else "unknown"
    if row.result.pending:
        return "unknown"
    if row.status is Status.NOT_APPLICABLE:
        return "met"
    if row.result.value is None:
        return "unknown"
    # As a gate is: a miss of any version's target that was in force is a miss.
    targets = [part.target for part in row.parts] or [row.target]
    met = all(meets_target(row.result.value, target, row.kpi.better) for target in targets)
    return "met" if met else "missed"


def _sentences(
    found: Bonus, terms: BonusTerms, score: Score, base_pay: float | None
) -> Iterator[str]:
    if score.score is None:
        yield "There is no score, so the bonus cannot be said."
        return
    if not terms.schedule:
        yield "The role names a bonus but no schedule: what a score earns is for people to say."
        return
    steps = "; ".join(
        f"from {show_score(step)} on {show(share, Unit.PERCENT)}" for step, share in terms.schedule
    )
    yield f"The role pays of the full bonus {steps}."
    for each in found.required:
        yield f"{_REQUIRED[each.state].format(each.name)}"
    if found.share is None:
        return
    missed = any(each.state == "missed" for each in found.required)
    counted = score.score if found.counted is None else found.counted
    shown = show_score(counted, score.versions[-1].ratings)
    if not missed:
        yield (
            f"A score {'just under' if found.under else 'of'} {shown} earns "
            f"{show(found.share, Unit.PERCENT)} of it."
        )
    if found.target is None or found.of_pay is None:
        yield "The role does not say how large the full bonus is."
        return
    when = period_words(score.first, score.last)
    yield (
        f"The full bonus is {show(found.target, Unit.PERCENT)} of base pay, so this is "
        f"{show(found.of_pay, Unit.PERCENT)} of the base pay of {when} "
        f"({found.months} month{'' if found.months == 1 else 's'})."
    )
    if found.amount is not None:
        yield (
            f"On base pay of {show(base_pay, Unit.DOLLARS)} in these months that is "
            f"{show(found.amount, Unit.DOLLARS)}."
        )
    elif found.between is not None and found.of_pay:
        low, high = found.between
        yield (
            f"Over the role's pay range that is {show(low, Unit.DOLLARS)} to "
            f"{show(high, Unit.DOLLARS)}."
        )


_REQUIRED: dict[RequiredState, str] = {
    "met": "{} meets its target, which any bonus requires.",
    "missed": "{} misses its target, which any bonus requires: no bonus is paid.",
    "unknown": "{} is not settled yet, and any bonus requires its target to be met.",
    "excused": "{} is not judged in this period, so the bonus does not hang on it.",
}

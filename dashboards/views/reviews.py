"""The list of reviews: by stage, whose turn it is, how long there is and what is in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.views.direction import isolated
from dashboards.views.words import count_of
from kpi.months import period_words
from kpi.report.words import rating_name
from kpi.review.cycle.listing import TURN, ReviewListed
from kpi.review.cycle.opening import Due
from kpi.review.cycle.reviews import Review
from kpi.review.cycle.table import State

Notes = tuple[str, ...]
"""What is in the way of a review, or was restated since, each in a sentence."""

STAGES: dict[State, tuple[str, str]] = {
    State.OPEN: ("Open", "The manager comments and hands the self-assessment in."),
    State.SELF_ASSESSED: (
        "Self-assessed",
        "A physician of the practice comments, decides the rating and signs.",
    ),
    State.SUPERVISED: ("Supervised", "The manager answers, then acknowledges or contests."),
    State.CONTESTED: ("Contested", "HR answers the contest in writing, then confirms."),
    State.ACKNOWLEDGED: ("Acknowledged", "HR confirms the rating and makes the review final."),
    State.FINAL: ("Final", "Frozen. Nothing changes these any more but a reopening by HR."),
}
"""What each state is called, and who does what next."""

HEADINGS = ("Manager", "Practice", "Period", "Due", "In the way of being final")
FINAL_HEADINGS = ("Manager", "Practice", "Period", "Rating", "Since")
LISTED = (
    "Review", "Stage", "Manager", "Practice", "Period", "Due", "Rating",
    "In the way of being final, or restated since",
)  # fmt: skip
"""The headings of all stages as one list."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of the list. ``notes`` None: not known yet."""

    number: int
    assignment: int
    manager: str
    practice: str
    period: str
    due: str
    overdue: bool
    rating: str
    notes: Notes | None


@dataclass(frozen=True, slots=True)
class Stage:
    """The reviews of one stage. ``own``: the next step is the reader's."""

    state: State
    heading: str
    next_step: str
    own: bool
    lines: tuple[ReviewLine, ...]


def stages(
    found: Sequence[ReviewListed], kind: str, notes: Mapping[int, Notes] | None = None
) -> list[Stage]:
    """The reviews by stage, those whose next step is the reader's first, final ones last.

    ``notes``: by a review's number, where they are known by now.
    """
    by_state: dict[State, list[ReviewLine]] = {}
    for each in found:
        line = _line(each, (notes or {}).get(each.review.number))
        by_state.setdefault(each.review.state, []).append(line)
    shown = [
        Stage(state, *STAGES[state], TURN.get(state) == kind, tuple(by_state[state]))
        for state in STAGES
        if state in by_state
    ]
    return sorted(shown, key=lambda each: (not each.own, each.state is State.FINAL))


def listed_rows(found: Sequence[Stage]) -> list[tuple[str, ...]]:
    """All stages as one list."""
    return [
        (
            str(line.number), stage.heading, line.manager, line.practice, line.period, line.due,
            line.rating, "; ".join(line.notes or ()),
        )
        for stage in found
        for line in stage.lines
    ]  # fmt: skip


def days_words(days: int | None) -> str:
    """``12 days left``, ``due today``, ``3 days late``; empty where nothing is due any more."""
    if days is None:
        return ""
    if days == 0:
        return "due today"
    return f"{count_of(days, 'day')} left" if days > 0 else f"{count_of(-days, 'day')} late"


def summary(found: Sequence[ReviewListed], kind: str, due: int) -> str:
    """How many reviews there are and how many wait for the reader, in a sentence."""
    running = [each for each in found if each.review.state is not State.FINAL]
    own = sum(TURN.get(each.review.state) == kind for each in running)
    late = sum((each.days_left or 0) < 0 for each in running)
    parts = [f"{count_of(len(running), 'review')} under way" if running else "No review under way"]
    if running:
        parts.append(f"{own or 'none'} {'waits' if own < 2 else 'wait'} for you")
    if late:
        parts.append(f"{late} late")
    if due:
        parts.append(f"{due} to be opened")
    return f"{', '.join(parts)}."


def due_words(due: Due, with_practice: bool = True) -> str:
    """``Dana Whitfield, Lakeside: April to June 2026``."""
    who = isolated(due.assignment.manager.name)
    place = f", {isolated(due.assignment.practice.name)}" if with_practice else ""
    return f"{who}{place}: {period_words(due.first, due.last)}"


def review_words(review: Review) -> str:
    """``Review 12``, ``Review 12, version 2``."""
    return f"Review {review.number}" + (f", version {review.version}" if review.version > 1 else "")


def _line(each: ReviewListed, notes: Notes | None) -> ReviewLine:
    review = each.review
    return ReviewLine(
        number=review.number,
        assignment=review.assignment.number,
        manager=review.assignment.manager.name,
        practice=review.assignment.practice.name,
        period=period_words(review.first, review.last),
        due=days_words(each.days_left),
        overdue=(each.days_left or 0) < 0,
        rating=rating_name(review.rating) if review.rating else "",
        notes=notes,
    )

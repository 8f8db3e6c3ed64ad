"""The list of scorecards of a period, for HR."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.words import count_of
from kpi.access.managers import Assignment
from kpi.numbers import DASH, show, show_score
from kpi.report.words import rating_words, ratings_of, reach_words
from kpi.review.scores.scoring import ManagerScore
from kpi.score.model import Status


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    """One manager's scorecard of a period, or why there is none."""

    assignment: int
    manager: str
    practice: str
    score: str
    range: str
    rating: str
    coverage: str
    status: str
    detail: str


def scorecard_line(
    assignment: Assignment, found: ManagerScore | None, problem: str = ""
) -> ScorecardLine:
    """A line of the list; ``problem`` says why there is no scorecard."""
    names = (assignment.number, assignment.manager.name, assignment.practice.name)
    if found is None:
        return ScorecardLine(*names, DASH, DASH, DASH, DASH, "No scorecard", problem)
    score = found.score
    ratings = ratings_of(score)
    spread = ""
    if score.range is not None and score.coverage < 1:
        spread = " to ".join(show_score(end, ratings) for end in score.range)
    status, detail = _status(found)
    return ScorecardLine(
        *names,
        f"{show_score(score.score, ratings)} {reach_words(score)}".rstrip(),
        spread or DASH,
        rating_words(score) or DASH,
        show(score.coverage, "percent"),
        status,
        detail,
    )


def _status(found: ManagerScore) -> tuple[str, str]:
    """Whether a review of the period could be closed, and what stands in its way."""
    score = found.score
    lacking = [row.kpi.name for row in score.rows if row.status is Status.NO_DATA]
    if lacking:
        return "Waits for data", f"{count_of(len(lacking), 'KPI')}: {', '.join(lacking)}"
    gates = [gate for gate in score.gates if gate.state in ("pending", "unknown")]
    if gates:
        return "Waits for a decision", f"{count_of(len(gates), 'gate')} not settled"
    if score.score is None:
        return "No score", score.reason or ""
    return "Complete", ""


HEADINGS = ("Manager", "Practice", "Score", "Range", "Indicated", "Coverage", "Status",
            "What is open")  # fmt: skip


def cells(line: ScorecardLine) -> tuple[str, ...]:
    """The line as a row of the table; the first cell leads to the manager's overview."""
    return (
        line.manager, line.practice, line.score, line.range, line.rating, line.coverage,
        line.status, line.detail,
    )  # fmt: skip

"""Every role at every practice, for HR: what is in force, what comes, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.views.cards import Cell
from dashboards.views.direction import isolated
from dashboards.views.role_findings import findings_words
from dashboards.views.role_versions import day_of, following, in_force
from dashboards.views.words import count_of, listed
from kpi.months import Month
from kpi.numbers import DASH
from kpi.review.basis.versions import PublishedVersion
from kpi.review.roles.acknowledging import ToAcknowledge
from kpi.review.roles.drafts import Draft
from kpi.review.roles.yearly import RoleReview
from kpi.role.model import Finding

HEADINGS = (
    "Role", "Practice", "In force", "Next", "Yearly review", "Acknowledged", "Lint", "Draft",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role at a practice, with a cell a column."""

    practice: str
    role: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a role at a practice."""

    practice: str
    practice_name: str
    role: str
    versions: Sequence[PublishedVersion]
    acknowledged: Sequence[ToAcknowledge]
    findings: Sequence[Finding]
    review: RoleReview | None
    draft: Draft | None


def role_line(standing: Standing, month: Month) -> RoleLine:
    """The role's line in the list, as of a month."""
    now, then = in_force(standing.versions, month), following(standing.versions, month)
    shown = now or then
    return RoleLine(
        standing.practice,
        standing.role,
        (
            standing.practice_name,
            _since(now) if now else ("None", "not published" if not standing.versions else ""),
            _since(then) if then else DASH,
            _review(standing.review),
            _acknowledged(standing.acknowledged, month),
            findings_words(standing.findings) if shown else DASH,
            _draft(standing.draft),
        ),
    )


def summary(standings: Iterable[Standing], month: Month) -> str:
    """What waits, in one sentence."""
    found = list(standings)
    none = sum(1 for each in found if in_force(each.versions, month) is None)
    waiting = sum(len(_waiting(each.acknowledged, month)) for each in found)
    due = sum(1 for each in found if each.review and each.review.state in ("due", "overdue"))
    drafts = sum(1 for each in found if each.draft is not None)
    said = [
        f"{count_of(none, 'role')} without a version in force" if none else "",
        f"{count_of(waiting, 'version')} not acknowledged" if waiting else "",
        f"{count_of(due, 'yearly review')} due" if due else "",
        f"{count_of(drafts, 'draft')} begun" if drafts else "",
    ]
    kept = [each for each in said if each]
    count = count_of(len(found), "role")
    return f"{count}: {listed(kept)}." if kept else f"{count}; nothing waits."


_REVIEW = {"done": "Done", "due": "Due", "overdue": "Overdue", "never": "Never done"}


def _review(review: RoleReview | None) -> Cell:
    if review is None or review.version is None:
        return DASH
    words = _REVIEW[review.state]
    if review.due_on is None:
        return words
    when = {"done": "next by", "due": "by", "overdue": "was due"}[review.state]
    return words, f"{when} {review.due_on}"


def _since(version: PublishedVersion) -> Cell:
    return version.role.version, f"from {version.effective.words}"


def _waiting(found: Iterable[ToAcknowledge], month: Month) -> list[ToAcknowledge]:
    """What judges this month or a later one, and nobody has acknowledged."""
    return [
        each
        for each in found
        if each.acknowledged is None and (each.last is None or each.last >= month)
    ]


def _acknowledged(found: Sequence[ToAcknowledge], month: Month) -> Cell:
    current = [each for each in found if each.last is None or each.last >= month]
    if not current:
        return "Nobody to ask", "no manager is assigned"
    waiting = _waiting(found, month)
    if not waiting:
        return "By all", ""
    return f"{len(waiting)} of {len(current)} missing", "; ".join(
        f"{isolated(each.manager.name)}, {each.version}" for each in waiting
    )


def _draft(draft: Draft | None) -> Cell:
    return (f"Saved {day_of(draft.at)}", draft.by) if draft is not None else DASH

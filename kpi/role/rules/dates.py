"""Reviews and versions: when the description was looked at, and whether it changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi.errors import InputError
from kpi.months import Month
from kpi.role.coverage import coverage_of
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, MissingKey, Rule


class NoSummary(MissingKey):
    """No summary."""

    id = "no-summary"
    section = "Review and versions"
    path = ("summary",)
    finds = "There is no summary."
    instead = "Add 'summary:' with the job in two or three sentences."
    reason = "It is what an applicant reads first, and often all."


class NeverReviewed(MissingKey):
    """No date of a review."""

    id = "never-reviewed"
    section = "Review and versions"
    path = ("reviewed",)
    finds = "Nothing says when the description was last reviewed."
    instead = "Add 'reviewed:' with the day, as in 2025-12-10."
    reason = "A description that nobody looks at describes a job that nobody does any more."


class ReviewOverdue(Rule):
    """More than a year."""

    id = "review-overdue"
    section = "Review and versions"
    needs = "today"
    finds = "The description was not reviewed within a year, or its review lies in the future."
    instead = "Go through it with manager and supervisor, then write the day under 'reviewed:'."
    reason = (
        "Within a year people, payers, software and rules change. HR has to be able to show that "
        "what somebody is scored by was looked at since."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        reviewed = _day(draft)
        assert draft.today is not None
        if reviewed is None:
            return
        if reviewed > draft.today:
            yield Found(
                ("reviewed",), f"The review of {reviewed} lies in the future.",
                "Write the day on which it was last reviewed.",
            )  # fmt: skip
        elif _year_later(reviewed) < draft.today:
            yield Found(("reviewed",), f"The last review, on {reviewed}, is more than a year ago.")


class EffectiveBeforeReview(Rule):
    """It scores months that were over when it was reviewed."""

    id = "effective-before-review"
    section = "Review and versions"
    finds = "The role scores from a month that lies before the month of its review."
    instead = "Let 'effective:' be the month of the review or a later one."
    reason = "People would be judged by terms that nobody had yet agreed to."

    def check(self, draft: Draft) -> Iterator[Found]:
        reviewed, written = _day(draft), draft.string("effective")
        try:
            effective = Month.parse(written) if written else None
        except InputError:
            return
        if reviewed is not None and effective is not None and effective < Month.of(reviewed):
            yield Found(
                ("effective",), f"It is effective from {effective}, and was reviewed on {reviewed}."
            )


class PublishedVersionChanged(Rule):
    """The same version, another text."""

    id = "published-version-changed"
    level = "error"
    section = "Review and versions"
    needs = "known"
    finds = "This version is published, and the file says something else (with --practice)."
    instead = "Give the file a new 'version' and a new 'effective' month."
    reason = (
        "A published version never changes: it is what a person agreed to. The file would be "
        "refused when it is published; the check says so before, and which responsibilities differ."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        assert draft.known is not None
        key = draft.string("role") or "", draft.string("version") or ""
        published = draft.known.versions.get(key)
        if published is None or published.sha256 == draft.sha256:
            return
        now = {
            draft.string(*duty.path, "id") or "": duty.text
            for duty in coverage_of(draft.document, ()).duties
            if duty.section == "responsibilities"
        }
        before = published.responsibilities
        parts = [
            f"'{id}' {word}"
            for word, ids in (
                ("is new", now.keys() - before.keys()),
                ("is gone", before.keys() - now.keys()),
                ("was changed", {id for id in now.keys() & before.keys() if now[id] != before[id]}),
            )
            for id in sorted(ids)
        ]
        what = (
            f"of its responsibilities {', '.join(parts)}" if parts else "other parts were changed"
        )
        yield Found(("version",), f"Version {key[1]} is published, and {what}.")


def _day(draft: Draft) -> date | None:
    """The day of the review; None where there is none that could be read."""
    written = draft.string("reviewed")
    try:
        return date.fromisoformat(written) if written and len(written) == 10 else None
    except ValueError:
        return None


def _year_later(day: date) -> date:
    """The same day of the next year; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)

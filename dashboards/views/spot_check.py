"""A spot check in words: its result in a line, and its records as rows."""

from __future__ import annotations

from dashboards.views.words import count_of, listed, name_of
from kpi.months import period_words
from kpi.report.changes import moment
from kpi.review.oversight.spot_check import OUTCOMES, Checked, Outcome, SpotCheck

OUTCOME: dict[Outcome, str] = {
    "agrees": "Agrees",
    "differs": "Differs",
    "not_found": "Not found",
}

HEADINGS = ("", "File", "Upload", "Line", "What is stored", "Source system", "Note", "By")
_UNDONE = "its upload is undone since"


def headline(found: SpotCheck, zone: str) -> str:
    """``3 November 2026, 14:22, by Hana Lee (hr): 9 agree, 1 differs.``"""
    said = [
        f"{found.count(each)} {_verb(each, found.count(each))}"
        for each in OUTCOMES
        if found.count(each)
    ]
    left = sum(row.outcome is None for row in found.rows)
    if left:
        said.append(f"{left} still to look up")
    return f"{moment(found.drawn_at, zone)}, by {found.drawn_by}: {listed(said)}."


def drawn_from(found: SpotCheck) -> str:
    """How it was drawn, so that it can be repeated."""
    period = period_words(found.first, found.last)
    undone = sum(row.undone for row in found.rows)
    note = f" Of {count_of(undone, 'record')} the upload was undone since." if undone else ""
    return (
        f"{len(found.rows)} of {count_of(found.records, 'record')} behind the figure of {period}, "
        f"drawn with the seed {found.seed} at revision {found.revision} of the data.{note}"
    )


def cells(row: Checked) -> tuple[str, ...]:
    """A record as a row of the table."""
    return (
        str(row.place), row.file, str(row.upload), str(row.line), stored(row),
        "" if row.outcome is None else OUTCOME[row.outcome], row.note, row.by,
    )  # fmt: skip


def stored(row: Checked) -> str:
    """What is stored of a record, or why nothing is shown of it."""
    if row.undone:
        return _UNDONE.capitalize()
    said = [f"{name_of(name).lower()} {words}" for name, words in row.values.items()]
    return ", ".join(said) or "A later file says otherwise of it"


def where(row: Checked) -> str:
    """A record by file and line, as the label of its answer."""
    return f"{row.place}. {row.file}, line {row.line} (upload {row.upload})"


def _verb(outcome: Outcome, count: int) -> str:
    return {
        "agrees": "agrees" if count == 1 else "agree",
        "differs": "differs" if count == 1 else "differ",
        "not_found": "not found",
    }[outcome]

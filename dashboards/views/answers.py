"""What a person says about a file that was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboards.views.words import name_of
from kpi.errors import InputError, RolecardError
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.receipt import Receipt
from kpi.months import Month, span

_HOW = {
    Question.OLD_EXPORT: "If these values are right after all, tick the box below.",
    Question.REMOVED_ROWS: "If those rows are meant to go, tick the box below.",
    Question.UNUSUAL: "If the figures are right, tick the box below.",
    Question.BAD_ROWS: "Mend the file, or tick the box below to load the good rows.",
    Question.COVERS: "Say below which months it covers",
    Question.DATASET: "Choose below what the file holds",
    Question.MAPPING: "Map its columns below, once.",
    Question.NO_ROWS: "A month in which there truly was no complaint or incident is declared under "
    "'Nothing to report for a month'.",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions of one file; what is not said is as ``ingest`` has it."""

    dataset: str | None = None
    covers: tuple[Month, ...] = ()
    replace: bool = False
    allow_bad: bool = False
    allow_old: bool = False
    allow_unusual: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """The same as options of ``kpi.ingest.ingestion.ingest``."""
        return {
            "dataset": self.dataset,
            "covers": self.covers,
            "replace": self.replace,
            "allow_bad": self.allow_bad,
            "allow_old": self.allow_old,
            "allow_unusual": self.allow_unusual,
        }


def read_covers(text: str) -> tuple[Month, ...]:
    """The months of ``2026-01..2026-03`` or ``2026-01``; none of an empty text.

    Raises InputError.
    """
    first, _, last = text.strip().partition("..")
    if not first and not last:
        return ()
    months = span(Month.parse(first), Month.parse(last or first))
    if not months:
        raise InputError(f"What a file covers ends in {last}, before it starts in {first}.")
    return months


def message_of(receipt: Receipt) -> str:
    """A receipt's sentence, with the control that answers it where it asks something."""
    if receipt.question is None:
        return receipt.message
    return f"{receipt.message} {_how_to_answer(receipt.question, receipt.likely)}"


def sentence_of(error: RolecardError) -> str:
    """An error's sentence, with the control that answers it where it asks something."""
    if not isinstance(error, FileAsks):
        return str(error)
    return f"{error} {_how_to_answer(error.question, error.likely)}"


def _how_to_answer(question: Question, likely: str) -> str:
    if question is Question.COVERS:
        return f"{_HOW[question]}{f', perhaps {likely}' if likely else ''}."
    if question is Question.DATASET:
        return f"{_HOW[question]}{f', perhaps {name_of(likely)}' if likely else ''}."
    return _HOW[question]

"""The flag that answers what a file asks: a command never prompts, it refuses and names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi.errors import RolecardError

if TYPE_CHECKING:
    from kpi.ingest.questions import Question
    from kpi.ingest.receipt import Receipt


def message_of(receipt: Receipt) -> str:
    """A receipt's sentence, with the flag where it asks something."""
    if receipt.question is None:
        return receipt.message
    return f"{receipt.message} {how_to_answer(receipt.question, receipt.likely)}"


def sentence_of(error: RolecardError) -> str:
    """An error's sentence, with the flag where it asks something."""
    from kpi.ingest.questions import FileAsks

    if not isinstance(error, FileAsks):
        return str(error)
    return f"{error} {how_to_answer(error.question, error.likely)}"


def how_to_answer(question: Question, likely: str) -> str:
    """Which flag or command answers a question. ``likely``: see ``FileAsks``."""
    from kpi.ingest.questions import Question

    if question is Question.MAPPING:
        how = (
            "Map it once, with 'kpi map' or on the Month-end page, and files like it are read then"
        )
        dataset = likely or "DATASET"
        return f"{how}; or write the columns as 'kpi template {dataset}' prints them."
    return {
        Question.OLD_EXPORT: "If these values are right after all, load it with --allow-old.",
        Question.REMOVED_ROWS: "If those rows are meant to go, load it with --replace.",
        Question.UNUSUAL: "If the figures are right, load it with --allow-unusual.",
        Question.BAD_ROWS: "Mend the file, or load the good rows with --allow-bad.",
        Question.COVERS: "Say which months it covers, for example "
        f"--covers {likely or '2026-01..2026-03'}.",
        Question.DATASET: f"Say what it holds: --as {likely or 'DATASET'}.",
        Question.NO_ROWS: "A month in which there truly was no complaint or incident is attested "
        "with 'kpi attest'.",
    }[question]

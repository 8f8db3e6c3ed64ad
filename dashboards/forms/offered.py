"""A file that lies in the uploader: what a reading of it gave. The refused rows' own cells are held
only here, in the memory of the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, cast

from sqlalchemy import Connection
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards import clock
from dashboards.frame import Here
from dashboards.views.answers import Answers
from kpi.ingest.given_back import GivenBack
from kpi.ingest.ingestion import ingest
from kpi.ingest.progress import Progress
from kpi.ingest.questions import Question
from kpi.ingest.receipt import Receipt
from kpi.review.scores.moves import PeriodMoves, moves


@dataclass(frozen=True, slots=True)
class Offered:
    """A file, its receipts, its refused rows, and what it would move."""

    file: UploadedFile
    receipts: tuple[Receipt, ...]
    given_back: GivenBack
    moves: tuple[PeriodMoves, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks before it can be loaded."""
        return tuple(each.question for each in self.receipts if each.question is not None)


def read(
    here: Here, file: UploadedFile, answers: Answers, progress: Progress, *, dry_run: bool
) -> Offered:
    """Reads a file; with ``dry_run`` nothing of it is kept."""
    practice, given_back = here.assignment.practice.id, GivenBack()
    found: list[PeriodMoves] = []

    def look(would: Connection) -> None:
        found.extend(moves(here.engine, would, here.actor, practice, clock.today()))

    source: BinaryIO = cast(BytesIO, file)
    source.seek(0)
    receipts = ingest(
        here.engine, here.actor, practice, source, file.name, dry_run=dry_run,
        given_back=given_back, progress=progress, look=look, **answers.options,
    )  # fmt: skip
    return Offered(file, tuple(receipts), given_back, tuple(found))

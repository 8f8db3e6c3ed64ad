"""Files that ask a question: which one it is, and that they are loaded once it is answered."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.questions import Question
from kpi.ingest.receipt import Receipt, receipt_document
from tests.office import Office, months

COMPLAINTS = "complaint_id,received_on,resolved_on\n"


def offered(office: Office, text: str, **said: Any) -> Receipt:
    (receipt,) = ingest(
        office.engine, operator(), office.practice.id, BytesIO(text.encode()), "file.csv", **said
    )
    return receipt


def asked_then_answered(office: Office, text: str, question: Question, **answer: Any) -> Receipt:
    refused = offered(office, text)
    assert (refused.status, refused.question) == ("refused", question)
    loaded = offered(office, text, **answer)
    assert (loaded.status, loaded.question) == ("loaded", None), loaded.message
    return loaded


def test_older_values(engine: Engine) -> None:
    office = Office(engine)
    first = COMPLAINTS + "K-1,2026-01-05,\n"
    office.load(first)
    office.load(COMPLAINTS + "K-1,2026-01-05,2026-01-09\n")
    again = asked_then_answered(office, first, Question.OLD_EXPORT, allow_old=True)
    assert again.changed == 1


def test_too_many_rows_that_cannot_be_read(engine: Engine) -> None:
    office = Office(engine)
    text = COMPLAINTS + "".join(f"K-{at},never,\n" for at in range(6)) + "K-9,2026-01-05,\n"
    loaded = asked_then_answered(office, text, Question.BAD_ROWS, allow_bad=True)
    assert (loaded.added, loaded.quarantined) == (1, 6)


def test_more_than_a_fifth_of_a_period_gone(engine: Engine) -> None:
    office = Office(engine)
    head = "month,account,kind,amount\n"
    office.load(head + "2026-01,Fees,revenue,10\n2026-01,Rent,expense,5\n")
    shorter = head + "2026-01,Fees,revenue,10\n"
    loaded = asked_then_answered(office, shorter, Question.REMOVED_ROWS, replace=True)
    assert loaded.removed == 1


def test_which_months_it_covers(engine: Engine) -> None:
    office = Office(engine)
    text = COMPLAINTS + "K-1,2026-01-05,\n"
    refused = offered(office, text, covers=months("2026-02"))
    assert refused.question is Question.COVERS
    assert offered(office, text, replace=True).question is Question.COVERS
    assert offered(office, text, replace=True, covers=months("2026-01")).status == "loaded"


def test_which_dataset_it_fills_in_part(engine: Engine) -> None:
    office = Office(engine)
    office.load(COMPLAINTS + "K-1,2026-01-05,\n")
    part = "complaint_id,resolved_on\nK-1,2026-01-07\n"
    loaded = asked_then_answered(office, part, Question.DATASET, dataset="complaints")
    assert loaded.changed == 1


@pytest.mark.parametrize(
    "text",
    [
        "Case,Came in,About\n1,2026-01-05,waiting\n",  # nothing is known of it
        COMPLAINTS + "K-1,03/04/2026,\n",  # March 4 or April 3
    ],
)
def test_what_its_columns_mean(engine: Engine, text: str) -> None:
    assert offered(Office(engine), text).question is Question.MAPPING


def test_what_nobody_can_answer_asks_nothing(engine: Engine) -> None:
    refused = offered(Office(engine), "")
    assert (refused.status, refused.question) == ("refused", None)


def test_the_document_of_a_receipt_keeps_its_fields(engine: Engine) -> None:
    document = receipt_document(offered(Office(engine), ""))
    assert "question" not in document
    assert document["status"] == "refused"

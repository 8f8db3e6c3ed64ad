"""What a file asks is asked in the words of the surface that shows it."""

from __future__ import annotations

import re

import pytest

from dashboards.views.answers import message_of, sentence_of
from kpi.commands import flags
from kpi.errors import InputError
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.receipt import Receipt

FLAG = re.compile(r"(?<![\w-])--[a-z]|'kpi ")


def refused(question: Question, likely: str = "") -> Receipt:
    return Receipt(
        id=None, file="file.csv", sha256="", dataset=None, profile=None, practice="lakeside",
        status="refused", message="Something is the matter.", question=question, likely=likely,
    )  # fmt: skip


@pytest.mark.parametrize("question", Question)
def test_a_page_names_its_own_control_and_a_command_its_flag(question: Question) -> None:
    on_page = message_of(refused(question))
    assert on_page.startswith("Something is the matter. ")
    assert not FLAG.search(on_page)
    assert FLAG.search(flags.message_of(refused(question)))


@pytest.mark.parametrize(
    ("question", "likely", "on_page", "in_command"),
    [
        (Question.COVERS, "2026-01..2026-02", "perhaps 2026-01..2026-02",
         "--covers 2026-01..2026-02"),
        (Question.DATASET, "ar_aging", "perhaps A/R aging", "--as ar_aging"),
        (Question.MAPPING, "calls", "Map its columns below", "'kpi template calls'"),
    ],
)  # fmt: skip
def test_both_offer_the_answer_that_the_file_lets_guess(
    question: Question, likely: str, on_page: str, in_command: str
) -> None:
    error = FileAsks(question, "Something is the matter.", likely)
    assert on_page in sentence_of(error) == message_of(refused(question, likely))
    assert in_command in flags.sentence_of(error)


def test_what_asks_nothing_is_said_as_it_is() -> None:
    assert sentence_of(InputError("No.")) == flags.sentence_of(InputError("No.")) == "No."

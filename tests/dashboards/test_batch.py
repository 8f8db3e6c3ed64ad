"""Several files in one go, as sentences; the months that a person says a file covers."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.views.answers import read_covers
from dashboards.views.batch import preview_words, summary
from kpi.errors import InputError
from kpi.ingest.questions import Question
from kpi.ingest.receipt import Receipt
from kpi.months import Month, span


def receipt(**more: Any) -> Receipt:
    values: dict[str, Any] = {
        "id": 7, "file": "a.csv", "sha256": "", "dataset": "appointments",
        "profile": "canonical", "practice": "maple", "status": "loaded", "message": "",
    }  # fmt: skip
    return Receipt(**(values | more))


READY, REFUSED = [receipt()], [receipt(status="refused")]
ASKS = [receipt(status="refused", question=Question.OLD_EXPORT)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([READY], "1 file read: 1 can be loaded."),
        ([READY, ASKS], "2 files read: 1 can be loaded and 1 asks a question."),
        ([ASKS, ASKS], "2 files read: 2 ask a question."),
        ([REFUSED, REFUSED], "2 files read: 2 cannot be read as they are."),
        (
            [READY, READY, ASKS, REFUSED],
            "4 files read: 2 can be loaded, 1 asks a question and 1 cannot be read as it is.",
        ),
    ],
)
def test_what_was_dropped_in_a_sentence(files: list[list[Receipt]], said: str) -> None:
    assert preview_words(files) == said


def entry(dataset: str, month: str, state: str) -> dict[str, Any]:
    return {"dataset": dataset, "month": month, "state": state, "rows": 1}


def test_a_summary_names_what_is_complete_now_and_what_comes_next() -> None:
    before = [entry("charges", "2026-01", "complete"), entry("charges", "2026-02", "partial")]
    after = [
        entry("charges", "2026-01", "complete"),
        entry("charges", "2026-02", "complete"),
        entry("charges", "2026-03", "complete"),
        entry("payments", "2026-03", "partial"),
    ]
    files = [
        [receipt(read=12, added=9, changed=1, quarantined=2)],
        [receipt(read=5, unchanged=4, left_out=1)],
        REFUSED,
    ]
    found = summary(files, before, after, "Still to do. March 2026: Payments partial.")
    # 9 + 1 of the first and 4 of the second stand in the tables.
    assert found.headline == (
        "2 of 3 files are loaded: 14 rows, 9 added, 1 changed, 2 in quarantine."
    )
    assert not found.good
    assert found.complete == ("Charges: February to March 2026",)
    assert [sentence.split(":")[0] for sentence in found.next] == [
        "1 file was refused",
        "2 rows could not be taken",
        "Still to do. March 2026",
    ]


def test_a_batch_that_went_well_has_only_what_is_missing_left() -> None:
    found = summary([READY], [], [], "Every dataset that the role needs is there.")
    assert found.good
    assert found.next == ("Every dataset that the role needs is there.",)
    assert found.headline.startswith("1 file is loaded")


def test_refused_rows_of_whole_lists_are_mended_in_the_export() -> None:
    files = [[receipt(read=3, added=2, quarantined=1)],
             [receipt(dataset="ledger", read=9, added=7, quarantined=2)]]  # fmt: skip
    assert summary(files, [], [], "").next[:2] == (
        "1 row could not be taken: download it below, mend it and drop the file here.",
        "2 rows of lists that are replaced as a whole could not be taken: mend them in the export "
        "and drop that again.",
    )


def test_what_a_file_covers() -> None:
    assert read_covers("") == ()
    assert read_covers(" 2026-03 ") == (Month(2026, 3),)
    assert read_covers("2026-01..2026-03") == span(Month(2026, 1), Month(2026, 3))
    with pytest.raises(InputError, match="before it starts"):
        read_covers("2026-03..2026-01")
    with pytest.raises(InputError, match="YYYY-MM"):
        read_covers("March")

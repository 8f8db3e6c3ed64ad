"""``kpi review`` and ``kpi verify``: thin, and every fault a sentence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from kpi.report import render
from kpi.review.frozen.document import scorecard_document
from kpi.store.engine import writing
from kpi.store.reviews import final_reviews
from tests.commands.running import Shell
from tests.review.reviewed import FIRST, HARPER, LAST, UNACKNOWLEDGED, Clock, Reviewed
from tests.scored import ledger


@pytest.fixture
def shell(
    review: Reviewed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    url = review.engine.url.render_as_string(hide_password=False)
    (tmp_path / "files").mkdir()
    return Shell(url, tmp_path / "files", capsys, monkeypatch)


def test_from_open_to_what_a_command_may_do(shell: Shell, review: Reviewed) -> None:
    listed = shell.done("review", "list", "--format", "json").document["reviews"]
    assert [(each["number"], each["state"], each["days_left"]) for each in listed] == [
        (1, "open", 30)
    ]
    assert listed[0]["blockers"][0].startswith("Dana has not acknowledged version 2026.1")
    assert "Dana" in shell.done("review", "list").out
    said = shell.done("review", "assess", "1", "--text", "Phones were down.").out
    assert (
        "Saved as revision 1, not handed in: that is for the manager, on the page Review." in said
    )
    assert "not the one you had before you" in shell.refused(
        "review", "assess", "1", "--text", "Another."
    )
    shell.done("review", "assess", "1", "--text", "Another.", "--seen", "1")
    said = shell.refused("review", "sign", "1")
    assert "A command signs for nobody: to hand the self-assessment in" in said
    assert "it has to be self-assessed" in shell.refused("review", "comment", "1", "--text", "x")
    assert "Review 1 is self-assessed." in shell.done(
        "review", "waive", "1", "--reason", "She is ill."
    ).out  # fmt: skip
    shell.done("review", "comment", "1", "--text", "Fine.", "--kpi", "overhead_ratio")
    shown = shell.done("review", "show", "1").out
    assert "Supervisor on Overhead ratio (revision 1, not handed in):\n  Fine." in shown
    assert "waive self" in shown
    assert "In the way of being final:" in shown
    shown = shell.done("review", "show", "1", "--format", "json").document
    assert shown["texts"][0]["part"] == "manager"
    assert shown["scorecard"]["review"]["self_part_missing_reason"] == "She is ill."
    assert "has to be acknowledged or contested" in shell.refused("review", "finalize", "1")
    assert "There is no review 9" in shell.refused("review", "show", "9")


def test_opening(shell: Shell, clock: Clock) -> None:
    period = ("--manager", "dana", "--from", "2026-04", "--to", "2026-06")
    assert "is no review period" in shell.refused("review", "open", *period)
    clock.moment = datetime(2026, 10, 3, tzinfo=UTC)
    due = shell.done("review", "list", "--due", "--format", "json").document["due"]
    assert [each["from"] for each in due] == ["2026-04", "2026-07"]
    assert "2026-07" in shell.done("review", "list", "--due").out
    said = shell.done("review", "open", *period, "--due", "2026-10-20").out
    assert said == "Review 2 of Dana, 2026-04 to 2026-06, is open; due on 2026-10-20.\n"
    assert "Review 3 of Dana" in shell.done("review", "open", "--all-due").out
    assert "Nothing is due" in shell.done("review", "open", "--all-due").out
    for wrong in ((), ("--manager", "dana"), ("--all-due", "--manager", "dana")):
        assert shell("review", "open", *wrong).status == 2


def test_excluding(shell: Shell, review: Reviewed) -> None:
    said = shell.done(
        "review", "exclude", "1", "--kpi", "overhead_ratio", "--reason", "The rent doubled.",
        "--evidence", "Lease of 2 January",
    ).out  # fmt: skip
    assert said == "Exclusion 1: overhead_ratio, 2026-01 to 2026-03.\n"
    scorecard = shell.done("review", "show", "1", "--format", "json").document["scorecard"]
    assert scorecard["exclusions"][0]["evidence"] == "Lease of 2 January"
    shell.done("review", "exclude", "1", "--withdraw", "1", "--reason", "It had not.")
    assert shell("review", "exclude", "1", "--reason", "x").status == 2
    review.final()
    assert "is final; HR may reopen it" in shell.refused(
        "review", "exclude", "1", "--reason", "x", "--evidence", "y"
    )


def test_what_was_excluded_when_it_was_frozen_is_verified_too(
    shell: Shell, review: Reviewed
) -> None:
    """Overhead out: 15 + 12.5 + 10 of 60 are 62.5, at a part of the weight of 40 exactly."""
    shell.done(
        "review", "exclude", "1", "--kpi", "overhead_ratio", "--reason", "The rent doubled.",
        "--evidence", "Lease of 2 January",
    )  # fmt: skip
    review.final()
    found = shell.done("verify", "1", "--format", "json").document
    assert (found["score"], found["ok"], found["notes"]) == (pytest.approx(62.5), True, [])
    shell.done("review", "exclude", "1", "--withdraw", "1", "--reason", "It had not.")
    found = shell.done("verify", "1", "--format", "json").document
    assert found["ok"]
    assert "What HR has taken out of this period is not the same any more." in found["notes"]


def test_final_verified_and_restated(shell: Shell, review: Reviewed) -> None:
    review.acknowledged()
    review.act(HARPER, "confirm")
    said = shell.refused("review", "finalize", "1")
    assert "Review 1 cannot be final yet.\n- Dana has not acknowledged version 2026.1" in said
    said = shell.done("review", "finalize", "1", "--despite", UNACKNOWLEDGED).out
    assert said.startswith("Review 1 is final.\nSHA-256 ")
    sha256 = said.split()[-1]
    said = shell.done("verify", "1").out
    assert f"Score 67.5\nSHA-256 {sha256}" in said
    assert "It is what was frozen, and its score follows from its own measures." in said
    assert "Nothing was restated since." in said
    assert "nobody signs it any more" in shell.refused("review", "sign", "1")
    upload = review.office.load(ledger("2026-03", spent=950))
    said = shell.done("verify", "1.1").out
    assert f"file.csv was loaded (upload {upload})" in said
    assert "Overhead ratio 65% → 75%" in said
    assert "67.5 → 47.5" in said
    assert "As the data is now, the score would be 47.5." in said
    found = shell.done("verify", "1", "--format", "json").document
    assert [each["upload"] for each in found["restated"]["events"]] == [upload]
    assert "nothing was frozen" in shell.refused("verify", "1.2").lower()
    assert "Review 1, version 2, is open." in shell.done(
        "review", "reopen", "1", "--reason", "March was wrong."
    ).out  # fmt: skip
    assert shell.done("verify", "1.1", "--format", "json").document["sha256"] == sha256


def test_files_from_outside(shell: Shell, review: Reviewed) -> None:
    review.final()
    document = scorecard_document(review.engine, HARPER, "dana", FIRST, LAST)
    for form in ("json", "pdf"):
        path = shell.file(f"dana.{form}", render(document, form))
        found = shell.done("verify", path, "--format", "json").document
        assert (found["review"], found["ok"]) == (1, True), form
    assert "byte for byte" in found["notes"][-1]
    pdf = render(document, "pdf")
    changed = pdf.replace(b"%%EOF", b"%x\n%%EOF")
    ran = shell("verify", shell.file("changed.pdf", changed))
    assert ran.status == 1
    assert "its pages are not what Rolecard makes of its data" in ran.out
    path = shell.file("better.json", render({**document, "score": 91.0}, "json"))
    ran = shell("verify", path)
    assert ran.status == 1
    assert "better.json: it says 91.0 for score, and what was frozen says 67.4" in ran.out.replace(
        "67.5", "67.4"
    )
    assert "It is NOT what was frozen." in ran.out
    assert "hand in one of them" in shell.refused("verify", shell.file("x.html", "<html>"))
    assert "cannot be read: No such file" in shell.refused("verify", "nowhere.pdf")


def test_a_tampered_row_is_a_sentence_everywhere(shell: Shell, review: Reviewed) -> None:
    review.final()
    with writing(review.engine) as connection:
        text = str(connection.execute(final_reviews.select()).one().document)
        tampered = text.replace('"score":67', '"score":97', 1)
        connection.execute(update(final_reviews).values(document=tampered))
    ran = shell("verify", "1")
    assert (ran.status, "was changed: its SHA-256 is" in ran.out) == (1, True)
    said = shell.refused("review", "show", "1")
    assert "is no longer what it was; see what differs with: kpi verify 1" in said

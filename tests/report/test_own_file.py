"""A manager's own file: everything that the practice holds about her, and nobody else's to take."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select, update

from kpi.errors import NotFound, NotPermitted
from kpi.report.archive import archive
from kpi.report.own_file import own_file
from kpi.review.basis.exclusions import exclude
from kpi.review.frozen.handed_in import document_in
from kpi.review.frozen.own_file import take_own_file
from kpi.review.frozen.verifying import verify_file
from kpi.store.engine import reading, writing
from kpi.store.people import trail
from kpi.store.reviews import final_reviews
from tests.review.reviewed import DANA, DR_LEE, ERIN, HARPER, LAST, Reviewed, set_clock


@pytest.fixture
def final(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Reviewed:
    set_clock(monkeypatch)
    found = Reviewed(engine)
    exclude(engine, HARPER, "dana", "lakeside", "satisfaction_score", LAST, LAST,
            "=The survey vendor lost a week.", "Ticket 12")  # fmt: skip
    return found.final()


def zipped(review: Reviewed) -> ZipFile:
    content = io.BytesIO()
    archive(content, own_file(take_own_file(review.engine, DANA, "dana")))
    return ZipFile(content)


def test_it_holds_all_that_there_is(final: Reviewed) -> None:
    found = zipped(final)
    assert sorted(found.namelist()) == sorted(
        f"lakeside/{name}"
        for name in (
            "README.txt", "acknowledgements.csv", "comments.csv", "exclusions.csv", "record.json",
            "roles/medical-office-manager_2026.1.yaml",
            "scorecards/review-1_version-1_final_2026-01_2026-03.json",
            "scorecards/review-1_version-1_final_2026-01_2026-03.pdf", "steps.csv",
        )
    )  # fmt: skip
    for form in ("json", "pdf"):
        name = f"lakeside/scorecards/review-1_version-1_final_2026-01_2026-03.{form}"
        assert verify_file(final.engine, HARPER, found.read(name), name).ok
        assert document_in(found.read(name), name)["manager"] == "dana"
    comments = list(csv.DictReader(io.StringIO(found.read("lakeside/comments.csv").decode())))
    assert {row["text"] for row in comments} >= {
        "Two of four fell short; the phones were down in February.",
        "A hard quarter, well managed.",
    }
    (left_out,) = csv.DictReader(io.StringIO(found.read("lakeside/exclusions.csv").decode()))
    assert left_out["reason"] == "'=The survey vendor lost a week."
    record = json.loads(found.read("lakeside/record.json"))
    assert record["role_versions"][0]["text"].startswith("role: medical-office-manager")
    assert record["role_versions"][0]["acknowledged"] is None
    steps = found.read("lakeside/steps.csv").decode()
    assert "Made final" in steps


def test_it_is_hers_and_hrs_and_stands_in_the_trail(final: Reviewed) -> None:
    with pytest.raises(NotPermitted, match="only her or his own"):
        take_own_file(final.engine, ERIN, "dana")
    with pytest.raises(NotFound, match="no manager nobody"):
        take_own_file(final.engine, HARPER, "nobody")
    take_own_file(final.engine, HARPER, "dana", "lakeside")
    with reading(final.engine) as connection:
        subjects = list(connection.execute(select(trail.c.subject)).scalars())
    assert subjects.count("own file of dana") == 1


def test_what_is_frozen_no_more_is_left_out_and_said(final: Reviewed) -> None:
    with writing(final.engine) as connection:
        changed = final_reviews.c.document + " "
        connection.execute(update(final_reviews).values(document=changed))
    found = zipped(final)
    assert not any("scorecards/" in name for name in found.namelist())
    assert "is no longer what it was" in found.read("lakeside/README.txt").decode()


def test_an_open_review_shows_what_she_may_see(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    review = Reviewed(engine).handed_in()
    review.write(DR_LEE, "Not signed yet.")
    found = zipped(review)
    (name,) = (each for each in found.namelist() if each.endswith("draft_2026-01_2026-03.json"))
    text = found.read(name).decode()
    assert "the phones were down" in text
    assert "Not signed yet." not in text

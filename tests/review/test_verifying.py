"""A final review verifies, whatever is uploaded later, and whatever is changed by other means is
found and said in a sentence."""

import json
import random
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update

from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.cycle.opening import open_review
from kpi.review.frozen.canonical import canonical, hash_of, hash_of_bytes
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.verifying import Verification, verify_file, verify_review
from kpi.store.engine import reading, writing
from kpi.store.people import trail
from kpi.store.reviews import final_reviews, review_steps, review_texts, reviews
from tests.office import Office
from tests.review.reviewed import (
    DANA,
    DR_LEE,
    ERIN,
    FIRST,
    HARPER,
    LAST,
    PEOPLE,
    UNACKNOWLEDGED,
    Clock,
    Reviewed,
    kept,
    put_back,
    set_clock,
)
from tests.scored import complaints, fill, ledger, surveys


def verified(review: Reviewed, version: int | None = None) -> Verification:
    return verify_review(review.engine, HARPER, "lakeside", review.number, version)


def frozen(review: Reviewed) -> str:
    with reading(review.engine) as connection:
        return str(connection.execute(select(final_reviews.c.document)).scalar_one())


def file_of(review: Reviewed, change: Callable[[dict[str, Any]], object] = lambda _: None) -> bytes:
    document = json.loads(frozen(review))
    change(document)
    return canonical(document)


def test_a_final_review_verifies(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)
    review = Reviewed(engine).final()
    found = verified(review)
    assert (found.faults, found.notes) == ((), ())
    assert found.ok
    assert found.score == pytest.approx(67.5, rel=1e-12)
    assert found.restated is not None
    assert (found.restated.events, found.restated.unexplained) == ((), ())
    assert found.restated.score == pytest.approx(67.5, rel=1e-12)
    (kept_one,) = review.seen().frozen
    assert found.sha256 == kept_one.sha256 == hash_of_bytes(frozen(review).encode())


def test_what_is_uploaded_since_changes_nothing_final_and_is_named(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """March at 950 of 1,000: 2,250 of 3,000 is 75%, so attainment 25 in place of 75, and 20 of the
    points less. Undone, all is as it was; another file says the same of February."""
    set_clock(monkeypatch)
    review = Reviewed(engine).final()
    before = frozen(review)
    march = review.office.load(ledger("2026-03", spent=950))
    found = verified(review)
    assert found.ok
    assert found.restated is not None
    (event,) = found.restated.events
    assert (event.event.cause.value, event.event.upload, event.file) == (
        "loaded",
        march,
        "file.csv",
    )
    assert [(move.kpi, move.before.value, move.after.value) for move in event.moves] == [
        ("overhead_ratio", pytest.approx(0.65), pytest.approx(0.75))
    ]
    assert (event.before, event.after) == (pytest.approx(67.5), pytest.approx(47.5))
    assert found.restated.score == pytest.approx(47.5)
    document = scorecard_document(engine, HARPER, "dana", FIRST, LAST)
    assert document["score"] == pytest.approx(67.5)
    review.office.undo(march)
    february = review.office.load(ledger("2026-02", spent=350))
    found = verified(review)
    assert found.restated is not None
    said = [(each.event.cause.value, each.event.upload) for each in found.restated.events]
    assert said == [("loaded", march), ("undone", march), ("loaded", february)]
    # 1,650 of 3,000 is 55%: attainment 110, so 14 points more than at 75.
    assert found.restated.score == pytest.approx(81.5)
    assert frozen(review) == before


def test_declarations_since_are_named(review: Reviewed) -> None:
    """A month's incidents taken back and declared again."""
    with reading(review.engine) as connection:
        from kpi.store.tables import attestations

        entry = connection.execute(select(attestations.c.upload).limit(1)).scalar_one()
    review.final()
    review.office.undo(entry)
    found = verified(review).restated
    assert found is not None
    assert [(each.event.cause.value, each.kind) for each in found.events] == [
        ("undone", "attestation")
    ]
    assert [(move.kpi, move.after.status.value) for move in found.events[0].moves] == [
        ("hipaa_violations", "no_data")
    ]
    attest(review.engine, PEOPLE["operator"], "lakeside", "incidents", Month(2026, 1))
    found = verified(review).restated
    assert found is not None
    assert [each.event.cause.value for each in found.events] == ["undone", "attested"]
    assert found.score == pytest.approx(67.5)


def test_figures_changed_by_other_means_are_explained_by_no_upload(review: Reviewed) -> None:
    from kpi.store.tables import monthly_measures

    review.final()
    with writing(review.engine) as connection:
        connection.execute(
            update(monthly_measures)
            .where(
                monthly_measures.c.measure == "operating_expenses",
                monthly_measures.c.month == 202602,
            )
            .values(value=350.0)
        )
    found = verified(review)
    assert found.ok  # what was frozen still is what it was
    assert found.restated is not None
    assert [(each.kpi, each.after.value) for each in found.restated.unexplained] == [
        ("overhead_ratio", pytest.approx(0.55))
    ]


# -- what was frozen, changed by other means ----------------------------------------------------


def test_one_byte_changed_anywhere_in_what_was_frozen_is_found(review: Reviewed) -> None:
    review.final()
    text = frozen(review)
    draw = random.Random(8)
    places = {0, len(text) - 1, *draw.sample(range(len(text)), 30)}
    for place in sorted(places):
        other = chr(ord(text[place]) ^ 1) if text[place].isascii() else "x"
        with writing(review.engine) as connection:
            changed = text[:place] + other + text[place + 1 :]
            connection.execute(update(final_reviews).values(document=changed))
        found = verified(review)
        assert not found.ok, place
        assert any("was changed: its SHA-256 is" in each for each in found.faults)


CHANGES: list[tuple[Any, dict[str, Any], str]] = [
    (final_reviews, {"sha256": "0" * 64}, "was changed: its SHA-256 is"),
    (final_reviews, {"previous_sha256": "0" * 64}, "The previous SHA-256 kept beside"),
    (final_reviews, {"pay": "{}"}, "The SHA-256 of pay kept beside"),
    (final_reviews, {"by": "Somebody (hr)"}, "The finaliser kept beside"),
    (final_reviews, {"at": "2026-04-21T09:00:00Z"}, "The moment kept beside"),
    (reviews, {"first_month": 202512}, "The first month kept beside"),
    (reviews, {"last_month": 202604}, "The last month kept beside"),
    (reviews, {"version": 2}, "is kept as final in its version 2, which its last step"),
    (reviews, {"state": "open"}, "is kept as open in its version 1, which its last step"),
    (reviews, {"rating": "meets"}, "The decided rating of review 1, version 1 is meets, not below"),
    (reviews, {"rating_reason": "Liked."}, "The rating reason of"),
    (reviews, {"due_on": "2026-06-01"}, "The due on of"),
    (review_steps, {"note": "x"}, "The steps of review 1, version 1 are not those"),
    (review_steps, {"by": "x"}, "The steps of"),
    (review_steps, {"kind": "operator"}, "The steps of"),
    (review_steps, {"user": 7}, "The steps of"),
    (review_steps, {"at": "2026-04-20T09:00:00Z"}, "The steps of"),
    (review_steps, {"action": "confirm"}, "The steps of"),
    (review_steps, {"state": "final"}, "The steps of"),
    (review_texts, {"handed_in": "x"}, "The texts of review 1, version 1 are not those"),
]


def test_every_column_beside_it_that_is_changed_is_found(review: Reviewed) -> None:
    review.final()
    start = kept(review.engine)
    for table, values, said in CHANGES:
        with writing(review.engine) as connection:
            connection.execute(update(table).values(values))
        faults = verified(review).faults
        assert any(said in each for each in faults), (values, faults)
        put_back(review.engine, start)
    for table in (review_steps, review_texts):
        with writing(review.engine) as connection:
            connection.execute(delete(table))
        assert not verified(review).ok
        put_back(review.engine, start)


def test_a_forger_who_writes_the_hash_too_meets_the_trail(review: Reviewed) -> None:
    review.final()
    forged = file_of(review, lambda document: document.update(manager_name="Erin Example"))
    with writing(review.engine) as connection:
        connection.execute(
            update(final_reviews).values(document=forged.decode(), sha256=hash_of_bytes(forged))
        )
    (fault,) = verified(review).faults
    assert "The trail says that review 1, version 1 was frozen with the SHA-256" in fault
    with writing(review.engine) as connection:
        newest = select(trail.c.id).order_by(trail.c.id.desc()).limit(1).scalar_subquery()
        details = {"version": 1, "sha256": hash_of_bytes(forged)}
        connection.execute(update(trail).where(trail.c.id == newest).values(details=details))
    (fault,) = verified(review).faults
    assert "The trail's own entry about review 1, version 1 was changed" in fault
    with writing(review.engine) as connection:
        connection.execute(delete(trail).where(trail.c.id == newest))
    (fault,) = verified(review).faults
    assert "knows nothing of review 1, version 1 having been made final" in fault


def test_a_figure_that_does_not_follow_from_the_measures_is_found(review: Reviewed) -> None:
    review.final()

    def better(document: dict[str, Any]) -> None:
        document["score"] = 91.0

    forged = file_of(review, better)
    with writing(review.engine) as connection:
        connection.execute(
            update(final_reviews).values(document=forged.decode(), sha256=hash_of_bytes(forged))
        )
    found = [each for each in verified(review).faults if each.startswith("Computed again")]
    assert len(found) == 1
    assert re.fullmatch(
        r"Computed again from its own measures, score is 67\.[45]\d*; the scorecard says 91\.0\.",
        found[0],
    )


def test_each_final_review_is_chained_to_the_one_before(review: Reviewed, clock: Clock) -> None:
    review.final()
    fill(review.office, ("2026-04", "2026-05", "2026-06"))
    clock.moment = datetime(2026, 7, 20, 9, tzinfo=UTC)
    later = Reviewed.__new__(Reviewed)
    later.office, later.engine = review.office, review.engine
    later.number = open_review(
        review.engine, HARPER, "lakeside", "dana", Month(2026, 4), Month(2026, 6)
    ).number
    later.final()
    previous = later.seen().document["previous"]
    assert previous == {
        "review": review.number, "version": 1, "sha256": verified(review).sha256,
    }  # fmt: skip
    assert verified(later).ok
    first = final_reviews.c.review == review.number
    with writing(review.engine) as connection:
        connection.execute(update(final_reviews).where(first).values(document="{}"))
    (fault,) = verified(later).faults
    assert "and what is kept of that is another document now" in fault
    with writing(review.engine) as connection:
        connection.execute(delete(final_reviews).where(first))
    (fault,) = verified(later).faults
    assert f"is chained to review {review.number}, version 1, which is no longer there" in fault


def test_a_reopened_review_keeps_its_versions(review: Reviewed) -> None:
    review.final()
    first = verified(review)
    review.act(HARPER, "reopen", "March was loaded twice.")
    assert verified(review).sha256 == first.sha256
    assert verified(review).ok
    document = scorecard_document(review.engine, HARPER, "dana", FIRST, LAST)
    assert (document["review"]["version"], document["review"]["state"]) == (2, "open")
    review.write(DANA, "As before.")
    review.act(DANA, "hand_in")
    review.act(DR_LEE, "supervise", rating="below")
    review.act(DANA, "acknowledge")
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    found = verified(review)
    assert (found.version, found.ok) == (2, True)
    assert review.seen().document["previous"]["sha256"] == first.sha256
    assert verified(review, 1).ok
    assert [each.version for each in review.seen().frozen] == [1, 2]


# -- files from outside -------------------------------------------------------------------------


def pdf(content: bytes, deflated: bool = True) -> bytes:
    """As much of a PDF as carries an attachment."""
    body = zlib.compress(content) if deflated else content
    kind = b"/Type /EmbeddedFile " + (b"/Filter /FlateDecode " if deflated else b"")
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Length 3 >>\nstream\nxyz\n"
        b"endstream\nendobj\n3 0 obj\n<< " + kind
        + b"/Length %d >>\nstream\n" % len(body) + body + b"\nendstream\nendobj\n%%EOF\n"
    )  # fmt: skip


def handed(review: Reviewed, content: bytes, name: str = "dana.json") -> Verification:
    return verify_file(review.engine, HARPER, content, name)


def test_a_file_from_outside_is_found_to_be_the_review(review: Reviewed) -> None:
    review.final()
    content = file_of(review)
    spaced = json.dumps(json.loads(content), indent=2).encode()
    for each, name in (
        (content, "dana.json"), (spaced, "dana.json"),
        (pdf(content), "dana.pdf"), (pdf(content, deflated=False), "dana.pdf"),
    ):  # fmt: skip
        found = handed(review, each, name)
        assert (found.review, found.version, found.faults) == (review.number, 1, ())


def test_a_file_that_was_changed_is_found_with_the_field(review: Reviewed) -> None:
    review.final()

    def change(document: dict[str, Any]) -> None:
        document["kpis"][0]["value"] = 0.55
        document["review"]["decided_rating"] = "meets"
        document["extra"] = "x"

    for content, name in (
        (file_of(review, change), "dana.json"),
        (pdf(file_of(review, change)), "dana.pdf"),
    ):
        found = handed(review, content, name)
        assert found.faults == (
            f"{name}: it says 0.55 for kpis[overhead_ratio].value, and what was frozen says 0.65.",
            f"{name}: it says meets for review.decided_rating, and what was frozen says below.",
            f"{name}: it says x for extra, and what was frozen says nothing.",
        )


def test_a_file_of_another_house_is_verified_in_itself(review: Reviewed) -> None:
    review.final()
    content = file_of(review)
    put_back(review.engine, {name: [] for name in kept(review.engine)})
    found = handed(review, content)
    assert (found.review, found.faults) == (None, ())
    assert "no review here has this SHA-256" in found.notes[0]
    assert found.sha256 == hash_of(json.loads(content))
    document = json.loads(content)
    document["score"] = 91.0
    assert "Computed again from its own measures, score is" in handed(
        review, canonical(document)
    ).faults[0]  # fmt: skip
    draft = canonical(scorecard_document(review.engine, HARPER, "dana", FIRST, LAST))
    assert "is no final scorecard" in handed(review, draft).notes[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "only a scorecard's JSON or PDF"),
        (b"<!DOCTYPE html>", "only a scorecard's JSON or PDF"),
        (b"%PDF-1.7\n%%EOF", "holds no scorecard's data any more"),
        (pdf(b"not json"), "holds no scorecard's data any more"),
        (pdf(b"{}").replace(b"endstream", b"x"), "not that of a scorecard"),
        (pdf(b'{"a": 1'), "not the JSON of a scorecard"),
        (b'{"manager": 1, "practice": "lakeside"}', "not that of a scorecard"),
        (b'{"manager": "dana", "practice": "lakeside"}', None),
    ],
)
def test_what_is_no_scorecard_is_said(review: Reviewed, content: bytes, said: str | None) -> None:
    if said is None:
        assert "lacks" in handed(review, content).faults[0] or not handed(review, content).ok
        return
    with pytest.raises(InputError, match=said):
        handed(review, content)


def test_who_may_verify(review: Reviewed) -> None:
    with pytest.raises(NotFound, match=r"Nothing was frozen yet of review \d+, which is open"):
        verified(review)
    review.final()
    assert verify_review(review.engine, DANA, "lakeside", review.number).ok
    with pytest.raises(NotPermitted):
        verify_review(review.engine, ERIN, "lakeside", review.number)
    with pytest.raises(NotPermitted):
        verify_file(review.engine, ERIN, file_of(review), "dana.json")
    with pytest.raises(NotFound, match="version 3"):
        verified(review, 3)


def test_data_of_other_months_is_no_restatement(review: Reviewed, office: Office) -> None:
    review.final()
    for month in ("2026-04",):
        office.load(ledger(month))
        office.load(surveys(month))
        office.load(complaints(month))
    found = verified(review).restated
    assert found is not None
    assert (found.events, found.unexplained) == ((), ())

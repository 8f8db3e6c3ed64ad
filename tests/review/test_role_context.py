"""What is known of a practice when a role is checked for it."""

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.roles.context import role_context
from tests.office import Office
from tests.scored import ROLE, ledger, published, surveys

JANUARY, FEBRUARY, MARCH = (Month(2026, number) for number in (1, 2, 3))


def test_a_practice_without_data_knows_nothing(engine: Engine) -> None:
    Office(engine)
    known = role_context(engine, operator(), "lakeside")
    assert known.complete == {}
    assert known.versions == {}


def test_datasets_are_known_by_their_complete_months(engine: Engine) -> None:
    office = Office(engine)
    office.load(ledger("2026-01"))
    office.load(ledger("2026-03"))
    office.load(surveys("2026-02"))
    attest(engine, operator(), "lakeside", "incidents", FEBRUARY)
    known = role_context(engine, operator(), "lakeside")
    assert known.complete == {
        "ledger": {JANUARY, MARCH}, "surveys": {FEBRUARY}, "incidents": {FEBRUARY},
    }  # fmt: skip


def test_published_versions_are_known_by_hash_and_responsibilities(engine: Engine) -> None:
    office = Office(engine)
    version = published(office)
    found = role_context(engine, operator(), "lakeside").versions
    assert list(found) == [("medical-office-manager", "2026.1")]
    known = found["medical-office-manager", "2026.1"]
    assert known.sha256 == version.role.sha256
    assert "text: Keeps spending within the plan." in ROLE
    assert known.responsibilities == {"money": "Keeps spending within the plan."}

"""The reviews of the demo: the year 2025 final at both practices, and the four cases among them
that a reader comes to see, each held against the sample's own files."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from dashboards.demo import add_demo_accounts
from kpi.access.actor import Actor, operator
from kpi.access.audit import seals
from kpi.commands.sample import publish_roles
from kpi.commands.story import play
from kpi.errors import InputError
from kpi.review.cycle.acting import act
from kpi.review.cycle.reviews import Review, reviews_seen
from kpi.review.cycle.table import State
from kpi.review.frozen.verifying import verify_review
from kpi.store.engine import connect, reading
from kpi.store.reviews import final_reviews
from tests.golden.oracle.reading import SAMPLE, manifest

HERE = {"dana": "lakeside", "marcus": "hillcrest"}
QUARTERS = ("2025-01", "2025-04", "2025-07", "2025-10")
NEWER = {
    ("dana", "2026-01"): State.ACKNOWLEDGED,  # for HR to confirm and to make final
    ("marcus", "2026-01"): State.ACKNOWLEDGED,  # for HR to find out why it cannot be final
    ("dana", "2026-04"): State.SELF_ASSESSED,  # for the physician
    ("marcus", "2026-04"): State.OPEN,  # for the manager
}


@pytest.fixture(scope="module")
def played(sample_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A copy of the sample's database in which the people of the demo held their reviews."""
    path = tmp_path_factory.mktemp("demo") / "rolecard.db"
    with sqlite3.connect(str(sample_database.url.database)) as source, sqlite3.connect(path) as to:
        source.backup(to)
    engine = connect(f"sqlite:///{path}")
    add_demo_accounts(engine)
    file = "roles/medical-office-manager-2025.2.yaml"
    publish_roles(engine, [{"practice": "lakeside", "file": file, "retroactive": "as in the demo"}])
    play(engine)
    yield engine
    engine.dispose()
    _held.cache_clear()


@pytest.fixture
def reviewed(played: Engine, sample_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same, with the key that seals its trail."""
    monkeypatch.setenv("KPI_HOME", str(Path(str(sample_database.url.database)).parent))
    return played


@cache
def _held(engine: Engine) -> dict[tuple[str, str], Review]:
    with reading(engine) as connection:
        found = reviews_seen(connection, operator())
    return {(each.assignment.manager.id, str(each.first)): each for each in found}


def frozen(engine: Engine, manager: str, first: str) -> dict[str, Any]:
    """What the database holds of a final review, read as JSON and not by the program's reader."""
    query = select(final_reviews.c.document).where(
        final_reviews.c.review == _held(engine)[manager, first].number
    )
    with reading(engine) as connection:
        text: str = connection.execute(query).scalar_one()
    document: dict[str, Any] = json.loads(text)
    return document


def row(document: dict[str, Any], kpi: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in document["kpis"] if each["id"] == kpi)
    return found


def test_the_year_is_final_and_the_newest_quarters_wait_for_somebody(reviewed: Engine) -> None:
    year = {(manager, first): State.FINAL for manager in HERE for first in QUARTERS}
    assert {at: each.state for at, each in _held(reviewed).items()} == year | NEWER


@pytest.mark.parametrize("manager", HERE)
def test_each_final_review_verifies_and_is_chained(reviewed: Engine, manager: str) -> None:
    before = None
    for first in QUARTERS:
        number = _held(reviewed)[manager, first].number
        found = verify_review(reviewed, operator(), HERE[manager], number)
        assert (found.faults, found.notes) == ((), ())
        assert found.restated is not None
        assert (found.restated.events, found.restated.unexplained) == ((), ())
        previous = frozen(reviewed, manager, first)["previous"]
        assert (previous and previous["sha256"]) == before
        before = found.sha256


def test_days_follow_one_another_and_the_trail_stands(reviewed: Engine) -> None:
    for each in _held(reviewed).values():
        moments = [step.at for step in each.steps]
        assert moments == sorted(moments)
        assert moments[0][:10] > str(each.last.last_day)
        assert moments[-1] < "2026-08"
    assert seals(reviewed, operator()).broken_at is None


def test_whoever_signs_is_of_the_kind_that_may(reviewed: Engine) -> None:
    kinds = {(step.action, step.kind) for each in _held(reviewed).values() for step in each.steps}
    assert kinds == {
        ("open", "hr"), ("hand_in", "manager"), ("supervise", "physician"),
        ("acknowledge", "manager"), ("contest", "manager"), ("answer_contest", "hr"),
        ("confirm", "hr"), ("finalize", "hr"),
    }  # fmt: skip


def test_one_is_contested_and_was_answered_before_it_was_final(reviewed: Engine) -> None:
    contested = [
        at for at, each in _held(reviewed).items()
        if any(step.action == "contest" for step in each.steps)
    ]  # fmt: skip
    assert contested == [("marcus", "2025-07")]
    document = frozen(reviewed, *contested[0])
    assert [step["action"] for step in document["review"]["steps"]][-4:] == [
        "contest", "answer_contest", "confirm", "finalize",
    ]  # fmt: skip
    assert "18 August" in document["texts"]["contest"]
    assert "48 of 100 points" in document["texts"]["contest_answer"]
    # The five KPIs of the desk that the answer speaks of.
    desk = (
        "median_wait_minutes", "no_show_rate", "scheduling_accuracy", "satisfaction_score",
        "complaints_resolved_in_7_days",
    )  # fmt: skip
    assert sum(row(document, kpi)["weight"] for kpi in desk) == 48


def test_one_has_a_breached_gate(reviewed: Engine) -> None:
    path = Path(SAMPLE) / "hillcrest" / "incidents_2025-06_to_12.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        confirmed = [
            each for each in csv.DictReader(file)
            if each["kind"] == "hipaa" and each["confirmed"] == "true"
        ]  # fmt: skip
    assert [each["discovered_on"][:7] for each in confirmed] == ["2025-11"]
    states = {
        at: frozen(reviewed, *at)["gates"][0]["state"]
        for at, each in _held(reviewed).items()
        if each.state is State.FINAL
    }
    assert [at for at, state in states.items() if state == "breached"] == [("marcus", "2025-10")]
    document = frozen(reviewed, "marcus", "2025-10")
    assert document["gates"] == [{"kpi": "hipaa_violations", "cap": 60, "state": "breached"}]
    assert row(document, "hipaa_violations")["value"] == 1
    # All else was worse than the cap, which therefore takes nothing away.
    assert document["score"] == document["uncapped_score"] == pytest.approx(43.15, abs=0.01)
    assert document["review"]["decided_rating"] == "below"


def test_one_had_too_little_data_until_hr_excluded_it(reviewed: Engine) -> None:
    covered = [each["covers"] for each in manifest()["files"]
               if each["file"].startswith("hillcrest/incidents_2025")]  # fmt: skip
    assert covered == ["2025-01..2025-04", "2025-06..2025-12"]  # May is in none
    document = frozen(reviewed, "marcus", "2025-04")
    privacy = row(document, "hipaa_violations")
    assert (privacy["status"], privacy["value"]) == ("excluded", None)
    assert document["gates"][0]["state"] == "unknown"
    (exclusion,) = document["exclusions"]
    assert exclusion["by"] == "Noor Adeyemi (sample) (hr)"
    assert exclusion["months"] == ["2025-04", "2025-05", "2025-06"]
    assert "switched off" in exclusion["reason"]
    assert "4 February 2026" in exclusion["evidence"]
    # 88 of 100 points of weight have a value; the gate could have held the score to 60.
    without = document["without_exclusions"]
    assert (without["coverage"], without["score_range"][0]) == (pytest.approx(0.88), 60)
    assert document["coverage"] == 1


def test_one_spans_two_role_versions(reviewed: Engine) -> None:
    document = frozen(reviewed, "dana", "2025-07")
    assert [(each["version"], each["months"]) for each in document["versions"]] == [
        ("2025.1", ["2025-07"]),
        ("2025.2", ["2025-08", "2025-09"]),
    ]
    # By hand from the two role files: weight 8 for one month and 10 for two, floor 10%, stretch 3%,
    # target 5.5% and then 5%; 96 of 1,979 visits were missed.
    missed = 96 / 1979 * 100
    old = 100 + 20 * (5.5 - missed) / (5.5 - 3)
    new = 100 + 20 * (5 - missed) / (5 - 3)
    found = row(document, "no_show_rate")
    assert (found["numerator"], found["denominator"]) == (96, 1979)
    assert found["weight"] == pytest.approx((8 + 2 * 10) / 3)
    assert found["attainment"] == pytest.approx((8 * old + 20 * new) / 28)
    assert all(each["acknowledged"] for each in document["versions"])


def test_what_waits_for_a_decision_keeps_the_newest_from_being_final(reviewed: Engine) -> None:
    number = _held(reviewed)["marcus", "2026-01"].number
    noor = Actor("hr", "Noor Adeyemi (sample)")
    with pytest.raises(InputError, match="gate of HIPAA violations waits for a decision"):
        act(reviewed, noor, "hillcrest", number, "finalize", "it takes too long")

"""A database of the first schema, upgraded as it lies and from a restored backup, on either kind.

Rolecard as it was then loaded, as uploads 1 to 9, the ledger, surveys and complaints of
``tests.scored`` for January to March 2026, and published its role; 10, January's four complaints
again with a fifth that was settled in two days; 11, a ledger of February with 900 spent, which was
undone; 12, two appointments and one on a day that there is not; 13, a payment; 14 to 16, that there
were no incidents.

So ten of thirteen complaints were settled in time, and between 50% and 90% that is worth
(10/13 - 0.5) / 0.4 = 67.31 points; the score is 0.4·75 + 0.3·50 + 0.2·67.31 + 0.1·100 = 68.46.
"""

import io
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.backing_up import back_up
from kpi.access.restoring import restore
from kpi.errors import DatabaseError
from kpi.health.checks import check_installation, check_practice
from kpi.ingest.ingestion import ingest
from kpi.ingest.rebuilding import rebuild_practice
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.scores.scoring import score_manager
from kpi.store.schema import init_database, open_database
from tests.older import FIRST, as_it_was
from tests.scored import complaints

QUARTER = Month(2026, 1), Month(2026, 3)
WORKED = 0.4 * 75 + 0.3 * 50 + 0.2 * 100 * (10 / 13 - 0.5) / 0.4 + 0.1 * 100


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of the old database, on each kind."""
    if request.param == "sqlite":
        (tmp_path / "old.db").touch(mode=0o600)
        return as_it_was(f"sqlite:///{tmp_path / 'old.db'}", FIRST)
    return as_it_was(request.getfixturevalue("postgres_url"), FIRST)


def score(engine: Engine) -> float | None:
    return score_manager(engine, operator(), "dana", *QUARTER).score.score


def test_it_is_upgraded_as_it_lies_and_from_a_restored_backup(old: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"older schema \(0001\); upgrade with: kpi init"):
        open_database(old)
    engine = open_database(old, older=True)
    back_up(engine, operator(), tmp_path / "old.backup")
    engine.dispose()
    init_database(old).dispose()
    restored = f"sqlite:///{tmp_path / 'restored.db'}"
    assert restore(restored, operator(), tmp_path / "old.backup").upgraded
    for url in (restored, old):
        engine = open_database(url)
        look_through(engine)
        if url == old:
            go_on(engine)
        engine.dispose()


def look_through(engine: Engine) -> None:
    """The score is as worked above, and nothing is wrong with records, references or figures."""
    assert score(engine) == pytest.approx(WORKED, rel=1e-12)
    findings = [
        *check_installation(engine, operator()),
        *check_practice(engine, operator(), "lakeside"),
    ]
    assert [each.sentence for each in findings if not each.ok] == []
    assert rebuild_practice(engine, operator(), "lakeside", mend=False).differences == []


def go_on(engine: Engine) -> None:
    """What was said then is known now: the same rows change nothing, and what upload 10 said again
    stands when 3, which said it first, is undone."""
    content = io.BytesIO(complaints("2026-02").encode())
    (again,) = ingest(engine, operator(), "lakeside", content, "complaints.csv")
    assert (again.status, again.unchanged, again.id) == ("duplicate", 4, 17)
    undo(engine, operator(), "lakeside", 3)
    assert score(engine) == pytest.approx(WORKED, rel=1e-12)
    undo(engine, operator(), "lakeside", 10)  # January's complaints are missing then
    assert score(engine) == pytest.approx((0.4 * 75 + 0.3 * 50 + 0.1 * 100) / 0.8, rel=1e-12)

"""The sample practices in a database, loaded once for all golden tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.ingest.accounts import list_accounts, set_account
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.months import Month, span
from kpi.review.roles.publication import publish
from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key
from tests.golden.oracle.reading import SAMPLE, manifest


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with both sample practices, their files, declarations and roles."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(folder))  # where the hash key is kept
        patch.delenv("KPI_DATABASE_URL", raising=False)
        engine = init_database(f"sqlite:///{folder / 'rolecard.db'}")
        with writing(engine) as connection:
            make_key(connection)
        _load(engine)
        yield engine
    engine.dispose()


def _load(engine: Engine) -> None:
    actor, document = operator(), manifest()
    for each in document["practices"]:
        add_practice(
            engine, actor, each["id"], each["name"], each["timezone"], each["fiscal_start"]
        )
    names = {each["id"]: each["name"] for each in document["managers"]}
    for each in document["assignments"]:
        add_manager(
            engine, actor, each["manager"], names[each["manager"]], each["practice"],
            Month.parse(each["from"]), role=each["role"],
        )  # fmt: skip
    seen: set[str] = set()
    for each in document["files"]:
        _load_file(engine, each, "duplicate" if each["file"] in seen else "loaded")
        seen.add(each["file"])
    for practice, categories in document["accounts"].items():
        for account in list_accounts(engine, actor, practice):
            name = account["account"]
            set_account(engine, actor, practice, name, categories[name])
    for each in document["attestations"]:
        attest(engine, actor, each["practice"], each["dataset"], Month.parse(each["month"]))
    for each in document["roles"]:
        text = (SAMPLE / each["file"]).read_bytes()
        publish(
            engine, actor, each["practice"], text, each["file"],
            retroactive=each["retroactive"], today=Month.parse("2026-07").first_day,
        )  # fmt: skip


def _load_file(engine: Engine, each: dict[str, str], expected: str) -> None:
    first, _, last = each.get("covers", "").partition("..")
    receipts = ingest(
        engine,
        operator(),
        each["practice"],
        SAMPLE / each["file"],
        each["file"],
        dataset=each.get("dataset"),
        covers=span(Month.parse(first), Month.parse(last)) if first else (),
    )
    assert [receipt.status for receipt in receipts] == [expected], (
        f"{each['file']}: {[receipt.message for receipt in receipts]}"
    )

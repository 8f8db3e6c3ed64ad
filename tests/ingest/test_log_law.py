"""Loading, correcting, repeating and undoing in any order leaves what a replay of the log gives."""

import csv
import io
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from kpi.access.actor import operator
from kpi.access.practices import Practice, add_practice
from kpi.datasets.stored import date_of
from kpi.ingest.ingestion import ingest
from kpi.ingest.protect import Protector
from kpi.ingest.undoing import undo
from kpi.measures.completeness import presence
from kpi.months import Month, span
from kpi.store.engine import reading
from kpi.store.secret import read_key
from kpi.store.tables import (
    claims,
    dataset_months,
    monthly_histograms,
    monthly_measures,
    quarantined,
    records,
)
from tests.ingest.replay import UNREADABLE, File, by_key, by_period

PRACTICES = count()
YEAR = span(Month(2026, 1), Month(2026, 12))

laws = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

DAYS = [f"2026-{month:02d}-{day:02d}" for month in (1, 2) for day in (3, 17, 28)]
PLACES = [None, "East", "West"]


@st.composite
def complaint_files(draw: st.DrawFn) -> File:
    optional = draw(st.sets(st.sampled_from(["resolved_on", "category", "location"])))
    with_date = draw(st.booleans()) or not optional
    columns = ("complaint_id", *(["received_on"] if with_date else []), *sorted(optional))
    cell = {
        "complaint_id": st.sampled_from("abcd"),
        "received_on": st.sampled_from([*DAYS, *DAYS, UNREADABLE]),
        "resolved_on": st.sampled_from([*DAYS, None, UNREADABLE]),
        "category": st.sampled_from([None, "waiting", "billing"]),
        "location": st.sampled_from(PLACES),
    }
    rows = draw(st.lists(st.fixed_dictionaries({name: cell[name] for name in columns}),
                         min_size=1, max_size=5))  # fmt: skip
    replaces = draw(st.sampled_from([(), (), (Month(2026, 1),), (Month(2026, 1), Month(2026, 2))]))
    return File(columns, tuple(rows), replaces)


@st.composite
def ledger_files(draw: st.DrawFn) -> File:
    optional = draw(st.sets(st.sampled_from(["location", "part"])))
    columns = ("month", "account", "kind", "amount", *sorted(optional))
    cell = {
        "month": st.sampled_from(["2026-01", "2026-02"]),
        "account": st.sampled_from(["Visits", "Tests"]),
        "kind": st.just("revenue"),
        "amount": st.sampled_from(["1.00", "2.00", "3.50"]),
        "location": st.sampled_from(PLACES),
        "part": st.sampled_from([None, "insurance", "patient"]),
    }
    rows = draw(st.lists(st.fixed_dictionaries({name: cell[name] for name in columns}),
                         min_size=1, max_size=5))  # fmt: skip
    return File(columns, tuple(rows))


def steps(files: st.SearchStrategy[File]) -> st.SearchStrategy[list[File | int]]:
    """Files to load, and numbers: undo the upload that stands at that place, or load it again."""
    return st.lists(st.one_of(files, st.integers(-8, 8)), min_size=1, max_size=8)


class Log:
    """A practice of its own, what was loaded into it, and what stands."""

    def __init__(self, engine: Engine, dataset: str) -> None:
        self.engine, self.dataset = engine, dataset
        self.practice: Practice = add_practice(engine, operator(), f"p{next(PRACTICES)}", "Sample")
        self.standing: list[tuple[int, File]] = []

    def load(self, file: File) -> None:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(file.columns)
        for row in file.rows:
            shown = {UNREADABLE: "soon"}
            writer.writerow([shown.get(str(row[name]), row[name] or "") for name in file.columns])
        (receipt,) = ingest(
            self.engine, operator(), self.practice.id, io.BytesIO(text.getvalue().encode()),
            "file.csv", dataset=self.dataset, covers=file.replaces,
            replace=bool(file.replaces) or self.dataset == "ledger", allow_bad=True,
            allow_old=True,
        )  # fmt: skip
        if receipt.status == "refused":
            assert "its rows fall in" in receipt.message  # outside the months it is said to hold
            return
        assert receipt.read == len(file.rows)
        assert receipt.read == (
            receipt.added + receipt.changed + receipt.unchanged + receipt.left_out
            + receipt.quarantined
        )  # fmt: skip
        assert receipt.id is not None
        self.standing.append((receipt.id, file))

    def take(self, step: File | int) -> None:
        if isinstance(step, File):
            self.load(step)
        elif not self.standing:
            return
        elif step < 0:
            upload, _file = self.standing.pop(-step % len(self.standing))
            undo(self.engine, operator(), self.practice.id, upload)
        else:
            self.load(self.standing[step % len(self.standing)][1])

    def files(self) -> list[File]:
        return [file for _upload, file in self.standing]

    def computed(self) -> dict[str, object]:
        """All that is computed from the records, without the practice's number."""
        found: dict[str, object] = {}
        number = self.practice.number
        with reading(self.engine) as connection:
            for table in (monthly_measures, monthly_histograms, dataset_months):
                columns = [each for each in table.c if each.name != "practice"]
                query = select(*columns).where(table.c.practice == number).order_by(*columns)
                found[table.name] = [tuple(row) for row in connection.execute(query)]
            found["presence"] = presence(connection, number, self.dataset, YEAR)
            table = records[self.dataset]
            hashes = {h: name for name, h in self.keys().items()}
            order = {upload: at for at, (upload, _file) in enumerate(self.standing)}
            found["records"] = sorted(
                (hashes.get(row.key, ""), order[row.upload], row.line, row.live,
                 repr([row._mapping[name] for name in self.stored()]))
                for row in connection.execute(select(table).where(table.c.practice == number))
            )  # fmt: skip
            found["claims"] = sorted(
                (hashes.get(row.key, ""), order[row.upload], row.line)
                for row in connection.execute(select(claims).where(claims.c.practice == number))
            )
            found["quarantined"] = sorted(
                (order[row.upload], row.line, row.reason)
                for row in connection.execute(
                    select(quarantined).where(
                        quarantined.c.practice == number, quarantined.c.upload.in_(order)
                    )
                )
            )
        return found

    def stored(self) -> list[str]:
        skipped = ("practice", "key", "upload", "line", "live", "fingerprint")
        return [each.name for each in records[self.dataset].c if each.name not in skipped]

    def keys(self) -> dict[str, bytes]:
        """The keys of complaints a to d, as this practice hashes them."""
        hashed = Protector(read_key(), self.practice.id)("complaint", list("abcd"))
        return dict(zip("abcd", hashed, strict=True))

    def replayed(self) -> "Log":
        """The standing files alone, loaded in their order into a new practice."""
        other = Log(self.engine, self.dataset)
        for file in self.files():
            other.load(file)
        return other


@laws
@given(taken=steps(complaint_files()))
def test_by_key_the_tables_hold_what_a_replay_gives(
    engine: Engine, taken: list[File | int]
) -> None:
    log = Log(engine, "complaints")
    for step in taken:
        log.take(step)
    expected = by_key(log.files(), "complaint_id", "received_on", "received_on")
    names = ("received_on", "resolved_on", "category", "location")
    with reading(engine) as connection:
        table = records["complaints"]
        live = connection.execute(
            select(table).where(table.c.practice == log.practice.number, table.c.live == 1)
        )
        held = {row.key: row._mapping for row in live}
    hashed = log.keys()
    assert set(held) == {hashed[name] for name in expected}
    for name, cells in expected.items():
        row = held[hashed[name]]
        found = {
            column: date_of(row[column]).isoformat() if isinstance(row[column], int)
            else row[column]
            for column in names
        }  # fmt: skip
        assert found == {column: cells.get(column) for column in names}
        assert (row["record_month"] is None) == (cells.get("received_on") is None)
    assert log.computed() == log.replayed().computed()


@laws
@given(taken=steps(ledger_files()))
def test_by_period_the_tables_hold_what_a_replay_gives(
    engine: Engine, taken: list[File | int]
) -> None:
    log = Log(engine, "ledger")
    for step in taken:
        log.take(step)
    expected = by_period(log.files(), "month", ("account", "kind"))
    with reading(engine) as connection:
        table = records["ledger"]
        live = connection.execute(
            select(table).where(table.c.practice == log.practice.number, table.c.live == 1)
        )
        held = sorted(
            (str(Month.from_code(row.month)), row.account, f"{row.amount / 100:.2f}",
             row.location or "", row.part or "")
            for row in live
        )  # fmt: skip
    assert held == sorted(
        (str(row["month"]), str(row["account"]), str(row["amount"]), row.get("location") or "",
         row.get("part") or "")
        for row in expected
    )  # fmt: skip
    mine, again = log.computed(), log.replayed().computed()
    for name in (monthly_measures.name, dataset_months.name, "presence"):
        assert mine[name] == again[name]


@pytest.mark.parametrize("dataset", ["complaints"])
def test_undoing_everything_leaves_nothing(engine: Engine, dataset: str) -> None:
    log = Log(engine, dataset)
    file = File(("complaint_id", "received_on"), ({"complaint_id": "a", "received_on": DAYS[0]},))
    for _ in range(3):
        log.load(file)
    for upload, _file in log.standing:
        undo(engine, operator(), log.practice.id, upload)
    log.standing = []
    found = log.computed()
    assert found["records"] == found["claims"] == found[monthly_measures.name] == []

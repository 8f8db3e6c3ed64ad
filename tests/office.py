"""A made-up practice of a test: files written as texts are loaded, and what came of it is read."""

import io
from collections.abc import Sequence
from copy import copy

from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.practices import Practice, add_practice
from kpi.catalogue import MeasureKind, measures
from kpi.ingest.ingestion import ingest
from kpi.ingest.receipt import Receipt
from kpi.ingest.undoing import undo
from kpi.measures.completeness import Presence, presence
from kpi.measures.stored import monthly_counts, monthly_values
from kpi.months import Month, span
from kpi.store.engine import reading


def months(text: str) -> tuple[Month, ...]:
    """The months of ``2026-01..2026-03`` or of ``2026-01``."""
    first, _, last = text.partition("..")
    return span(Month.parse(first), Month.parse(last or first))


class Office:
    """One practice in a database that is the test's own."""

    def __init__(self, engine: Engine, id: str = "lakeside", fiscal_start: int = 1) -> None:
        self.engine = engine
        self.practice: Practice = add_practice(
            engine, operator(), id, id.capitalize(), fiscal_start=fiscal_start
        )

    def in_database(self, engine: Engine) -> "Office":
        """The same practice in another database, into which this one was restored."""
        found = copy(self)
        found.engine = engine
        return found

    def offered(
        self,
        text: str,
        dataset: str | None = None,
        covers: str = "",
        replace: bool = False,
        allow_bad: bool = False,
        actor: Actor | None = None,
    ) -> Receipt:
        """The receipt of a file with that text, whatever became of it."""
        (receipt,) = ingest(
            self.engine, actor or operator(), self.practice.id, io.BytesIO(text.encode()),
            "file.csv", dataset=dataset, covers=months(covers) if covers else (),
            replace=replace, allow_bad=allow_bad, allow_old=True,
            allow_unusual=True,
        )  # fmt: skip
        return receipt

    def load(
        self,
        text: str,
        dataset: str | None = None,
        covers: str = "",
        replace: bool = False,
        allow_bad: bool = False,
        actor: Actor | None = None,
    ) -> int:
        """Loads a file with that text; gives the upload's id."""
        receipt = self.offered(text, dataset, covers, replace, allow_bad, actor)
        assert receipt.status != "refused", receipt.message
        assert receipt.id is not None
        return receipt.id

    def values(
        self, month: str, names: Sequence[str], locations: tuple[str, ...] = ()
    ) -> dict[str, float]:
        """Flows and stocks of a month; 0 where nothing entered."""
        only = Month.parse(month)
        with reading(self.engine) as connection:
            found = monthly_values(connection, self.practice.number, names, [only], locations)
        return {name: found.get(name, {}).get(only, 0.0) for name in names}

    def value(self, month: str, name: str, *locations: str) -> float:
        """One measure of a month, of the practice or of some locations together."""
        return self.values(month, [name], locations)[name]

    def of(self, dataset: str, month: str, *locations: str) -> dict[str, float]:
        """All of a dataset's flows and stocks that are not zero in a month."""
        names = [
            each.name
            for each in measures().values()
            if each.dataset == dataset and each.kind is not MeasureKind.HISTOGRAM
        ]
        found = self.values(month, names, locations)
        return {name: value for name, value in found.items() if value}

    def counts(self, month: str, name: str, *locations: str) -> dict[int, int]:
        """A histogram of a month: whole minutes to how many."""
        only = Month.parse(month)
        with reading(self.engine) as connection:
            found = monthly_counts(connection, self.practice.number, [name], [only], locations)
        return dict(found.get(name, {}).get(only, {}))

    def state(self, dataset: str, month: str, *locations: str) -> Presence:
        """How complete a dataset's month is."""
        only = Month.parse(month)
        with reading(self.engine) as connection:
            return presence(connection, self.practice.number, dataset, [only], locations)[only]

    def undo(self, upload: int) -> None:
        """Undoes an upload."""
        undo(self.engine, operator(), self.practice.id, upload)

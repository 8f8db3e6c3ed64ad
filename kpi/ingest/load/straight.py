"""A practice's first rows of a dataset: nothing stands that they could change, so that they go
straight into the records, in the order of the file."""

from __future__ import annotations

from sqlalchemy import Connection, and_, exists, func, select

from kpi.datasets import Dataset
from kpi.ingest.load.by_key import Loaded
from kpi.ingest.load.fingerprint import fingerprints
from kpi.ingest.load.stage import FIXED
from kpi.ingest.load.upsert import Upsert
from kpi.ingest.model import Chunk
from kpi.measures.refresh import months_of
from kpi.store.tables import records


def is_first(connection: Connection, dataset: Dataset, practice: int) -> bool:
    """Whether the practice has no record of a by-key dataset, not even one that stands no more."""
    table = records[dataset.name]
    held = select(exists().where(table.c.practice == practice))
    return not connection.execute(held).scalar_one()


class Straight:
    """The first rows of a dataset on their way into its table, as versions of one upload."""

    def __init__(
        self,
        connection: Connection,
        dataset: Dataset,
        columns: tuple[str, ...],
        practice: int,
        upload: int,
    ) -> None:
        """``columns``: the canonical columns that the file has."""
        self.connection, self.dataset = connection, dataset
        self.practice, self.upload = practice, upload
        self.own = tuple(each.name for each in dataset.stored if each.name in columns)
        # A record counts in no month while it lacks a required column.
        self._counts = all(each.name in self.own for each in dataset.stored if each.required)
        self._upsert = Upsert(
            connection,
            dataset.name,
            (*FIXED, "record_month", "fingerprint", *self.own),
            constants={"practice": practice, "upload": upload, "live": 1},
            key=("practice", "key", "upload"),
        )
        self.rows = 0

    def add(self, chunk: Chunk) -> None:
        """Adds a chunk's rows; a key that is there already is replaced: the last line wins."""
        months = chunk.months.astype(object)
        months[chunk.months == 0 if self._counts else slice(None)] = None
        self.rows += len(chunk.frame)
        prints = fingerprints(chunk.frame, self.own)
        self._upsert(chunk.frame.assign(record_month=months, fingerprint=prints))

    def load(self) -> Loaded:
        """What the rows did to the records: all are new."""
        table = records[self.dataset.name]
        brought = and_(table.c.practice == self.practice, table.c.upload == self.upload)
        count = select(func.count()).select_from(table).where(brought)
        added = self.connection.execute(count).scalar_one()
        return Loaded(
            added=added,
            changed=0,
            unchanged=0,
            repeated=self.rows - added,
            removed=0,
            moved=months_of(self.connection, self.practice, self.dataset.name, brought),
        )

    def drop(self) -> None:
        """Nothing was held beside the records."""

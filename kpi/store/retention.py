"""Tables of how long records are kept, and of what has to be known of those that are gone."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
)

from kpi.store.tables import metadata

retention = Table(
    "retention",
    metadata,
    Column(
        "practice",
        Integer,
        ForeignKey("practices.number"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("keep_months", Integer),  # NULL: for good
    Column("sealed_before", Integer),  # months before it are sealed; NULL: none
    Column("last_upload", Integer),  # the last entry of the log when they were
    # Of each measure that had figures when months were sealed: the first month that has them all,
    # 0 where every one does.
    Column("counted_from", JSON, nullable=False),
)

forgotten_keys = Table(  # of records that are gone: they must not come back and count twice
    "forgotten_keys",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("key", LargeBinary(16), nullable=False),
    PrimaryKeyConstraint("practice", "dataset", "key"),
    sqlite_with_rowid=False,
)

sealed_quarantine = Table(  # how many rows stood against a month when it was sealed
    "sealed_quarantine",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("month", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    PrimaryKeyConstraint("practice", "dataset", "month"),
)

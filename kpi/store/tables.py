"""The tables: the log of uploads, a table a dataset, what is computed from them, and who is who.

``practice`` is the practice's number and leads every key of what grows, so that tables can be
partitioned and practices never mix. Months are whole numbers (``202601``); how the other kinds
of value are stored stands in ``kpi.datasets.stored``. An absent location is ``''`` in what is
computed and NULL in the records.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from kpi.datasets import Dataset, Kind, all_datasets

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# -- settings of the database itself ----------------------------------------------------------

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

# -- who is who -------------------------------------------------------------------------------

practices = Table(
    "practices",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(60), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("fiscal_start", SmallInteger, nullable=False),
    Column("revision", Integer, nullable=False),  # grows with every change to its data
)

managers = Table(
    "managers",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("name", String(200), nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False, index=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False, index=True),
    Column("role", String(60), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer),
    Column("locations", JSON, nullable=False),  # empty: all
)

role_versions = Table(
    "role_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("role", String(60), nullable=False),
    Column("version", String(40), nullable=False),
    Column("effective", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("baselines", JSON, nullable=False),
    Column("published_at", String(32), nullable=False),
    Column("published_by", String(200), nullable=False),
    Column("retroactive_reason", Text),
    UniqueConstraint("practice", "role", "version"),
)

# -- the log ----------------------------------------------------------------------------------

uploads = Table(
    "uploads",
    metadata,
    # Ids are never used twice: their order is the order of the log.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("kind", String(20), nullable=False),  # file, attestation, dismissal
    Column("status", String(20), nullable=False),  # loaded, duplicate, refused, undone
    Column("dataset", String(40)),
    Column("profile", String(80)),
    Column("file", String(300)),
    Column("sha256", String(64)),
    Column("columns", JSON, nullable=False),  # canonical columns that the file has
    Column("months", JSON, nullable=False),  # months its rows fall in
    Column("covers", JSON, nullable=False),  # months it says it covers
    Column("replaces", JSON),  # {"months": [...], "locations": [...] or null} of --replace
    Column("counts", JSON, nullable=False),  # read, added, changed, unchanged, ...
    Column("reasons", JSON, nullable=False),  # why rows were left out, quarantined or blanked
    Column("notes", JSON, nullable=False),  # sentences of the receipt
    Column("message", Text),
    Column("actor", String(200), nullable=False),
    Column("actor_kind", String(20)),  # operator, manager, ...
    Column("user", Integer),  # the account's number; NULL: a command
    Column("at", String(32), nullable=False),
    Column("undone_by", String(200)),
    Column("undone_user", Integer),
    Column("undone_at", String(32)),
    Column("records_deleted", Integer),  # of its records, by age; NULL: none
    Index("ix_uploads_practice_dataset", "practice", "dataset"),
    sqlite_autoincrement=True,
)

claims = Table(  # of rows, not on payers: an upload says again what stands already
    "row_claims",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("key", LargeBinary(16), nullable=False),
    Column("line", Integer, nullable=False),
    PrimaryKeyConstraint("practice", "upload", "key"),
    sqlite_with_rowid=False,
)

period_claims = Table(
    "period_claims",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("period", BigInteger, nullable=False),
    Column("location", String(200), nullable=False),
    Column("part", String(200), nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    PrimaryKeyConstraint("practice", "dataset", "period", "location", "part", "upload"),
)

quarantined = Table(
    "quarantined",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", String(60), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("found", Text),  # only what cannot identify a patient
    Column("key", LargeBinary(16)),
    Column("month", Integer),
    PrimaryKeyConstraint("practice", "upload", "line"),
)

attestations = Table(
    "attestations",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("month", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("countersign", SmallInteger, nullable=False),  # 1: waits for a countersignature
    Column("countersigned_by", String(200)),
    Column("countersigned_at", String(32)),
    PrimaryKeyConstraint("practice", "dataset", "month", "upload"),
)

dismissals = Table(
    "dismissals",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("dismissed_upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("practice", "upload", "dismissed_upload", "line"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("account", String(300), nullable=False),
    Column("category", String(40), nullable=False),
    PrimaryKeyConstraint("practice", "account"),
)

practice_profiles = Table(  # layouts that a practice has mapped itself
    "practice_profiles",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("saved_by", String(200), nullable=False),
    Column("saved_at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "name"),
)

# -- records: a table a dataset, made from its definition --------------------------------------

_SQL_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.ID: LargeBinary(16),
    Kind.TEXT: String(300),
    Kind.CHOICE: String(40),
    Kind.MONEY: BigInteger(),
    Kind.DECIMAL: BigInteger(),
    Kind.WHOLE: BigInteger(),
    Kind.BOOLEAN: SmallInteger(),
    Kind.DATE: Integer(),
    Kind.TIME: BigInteger(),
    Kind.MONTH: Integer(),
}


def _record_table(dataset: Dataset) -> Table:
    """A version a row: what one upload made of one record, columns that it lacked filled in.

    The live version is the record as it stands. ``unreadable`` has bit i set where the file's
    cell of the dataset's column i could not be read and so left what stood. ``record_month`` is
    NULL while the record lacks a required column: it counts nowhere. ``fingerprint`` is that of a
    row that would say the same again (``kpi.ingest.load.fingerprint``), NULL where it is unknown.
    """
    return Table(
        dataset.name,
        metadata,
        Column("practice", Integer, nullable=False),
        Column("key", LargeBinary(16), nullable=False),
        Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
        Column("line", Integer, nullable=False),
        Column("live", SmallInteger, nullable=False),
        Column("unreadable", Integer, nullable=False),
        Column("record_month", Integer),
        *([Column("fingerprint", BigInteger)] if dataset.by_key else []),
        *(Column(column.name, _SQL_TYPES[column.kind]) for column in dataset.stored),
        PrimaryKeyConstraint("practice", "key", "upload"),
        # Not led by live: a planner without statistics would take it for joins by key.
        Index(f"ix_{dataset.name}_month", "practice", "record_month", "live"),
        Index(f"ix_{dataset.name}_upload", "practice", "upload"),
    )


records = {each.name: _record_table(each) for each in all_datasets()}

# -- computed from the records, and only from them ---------------------------------------------

dataset_months = Table(
    "dataset_months",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("month", Integer, nullable=False),
    Column("location", String(200), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("days", BigInteger, nullable=False),  # bit d-1 set: day d has a record
    PrimaryKeyConstraint("practice", "dataset", "month", "location"),
)

filled_columns = Table(
    "filled_columns",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("column", String(60), nullable=False),
    Column("month", Integer, nullable=False),  # a month in which some record fills the column
    PrimaryKeyConstraint("practice", "dataset", "column", "month"),
)

monthly_measures = Table(
    "monthly_measures",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("measure", String(40), nullable=False),
    Column("location", String(200), nullable=False),  # '*': the whole practice
    Column("value", Float(53), nullable=False),
    PrimaryKeyConstraint("practice", "month", "measure", "location"),
)

monthly_histograms = Table(
    "monthly_histograms",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("measure", String(40), nullable=False),
    Column("location", String(200), nullable=False),
    Column("bin", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("practice", "month", "measure", "location", "bin"),
)

defined_measures = Table(  # over records, by the formulas of a practice's roles
    "defined_measures",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("measure", String(40), nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("formula", Text, nullable=False),
    PrimaryKeyConstraint("practice", "measure"),
)

# -- what moved the figures, written down as it happened ----------------------------------------

figure_events = Table(
    "figure_events",
    metadata,
    # Ids are never used twice: their order is the order in which the figures moved.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("cause", String(20), nullable=False),  # loaded, undone, attested, mended, ...
    Column("dataset", String(40)),  # whose figures moved
    Column("upload", Integer, ForeignKey("uploads.id")),
    Column("actor", String(200)),
    Column("at", String(32), nullable=False),
    Index("ix_figure_events_practice_dataset", "practice", "dataset"),
    Index("ix_figure_events_upload", "upload"),
    sqlite_autoincrement=True,
)

figure_moves = Table(  # a row a figure that an event moved; of a histogram all its minutes in one
    "figure_moves",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("event", Integer, ForeignKey("figure_events.id"), nullable=False),
    Column("kind", String(20), nullable=False),  # measure, histogram, rows, days, ...
    Column("name", String(110), nullable=False),  # of a measure, a dataset, dataset.column
    Column("month", Integer, nullable=False),
    Column("location", String(200), nullable=False),
    Column("before", Float(53)),  # NULL: was not there
    Column("after", Float(53)),
    Column("minutes", JSON),  # of a histogram: {"12": [before, after], ...}
    PrimaryKeyConstraint("practice", "event", "kind", "name", "month", "location"),
)

WHOLE = "*"
"""The location under which measures that do not add up over locations are kept for the whole."""

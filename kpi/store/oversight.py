"""Tables of what others than the manager look over: deeds to countersign, figures spot-checked."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
)

from kpi.store.people import users
from kpi.store.tables import metadata

# What a manager did to data that she is scored by. The entry of the log says who did it, and
# whether it is the loading or the undoing that waits.
deeds = Table(
    "deeds",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("month", Integer, nullable=False),  # in which a figure may be better by it
    Column("about", String(40), nullable=False),  # a kind of incident, a measure; '': all of it
    Column("countersigned_by", String(250)),
    Column("countersigned_at", String(32)),
    PrimaryKeyConstraint("practice", "upload", "month", "about"),
    Index("ix_deeds_practice_dataset", "practice", "dataset"),
)

declines = Table(  # somebody would not countersign: the deed goes on waiting
    "declines",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("practice", "upload"),
)

spot_checks = Table(
    "spot_checks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False),
    Column("kpi", String(80), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("seed", String(40), nullable=False),
    Column("records", Integer, nullable=False),  # that it was drawn from
    Column("revision", Integer, nullable=False),  # of the practice's data when it was drawn
    Column("drawn_by", String(250), nullable=False),
    Column("drawn_user", Integer, ForeignKey(users.c.number)),
    Column("drawn_at", String(32), nullable=False),
    Index("ix_spot_checks_practice", "practice", "manager", "kpi"),
    sqlite_autoincrement=True,
)

spot_checked = Table(  # the records of a spot check, each by where it came from
    "spot_checked",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("spot_check", Integer, ForeignKey("spot_checks.number"), nullable=False),
    Column("place", SmallInteger, nullable=False),  # in the order drawn, from 1
    Column("dataset", String(40), nullable=False),
    Column("upload", Integer, ForeignKey("uploads.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("outcome", String(20)),  # agrees, differs, not_found; NULL: not looked up yet
    Column("note", Text),
    Column("by", String(250)),
    Column("at", String(32)),
    PrimaryKeyConstraint("practice", "spot_check", "place"),
)

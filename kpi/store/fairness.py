"""Tables of what makes a score fair: leave, exclusions, who delivers files, development plans."""

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

from kpi.store.tables import metadata

leave = Table(  # no reason is kept beyond that it is leave
    "leave",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    Column("withdrawn_by", String(250)),
    Column("withdrawn_at", String(32)),
    Index("ix_leave_manager", "manager", "practice"),
    sqlite_autoincrement=True,
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False),
    Column("kpi", String(80)),  # NULL: every KPI but those with a gate
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    Column("withdrawn_by", String(250)),
    Column("withdrawn_at", String(32)),
    Column("withdrawn_reason", Text),
    Index("ix_exclusions_practice", "practice", "manager"),
    sqlite_autoincrement=True,
)

deliverers = Table(  # who is to deliver a dataset's files each month
    "deliverers",
    metadata,
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("dataset", String(40), nullable=False),
    Column("who", String(200), nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "dataset"),
)

plan_actions = Table(  # of a development plan; each saving is a row, the newest version stands
    "plan_actions",
    metadata,
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("assignment", Integer, ForeignKey("assignments.number"), nullable=False),
    Column("action", Text, nullable=False),
    Column("kpi", String(80)),
    Column("owner", String(200), nullable=False),
    Column("due", String(10), nullable=False),  # a day
    Column("state", String(10), nullable=False),  # open, done, dropped
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "number", "version"),
    Index("ix_plan_actions_assignment", "assignment"),
)

rebasings = Table(  # months from which a KPI's chart has limits of its own
    "rebasings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("kpi", String(80), nullable=False),
    Column("month", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    Column("withdrawn_by", String(250)),
    Column("withdrawn_at", String(32)),
    Index("ix_rebasings_practice", "practice", "kpi"),
    sqlite_autoincrement=True,
)

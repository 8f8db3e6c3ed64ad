"""The table of holds, which stop every deletion that touches a manager or a practice."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from kpi.store.tables import metadata

holds = Table(
    "holds",
    metadata,
    # Numbers are never used twice: the trail names holds by them.
    Column("number", Integer, primary_key=True, autoincrement=True),
    # One of the two is there, and says what is held.
    Column("practice", Integer, ForeignKey("practices.number")),
    Column("manager", String(60), ForeignKey("managers.id")),
    Column("reason", Text, nullable=False),
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    Column("released_by", String(250)),
    Column("released_at", String(32)),
    Column("released_reason", Text),
    Index("ix_holds_practice", "practice"),
    Index("ix_holds_manager", "manager"),
    sqlite_autoincrement=True,
)

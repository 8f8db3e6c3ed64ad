"""The table of what people note on a month of a KPI: events that its chart marks."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from kpi.store.people import users
from kpi.store.tables import metadata

month_notes = Table(
    "month_notes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("kpi", String(80), nullable=False),
    Column("month", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(250), nullable=False),
    Column("user", Integer, ForeignKey(users.c.number)),
    Column("at", String(32), nullable=False),
    Column("withdrawn_by", String(250)),
    Column("withdrawn_at", String(32)),
    Index("ix_month_notes_practice", "practice", "kpi"),
    sqlite_autoincrement=True,
)

"""The table of what a person left standing on the pages, for nobody else to see."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text

from kpi.store.people import users
from kpi.store.tables import metadata

kept = Table(  # where her guide stands, and what she typed into a form and has not sent yet
    "kept",
    metadata,
    Column("user", Integer, ForeignKey(users.c.number), nullable=False),
    Column("place", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("user", "place"),
)

"""The table of role files that are being written, one a practice and role."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text

from kpi.store.people import users
from kpi.store.tables import metadata

role_drafts = Table(
    "role_drafts",
    metadata,
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("role", String(60), nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the text: what a writer has seen
    Column("base", String(64)),  # SHA-256 of the version it began as; NULL: of none
    Column("by", String(250), nullable=False),
    Column("user", Integer, ForeignKey(users.c.number)),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "role"),
)

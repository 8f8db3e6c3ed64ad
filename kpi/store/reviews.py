"""Tables of the review cycle: reviews, their steps and texts, and what was frozen at their end."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kpi.store.tables import metadata

reviews = Table(
    "reviews",
    metadata,
    # Numbers are never used twice: scorecards on paper name reviews by them.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("assignment", Integer, ForeignKey("assignments.number"), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # 1; one more with each reopening
    Column("state", String(20), nullable=False),
    Column("rating", String(40)),  # as the supervisor decided it
    Column("rating_reason", Text),  # why it is not the one indicated
    Column("due_on", String(10), nullable=False),
    UniqueConstraint("assignment", "first_month"),
    Index("ix_reviews_practice", "practice", "manager"),
    sqlite_autoincrement=True,
)

review_steps = Table(
    "review_steps",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("review", Integer, ForeignKey("reviews.number"), nullable=False),
    Column("place", Integer, nullable=False),  # in order, from 1
    Column("version", Integer, nullable=False),
    Column("action", String(30), nullable=False),
    Column("state", String(20), nullable=False),  # after it
    Column("by", String(250), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("user", Integer),
    Column("at", String(32), nullable=False),
    Column("note", Text),
    PrimaryKeyConstraint("practice", "review", "place"),
)

review_texts = Table(
    "review_texts",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("review", Integer, ForeignKey("reviews.number"), nullable=False),
    Column("part", String(20), nullable=False),  # manager, supervisor, answer
    Column("kpi", String(80), nullable=False),  # '': the period as a whole
    Column("draft", Text, nullable=False),  # for its own side only
    Column("handed_in", Text),  # what everybody sees
    Column("revision", Integer, nullable=False),  # grows with each saving
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "review", "part", "kpi"),
)

final_reviews = Table(
    "final_reviews",
    metadata,
    Column("practice", Integer, nullable=False),
    Column("review", Integer, ForeignKey("reviews.number"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),  # canonical JSON
    Column("sha256", String(64), nullable=False),  # of the document
    Column("previous_sha256", String(64)),  # of the manager's final review before
    Column("pay", Text),  # canonical JSON, for those who may see pay; the document holds its hash
    Column("by", String(250), nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "review", "version"),
)

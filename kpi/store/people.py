"""Tables of who may sign in, as whom, what they acknowledged, and the trail of what was done."""

from sqlalchemy import (
    JSON,
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

users = Table(
    "users",
    metadata,
    # Numbers are never used twice: the trail names people by them.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(120), nullable=False, unique=True),  # what one signs in with, folded
    Column("name", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id")),  # whose scores are her own
    Column("everywhere", SmallInteger, nullable=False),  # 1: at all practices
    Column("passphrase", String(200)),  # Argon2id; NULL until she has chosen one
    Column("disabled_at", String(32)),
    Column("made_at", String(32), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("erased_at", String(32)),  # the row stays, so that its number is nobody else's
    sqlite_autoincrement=True,
)

user_practices = Table(
    "user_practices",
    metadata,
    Column("user", Integer, ForeignKey("users.number"), nullable=False),
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    PrimaryKeyConstraint("user", "practice"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("secret", String(64), primary_key=True),  # its SHA-256, never itself
    Column("user", Integer, ForeignKey("users.number"), nullable=False, index=True),
    Column("ends_at", String(32), nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", String(300), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("user", Integer, ForeignKey("users.number"), nullable=False, index=True),
    PrimaryKeyConstraint("issuer", "subject"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret", String(64), primary_key=True),  # its SHA-256, never itself
    Column("user", Integer, ForeignKey("users.number"), nullable=False, index=True),
    Column("started_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("bucket", String(64), primary_key=True),  # a keyed hash: it tells no name, no address
    Column("failures", Integer, nullable=False),
    Column("last_at", String(32), nullable=False),
)

role_acknowledgements = Table(  # a manager says that she has read a role version
    "role_acknowledgements",
    metadata,
    Column("practice", Integer, ForeignKey("practices.number"), nullable=False),
    Column("version", Integer, ForeignKey("role_versions.number"), nullable=False),
    Column("manager", String(60), ForeignKey("managers.id"), nullable=False),
    Column("sha256", String(64), nullable=False),  # of the text that she was shown
    Column("name", String(250), nullable=False),
    Column("user", Integer, ForeignKey(users.c.number)),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("practice", "version", "manager"),
)

trail = Table(
    "trail",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("actor", String(250), nullable=False),
    Column("user", Integer),
    Column("practice", Integer),
    Column("action", String(40), nullable=False),
    Column("outcome", String(10), nullable=False),  # done, refused
    Column("subject", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("seal", String(64), nullable=False),  # keyed hash of this entry and the seal before
    Index("ix_trail_practice", "practice"),
    sqlite_autoincrement=True,
)

"""Who may sign in, as whom, and the trail of what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = (
    "trail", "sign_in_failures", "sessions", "identities", "invitations", "user_practices", "users",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("manager", sa.String(60)),
        sa.Column("everywhere", sa.SmallInteger(), nullable=False),
        sa.Column("passphrase", sa.String(200)),
        sa.Column("disabled_at", sa.String(32)),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["manager"], ["managers.id"], name="fk_users_manager_managers"),
        sa.PrimaryKeyConstraint("number", name="pk_users"),
        sa.UniqueConstraint("id", name="uq_users_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "user_practices",
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        _of_user("user_practices"),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_user_practices_practice_practices"
        ),
        sa.PrimaryKeyConstraint("user", "practice", name="pk_user_practices"),
    )
    op.create_table(
        "invitations",
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.String(32), nullable=False),
        _of_user("invitations"),
        sa.PrimaryKeyConstraint("secret", name="pk_invitations"),
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        _of_user("identities"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
    )
    op.create_table(
        "sessions",
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        _of_user("sessions"),
        sa.PrimaryKeyConstraint("secret", name="pk_sessions"),
    )
    for name in ("invitations", "identities", "sessions"):
        op.create_index(f"ix_{name}_user", name, ["user"])
    op.create_table(
        "sign_in_failures",
        sa.Column("bucket", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_sign_in_failures"),
    )
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(250), nullable=False),
        sa.Column("user", sa.Integer()),
        sa.Column("practice", sa.Integer()),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trail_practice", "trail", ["practice"])


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user"], ["users.number"], name=f"fk_{table}_user_users")

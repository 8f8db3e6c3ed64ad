"""Who acknowledged which version of a role."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLE = "role_acknowledgements"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("manager", sa.String(60), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("user", sa.Integer()),
        sa.Column("at", sa.String(32), nullable=False),
        _to("practice", "practices", "number"),
        _to("version", "role_versions", "number"),
        _to("manager", "managers", "id"),
        _to("user", "users", "number"),
        sa.PrimaryKeyConstraint("practice", "version", "manager", name=f"pk_{_TABLE}"),
    )


def downgrade() -> None:
    op.drop_table(_TABLE)


def _to(column: str, table: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{table}.{key}"], name=f"fk_{_TABLE}_{column}_{table}"
    )

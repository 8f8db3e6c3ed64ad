"""Months from which a KPI's chart has limits of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rebasings",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("kpi", sa.String(80), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.String(250)),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_rebasings_practice_practices"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_rebasings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rebasings_practice", "rebasings", ["practice", "kpi"])


def downgrade() -> None:
    op.drop_table("rebasings")

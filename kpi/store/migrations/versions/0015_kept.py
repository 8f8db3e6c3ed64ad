"""What a person left standing on the pages, and notes on the months of a KPI."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.number"], name="fk_kept_user_users"),
        sa.PrimaryKeyConstraint("user", "place", name="pk_kept"),
    )
    op.create_table(
        "month_notes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("kpi", sa.String(80), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("user", sa.Integer()),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.String(250)),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_month_notes_practice_practices"
        ),
        sa.ForeignKeyConstraint(["user"], ["users.number"], name="fk_month_notes_user_users"),
        sa.PrimaryKeyConstraint("number", name="pk_month_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_month_notes_practice", "month_notes", ["practice", "kpi"])


def downgrade() -> None:
    op.drop_table("month_notes")
    op.drop_table("kept")

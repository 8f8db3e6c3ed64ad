"""Holds on managers and practices, and accounts that were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer()),
        sa.Column("manager", sa.String(60)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("released_by", sa.String(250)),
        sa.Column("released_at", sa.String(32)),
        sa.Column("released_reason", sa.Text()),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_holds_practice_practices"
        ),
        sa.ForeignKeyConstraint(["manager"], ["managers.id"], name="fk_holds_manager_managers"),
        sa.PrimaryKeyConstraint("number", name="pk_holds"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_holds_practice", "holds", ["practice"])
    op.create_index("ix_holds_manager", "holds", ["manager"])
    op.add_column("users", sa.Column("erased_at", sa.String(32)))


def downgrade() -> None:
    op.drop_column("users", "erased_at")
    op.drop_table("holds")

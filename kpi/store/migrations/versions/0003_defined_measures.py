"""Measures that the formulas of a practice's roles define over records."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "defined_measures",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("dataset", sa.String(length=40), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "measure", name=op.f("pk_defined_measures")),
    )


def downgrade() -> None:
    op.drop_table("defined_measures")

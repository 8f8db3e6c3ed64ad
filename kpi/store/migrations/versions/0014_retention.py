"""How long records are kept, and what has to be known of those that are gone."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("practice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("keep_months", sa.Integer()),
        sa.Column("sealed_before", sa.Integer()),
        sa.Column("last_upload", sa.Integer()),
        sa.Column("counted_from", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_retention_practice_practices"
        ),
        sa.PrimaryKeyConstraint("practice", name="pk_retention"),
    )
    op.create_table(
        "forgotten_keys",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("practice", "dataset", "key", name="pk_forgotten_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_quarantine",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "dataset", "month", name="pk_sealed_quarantine"),
    )
    op.add_column("uploads", sa.Column("records_deleted", sa.Integer()))


def downgrade() -> None:
    op.drop_column("uploads", "records_deleted")
    op.drop_table("sealed_quarantine")
    op.drop_table("forgotten_keys")
    op.drop_table("retention")

"""Role files that are being written, so that a closed page loses nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_drafts",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("base", sa.String(64)),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("user", sa.Integer()),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_role_drafts_practice_practices"
        ),
        sa.ForeignKeyConstraint(["user"], ["users.number"], name="fk_role_drafts_user_users"),
        sa.PrimaryKeyConstraint("practice", "role", name="pk_role_drafts"),
    )


def downgrade() -> None:
    op.drop_table("role_drafts")

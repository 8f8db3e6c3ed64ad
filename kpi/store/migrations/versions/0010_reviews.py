"""The review cycle: reviews, their steps and texts, and what was frozen at their end."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("assignment", sa.Integer(), nullable=False),
        sa.Column("manager", sa.String(60), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("rating", sa.String(40)),
        sa.Column("rating_reason", sa.Text()),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_reviews_practice_practices"
        ),
        sa.ForeignKeyConstraint(
            ["assignment"], ["assignments.number"], name="fk_reviews_assignment_assignments"
        ),
        sa.ForeignKeyConstraint(["manager"], ["managers.id"], name="fk_reviews_manager_managers"),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.UniqueConstraint("assignment", "first_month", name="uq_reviews_assignment_first_month"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_practice", "reviews", ["practice", "manager"])
    op.create_table(
        "review_steps",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("user", sa.Integer()),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text()),
        _of_review("review_steps"),
        sa.PrimaryKeyConstraint("practice", "review", "place", name="pk_review_steps"),
    )
    op.create_table(
        "review_texts",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("kpi", sa.String(80), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("handed_in", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _of_review("review_texts"),
        sa.PrimaryKeyConstraint("practice", "review", "part", "kpi", name="pk_review_texts"),
    )
    op.create_table(
        "final_reviews",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("previous_sha256", sa.String(64)),
        sa.Column("pay", sa.Text()),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _of_review("final_reviews"),
        sa.PrimaryKeyConstraint("practice", "review", "version", name="pk_final_reviews"),
    )


def downgrade() -> None:
    for name in ("final_reviews", "review_texts", "review_steps", "reviews"):
        op.drop_table(name)


def _of_review(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["review"], ["reviews.number"], name=f"fk_{table}_review_reviews"
    )

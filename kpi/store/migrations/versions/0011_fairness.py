"""Leave, exclusions, who delivers files, and the actions of development plans."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("manager", sa.String(60), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.String(250)),
        sa.Column("withdrawn_at", sa.String(32)),
        _of("leave", "practice", "practices", "number"),
        _of("leave", "manager", "managers", "id"),
        sa.PrimaryKeyConstraint("number", name="pk_leave"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_leave_manager", "leave", ["manager", "practice"])
    op.create_table(
        "exclusions",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("manager", sa.String(60), nullable=False),
        sa.Column("kpi", sa.String(80)),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.String(250)),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.Column("withdrawn_reason", sa.Text()),
        _of("exclusions", "practice", "practices", "number"),
        _of("exclusions", "manager", "managers", "id"),
        sa.PrimaryKeyConstraint("number", name="pk_exclusions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exclusions_practice", "exclusions", ["practice", "manager"])
    op.create_table(
        "deliverers",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _of("deliverers", "practice", "practices", "number"),
        sa.PrimaryKeyConstraint("practice", "dataset", name="pk_deliverers"),
    )
    op.create_table(
        "plan_actions",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("assignment", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("kpi", sa.String(80)),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        _of("plan_actions", "practice", "practices", "number"),
        _of("plan_actions", "assignment", "assignments", "number"),
        sa.PrimaryKeyConstraint("practice", "number", "version", name="pk_plan_actions"),
    )
    op.create_index("ix_plan_actions_assignment", "plan_actions", ["assignment"])


def downgrade() -> None:
    for name in ("plan_actions", "deliverers", "exclusions", "leave"):
        op.drop_table(name)


def _of(table: str, column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.{key}"], name=f"fk_{table}_{column}_{other}"
    )

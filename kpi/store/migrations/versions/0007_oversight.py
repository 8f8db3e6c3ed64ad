"""Who loaded and who undid, by number and kind, deeds to countersign, and spot checks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("uploads", sa.Column("actor_kind", sa.String(20)))
    for name in ("user", "undone_user"):
        op.add_column("uploads", sa.Column(name, sa.Integer()))
    op.create_table(
        "deeds",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("upload", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("countersigned_by", sa.String(250)),
        sa.Column("countersigned_at", sa.String(32)),
        _of_upload("deeds"),
        sa.PrimaryKeyConstraint("practice", "upload", "month", "about", name="pk_deeds"),
    )
    op.create_index("ix_deeds_practice_dataset", "deeds", ["practice", "dataset"])
    op.create_table(
        "declines",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("upload", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(250), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _of_upload("declines"),
        sa.PrimaryKeyConstraint("practice", "upload", name="pk_declines"),
    )
    op.create_table(
        "spot_checks",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("manager", sa.String(60), nullable=False),
        sa.Column("kpi", sa.String(80), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(40), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(250), nullable=False),
        sa.Column("drawn_user", sa.Integer()),
        sa.Column("drawn_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_spot_checks_practice_practices"
        ),
        sa.ForeignKeyConstraint(
            ["manager"], ["managers.id"], name="fk_spot_checks_manager_managers"
        ),
        sa.ForeignKeyConstraint(
            ["drawn_user"], ["users.number"], name="fk_spot_checks_drawn_user_users"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_spot_checks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_spot_checks_practice", "spot_checks", ["practice", "manager", "kpi"])
    op.create_table(
        "spot_checked",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("spot_check", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("upload", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("note", sa.Text()),
        sa.Column("by", sa.String(250)),
        sa.Column("at", sa.String(32)),
        sa.ForeignKeyConstraint(
            ["spot_check"], ["spot_checks.number"], name="fk_spot_checked_spot_check_spot_checks"
        ),
        _of_upload("spot_checked"),
        sa.PrimaryKeyConstraint("practice", "spot_check", "place", name="pk_spot_checked"),
    )


def downgrade() -> None:
    for name in ("spot_checked", "spot_checks", "declines", "deeds"):
        op.drop_table(name)
    for name in ("undone_user", "user", "actor_kind"):
        op.drop_column("uploads", name)


def _of_upload(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["upload"], ["uploads.id"], name=f"fk_{table}_upload_uploads")

"""What moved the figures: one event a change to a dataset, and a row a figure that moved.

Of practices that have uploads already nothing is known but that the log begins now.
"""

import sqlalchemy as sa
from alembic import op

from kpi.store.clock import now

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    events = op.create_table(
        "figure_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("dataset", sa.String(40)),
        sa.Column("upload", sa.Integer()),
        sa.Column("actor", sa.String(200)),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice"], ["practices.number"], name="fk_figure_events_practice_practices"
        ),
        sa.ForeignKeyConstraint(["upload"], ["uploads.id"], name="fk_figure_events_upload_uploads"),
        sa.PrimaryKeyConstraint("id", name="pk_figure_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_figure_events_practice_dataset", "figure_events", ["practice", "dataset"])
    op.create_index("ix_figure_events_upload", "figure_events", ["upload"])
    op.create_table(
        "figure_moves",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(110), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("before", sa.Float(53)),
        sa.Column("after", sa.Float(53)),
        sa.Column("minutes", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["event"], ["figure_events.id"], name="fk_figure_moves_event_figure_events"
        ),
        sa.PrimaryKeyConstraint(
            "practice", "event", "kind", "name", "month", "location", name="pk_figure_moves"
        ),
    )
    connection = op.get_bind()
    held = connection.execute(sa.text("SELECT DISTINCT practice FROM uploads")).scalars().all()
    for practice in held:
        connection.execute(events.insert().values(practice=practice, cause="started", at=now()))


def downgrade() -> None:
    op.drop_table("figure_moves")
    op.drop_table("figure_events")

"""The tables of seven more datasets, and the layouts that a practice has mapped itself.

The table of rows that are said again gives up its name to the dataset of claims on payers.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.String(300),
    "choice": sa.String(40),
    "number": sa.BigInteger(),
    "day": sa.Integer(),
    "flag": sa.SmallInteger(),
    "id": sa.LargeBinary(16),
}
_TABLES = {
    "audits": "kind choice, due_on day, performed_on day, passed flag, items_reviewed number, "
    "items_correct number, findings number, corrective_due_on day, corrective_done_on day, "
    "location text",
    "availability": "day day, provider text, minutes_open number, minutes_booked number, "
    "third_next_available_days number, location text",
    "calls": "day day, offered number, abandoned number, answered number, wait_seconds number, "
    "location text",
    "claims": "submitted_date day, payer text, location text, service_date day, amount number, "
    "first_pass flag, outcome choice, outcome_date day, denied_amount number, denial_reason text",
    "staff": "as_of day, employee_id id, job text, hired_on day, left_on day, is_provider flag, "
    "location text, part text",
    "staff_hours": "employee_id id, period_end day, regular_hours number, period_start day, "
    "overtime_hours number, job text, is_provider flag, location text, part text",
    "training": "employee_id id, course text, due_on day, completed_on day, location text",
}


def upgrade() -> None:
    op.rename_table("claims", "row_claims")
    if op.get_bind().dialect.name == "postgresql":
        # Names of indexes are the schema's there, and the dataset's table needs this one.
        op.execute("ALTER INDEX pk_claims RENAME TO pk_row_claims")
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            sa.Column("practice", sa.Integer(), nullable=False),
            sa.Column("key", sa.LargeBinary(16), nullable=False),
            sa.Column("upload", sa.Integer(), nullable=False),
            sa.Column("line", sa.Integer(), nullable=False),
            sa.Column("live", sa.SmallInteger(), nullable=False),
            sa.Column("unreadable", sa.Integer(), nullable=False),
            sa.Column("record_month", sa.Integer()),
            *(sa.Column(*_column(each)) for each in columns.split(", ")),
            sa.ForeignKeyConstraint(["upload"], ["uploads.id"], name=f"fk_{name}_upload_uploads"),
            sa.PrimaryKeyConstraint("practice", "key", "upload", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_month", name, ["practice", "record_month", "live"])
        op.create_index(f"ix_{name}_upload", name, ["practice", "upload"])
    op.create_table(
        "practice_profiles",
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("practice", "name", name="pk_practice_profiles"),
    )


def _column(text: str) -> tuple[str, sa.types.TypeEngine[Any]]:
    name, kind = text.split(" ")
    return name, _TYPES[kind]


def downgrade() -> None:
    op.drop_table("practice_profiles")
    for name in _TABLES:
        op.drop_table(name)
    op.rename_table("row_claims", "claims")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_row_claims RENAME TO pk_claims")

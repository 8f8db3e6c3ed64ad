"""A number for all that a row says, by which rows that are said again are known.

Versions that stand already have none: rows that say the same are compared cell by cell.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BY_KEY = (
    "appointments", "audits", "charges", "claims", "complaints", "incidents", "payments",
    "surveys", "training",
)  # fmt: skip


def upgrade() -> None:
    for name in _BY_KEY:
        op.add_column(name, sa.Column("fingerprint", sa.BigInteger()))


def downgrade() -> None:
    for name in _BY_KEY:
        op.drop_column(name, "fingerprint")

"""Which entries of the log stand: what was refused or undone says nothing any more."""

from sqlalchemy import ColumnElement, and_

from kpi.store.tables import uploads

STANDING = ("loaded", "duplicate")


def standing(practice: int, *datasets: str) -> ColumnElement[bool]:
    """Of an entry of the log: that it stands, and speaks of one of the practice's datasets."""
    return and_(
        uploads.c.practice == practice,
        uploads.c.dataset.in_(datasets),
        uploads.c.status.in_(STANDING),
    )

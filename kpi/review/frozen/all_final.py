"""All that a practice has frozen and published, held against its hashes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.errors import RoleRefused
from kpi.review.basis.versions import published
from kpi.review.frozen.verifying import Verification, verify_review
from kpi.store.engine import reading
from kpi.store.reviews import final_reviews
from kpi.store.tables import role_versions


def verify_all(engine: Engine, actor: Actor, practice_id: str) -> Sequence[Verification]:
    """Every final review of a practice in every version, verified, in order.

    Raises NotFound and NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = (
            select(final_reviews.c.review, final_reviews.c.version)
            .where(final_reviews.c.practice == practice.number)
            .order_by(final_reviews.c.review, final_reviews.c.version)
        )
        frozen = [(review, version) for review, version in connection.execute(query)]
    return [verify_review(engine, actor, practice_id, *each) for each in frozen]


def changed_versions(engine: Engine, actor: Actor, practice_id: str) -> tuple[int, Sequence[str]]:
    """How many role versions a practice has published, and what is said of those that are not as
    they were published any more, a sentence a role. Raises NotFound and NotPermitted."""
    require(actor, "read_roles", practice_id)
    count, faults = 0, []
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = select(role_versions.c.role).where(role_versions.c.practice == practice.number)
        roles = connection.execute(query.order_by(role_versions.c.role)).scalars().all()
        for role in dict.fromkeys(roles):
            count += roles.count(role)
            try:
                published(connection, practice, role)
            except RoleRefused as fault:
                faults.append(str(fault))
    return count, faults

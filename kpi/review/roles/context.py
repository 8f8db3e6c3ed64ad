"""What is known of a practice before a role file is checked for it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.datasets import all_datasets
from kpi.measures.completeness import presences
from kpi.months import Month, span
from kpi.role import Known, KnownVersion, coverage, read_role
from kpi.store.engine import reading
from kpi.store.tables import attestations, dataset_months, role_versions


def role_context(engine: Engine, actor: Actor, practice_id: str) -> Known:
    """What ``kpi.role.check_role`` may know of a practice: which months of which datasets are
    complete, and which versions of which roles are published. Raises NotFound for the practice."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        return Known(_complete(connection, practice), _versions(connection, practice))


def _complete(connection: Connection, practice: Practice) -> dict[str, frozenset[Month]]:
    """The complete months of each dataset that has a row or was declared empty in any month."""
    held = select(dataset_months.c.dataset, dataset_months.c.month).where(
        dataset_months.c.practice == practice.number, dataset_months.c.rows > 0
    )
    declared = select(attestations.c.dataset, attestations.c.month).where(
        attestations.c.practice == practice.number
    )
    rows = [*connection.execute(held), *connection.execute(declared)]
    if not rows:
        return {}
    names = {each.name for each in all_datasets()} & {row.dataset for row in rows}
    codes = [row.month for row in rows]
    months = span(Month.from_code(min(codes)), Month.from_code(max(codes)))
    return {
        dataset: frozenset(month for month, each in states.items() if each.state == "complete")
        for dataset, states in presences(connection, practice.number, names, months).items()
    }


def _versions(connection: Connection, practice: Practice) -> dict[tuple[str, str], KnownVersion]:
    """The published versions; one that this program cannot read any more has no texts."""
    query = select(
        role_versions.c.role, role_versions.c.version, role_versions.c.sha256, role_versions.c.text
    ).where(role_versions.c.practice == practice.number)
    return {
        (row.role, row.version): KnownVersion(row.sha256, _responsibilities(row.text))
        for row in connection.execute(query)
    }


def _responsibilities(text: str) -> dict[str, str]:
    role = read_role(text, "a published version").role
    if role is None:
        return {}
    ids = [each["id"] for each in role.document["responsibilities"]]
    texts = [each.text for each in coverage(role).duties if each.section == "responsibilities"]
    return dict(zip(ids, texts, strict=True))

"""From which month on a KPI's chart has limits of its own, by whom and why; nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import kpi as catalogue_kpi
from kpi.catalogue import kpis
from kpi.errors import InputError, NotFound
from kpi.months import Month
from kpi.review.basis.versions import published, roles_of
from kpi.score.model import Rebased
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.fairness import rebasings

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Rebasing:
    """A rebasing as it was made; ``withdrawn_by`` None: it stands."""

    number: int
    kpi: str
    month: Month
    reason: str
    by: str
    at: str
    withdrawn_by: str | None
    withdrawn_at: str | None


def rebase(
    engine: Engine, actor: Actor, practice_id: str, kpi_id: str, month: Month, reason: str
) -> Rebasing:
    """Draws the limits of a KPI's chart anew from a month on, because the process changed then.

    Points, scores and gates stay as they are. Raises InputError without a reason and where the
    month has limits of its own already, NotFound of a KPI or practice, NotPermitted.
    """
    require(actor, "rebase", practice_id)
    why = reason.strip()
    if not why or len(why) > _LONGEST:
        raise InputError(
            f"Limits are drawn anew for a reason: say in at most {_LONGEST:,} characters what "
            "changed in that month."
        )
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        _known(connection, practice, kpi_id)
    with writing(engine, practice.number) as connection:
        for other in _made(connection, practice):
            if (other.kpi, other.month) == (kpi_id, month) and other.withdrawn_at is None:
                raise InputError(
                    f"The limits of {kpi_id} are drawn anew from {month.words} on already, by "
                    f"rebasing {other.number}; withdraw that first."
                )
        connection.execute(
            insert(rebasings).values(
                practice=practice.number, kpi=kpi_id, month=month.code, reason=why,
                by=actor.label, at=now(),
            )
        )  # fmt: skip
        made = _made(connection, practice)[-1]
        trail.note(
            connection, actor, "rebase", f"rebasing {made.number}: {kpi_id} from {month} on",
            practice.number,
        )  # fmt: skip
        return made


def withdraw_rebasing(engine: Engine, actor: Actor, practice_id: str, number: int) -> Rebasing:
    """Puts the limits back as they were; the rebasing stays on record as withdrawn.

    Raises InputError where it is withdrawn already, NotFound, NotPermitted.
    """
    require(actor, "rebase", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        found = _numbered(connection, practice, number)
        if found.withdrawn_at is not None:
            raise InputError(f"Rebasing {number} was withdrawn on {found.withdrawn_at[:10]}.")
        connection.execute(
            update(rebasings)
            .where(rebasings.c.number == number)
            .values(withdrawn_by=actor.label, withdrawn_at=now())
        )
        trail.note(
            connection, actor, "rebase", f"withdrew rebasing {number} of {found.kpi}",
            practice.number,
        )  # fmt: skip
        return _numbered(connection, practice, number)


def rebasings_of(
    engine: Engine, actor: Actor, practice_id: str, kpi_id: str | None = None
) -> list[Rebasing]:
    """A practice's rebasings in the order made, withdrawn ones among them; of one KPI or of all.

    Raises NotFound and NotPermitted.
    """
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        made = _made(connection, get_practice(connection, practice_id))
    return [each for each in made if kpi_id in (None, each.kpi)]


def rebased(connection: Connection, practice: Practice) -> dict[str, tuple[Rebased, ...]]:
    """The rebasings that stand, by KPI, as scoring takes them."""
    found: dict[str, tuple[Rebased, ...]] = {}
    for each in sorted(_made(connection, practice), key=lambda each: each.month):
        if each.withdrawn_at is None:
            found[each.kpi] = (*found.get(each.kpi, ()), Rebased(each.month, each.reason))
    return found


def _known(connection: Connection, practice: Practice, kpi_id: str) -> None:
    """Raises NotFound unless the KPI is the catalogue's, or one that a role here defines."""
    if kpi_id not in kpis() and kpi_id not in _own(connection, practice):
        catalogue_kpi(kpi_id)


def _own(connection: Connection, practice: Practice) -> set[str]:
    return {
        target.kpi
        for role in roles_of(connection, practice)
        for each in published(connection, practice, role)
        for target in each.role.targets
    }


def _made(connection: Connection, practice: Practice) -> Sequence[Rebasing]:
    query = (
        select(rebasings)
        .where(rebasings.c.practice == practice.number)
        .order_by(rebasings.c.number)
    )
    return [
        Rebasing(
            row.number, row.kpi, Month.from_code(row.month), row.reason, row.by, row.at,
            row.withdrawn_by, row.withdrawn_at,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _numbered(connection: Connection, practice: Practice, number: int) -> Rebasing:
    for each in _made(connection, practice):
        if each.number == number:
            return each
    raise NotFound(f"{practice.id} has no rebasing {number}; kpi rebase list shows them.")

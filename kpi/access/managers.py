"""Managers and their assignments: who runs which practice, under which role, in which months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Select, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require, require_own, require_score
from kpi.access.practices import Practice, checked_id, get_practice, practices_numbered
from kpi.errors import InputError, NotFound, nearest
from kpi.months import Month, span
from kpi.store.engine import reading, writing
from kpi.store.fairness import leave
from kpi.store.tables import assignments, managers, practices

DEFAULT_ROLE = "medical-office-manager"


@dataclass(frozen=True, slots=True)
class Manager:
    """A person who is scored."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A manager at a practice under a role. ``last`` None: open; ``locations`` empty: all;
    ``leave``: months of leave, whenever they are."""

    number: int
    manager: Manager
    practice: Practice
    role: str
    first: Month
    last: Month | None
    locations: tuple[str, ...]
    leave: tuple[Month, ...] = ()

    def spanned(self, first: Month, last: Month) -> tuple[Month, ...]:
        """The months of a period that lie within the assignment, leave or not."""
        end = last if self.last is None else min(last, self.last)
        return span(max(first, self.first), end)

    def months(self, first: Month, last: Month) -> tuple[Month, ...]:
        """The months of a period that are the manager's: within the assignment, and no leave."""
        return tuple(month for month in self.spanned(first, last) if month not in self.leave)

    def away(self, first: Month, last: Month) -> tuple[Month, ...]:
        """The months of leave in a period."""
        return tuple(month for month in self.spanned(first, last) if month in self.leave)


def add_manager(
    engine: Engine,
    actor: Actor,
    id: str,
    name: str,
    practice_id: str,
    first: Month,
    last: Month | None = None,
    role: str = DEFAULT_ROLE,
    locations: Sequence[str] = (),
) -> Assignment:
    """Assigns a manager, new or known, to a practice. Raises InputError where months overlap."""
    require(actor, "manage_people", practice_id)
    checked_id(id, "manager")
    if last is not None and last < first:
        raise InputError(f"The assignment ends in {last}, before it starts in {first}.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        known = connection.execute(managers.select().where(managers.c.id == id)).first()
        if known is None:
            connection.execute(managers.insert().values(id=id, name=name.strip() or id))
        elif known.name != name.strip():
            raise InputError(
                f"'{id}' is {known.name}; give that name, or choose another id for {name.strip()}."
            )
        for other in _of_manager(connection, id):
            # One manager may run two practices at once; one practice's months count once.
            if other.practice == practice and other.spanned(first, last or Month(9999, 12)):
                raise InputError(
                    f"{id} is assigned to {practice_id} from {other.first} to "
                    f"{other.last or 'now'} already; end that first with: kpi manager end"
                )
        connection.execute(
            assignments.insert().values(
                manager=id,
                practice=practice.number,
                role=role,
                first_month=first.code,
                last_month=last.code if last else None,
                locations=sorted(set(locations)),
            )
        )
        added = next(
            each
            for each in _of_manager(connection, id)
            if each.practice == practice and each.first == first
        )
        trail.note(
            connection, actor, "people", f"assigned {id} from {first}", practice.number,
            to=str(last) if last else None, role=role, locations=list(added.locations),
        )  # fmt: skip
        return added


def end_assignment(
    engine: Engine, actor: Actor, id: str, last: Month, practice_id: str | None = None
) -> Assignment:
    """Ends a manager's open assignment with a month. Raises InputError where none is open."""
    require(actor, "manage_people", practice_id)
    with reading(engine) as connection:
        practice = _open_assignment(connection, id, practice_id).practice
    require(actor, "manage_people", practice.id)
    with writing(engine, practice.number) as connection:
        found = _open_assignment(connection, id, practice.id)
        if last < found.first:
            raise InputError(f"The assignment started in {found.first}, after {last}.")
        connection.execute(
            update(assignments)
            .where(assignments.c.number == found.number)
            .values(last_month=last.code)
        )
        trail.note(
            connection, actor, "people", f"ended the assignment of {id} with {last}",
            practice.number,
        )  # fmt: skip
        return next(each for each in _of_manager(connection, id) if each.number == found.number)


def _open_assignment(connection: Connection, id: str, practice_id: str | None) -> Assignment:
    opened = [
        each
        for each in _of_manager(connection, known_manager(connection, id).id)
        if each.last is None and practice_id in (None, each.practice.id)
    ]
    if len(opened) != 1:
        what = "no open assignment" if not opened else "more than one; name it with --practice"
        raise InputError(f"{id} has {what}.")
    return opened[0]


def list_assignments(engine: Engine, actor: Actor) -> list[Assignment]:
    """The assignments that the actor may see: a manager only her own. Raises NotPermitted."""
    with reading(engine) as connection:
        return assignments_seen(connection, actor)


def assignments_seen(connection: Connection, actor: Actor) -> list[Assignment]:
    """The same as a connection sees them."""
    require(actor, "read_people")
    seen: list[ColumnElement[bool]] = []
    if actor.practices is not None:
        own = select(practices.c.number).where(practices.c.id.in_(actor.practices))
        seen.append(assignments.c.practice.in_(own))
    if actor.kind == "manager":
        seen.append(assignments.c.manager == actor.manager)
    return _assignments(connection, *seen)


def assigned_to(
    connection: Connection, practice: Practice, manager_id: str | None, role: str | None = None
) -> list[Assignment]:
    """A manager's assignments at a practice, under one role or any; none for nobody. Whoever calls
    has asked whether the actor may see them."""
    if manager_id is None:
        return []
    return [
        each
        for each in _of_manager(connection, manager_id)
        if each.practice == practice and role in (None, each.role)
    ]


def every_assignment(connection: Connection) -> list[Assignment]:
    """All assignments, as a connection sees them; whether one may see them has been asked."""
    return _assignments(connection)


def assignments_numbered(
    connection: Connection, numbers: Select[tuple[int]]
) -> dict[int, Assignment]:
    """The assignments whose numbers a query gives, by number; whether one may see them has been
    asked."""
    found = _assignments(connection, assignments.c.number.in_(numbers))
    return {each.number: each for each in found}


def assignment_for(
    connection: Connection,
    actor: Actor,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
) -> Assignment:
    """The one assignment of a manager that a period falls into.

    Raises NotFound where there is none or all of it is leave, InputError where the period touches
    two or ends before it starts, NotPermitted.
    """
    require(actor, "read_scores")
    if last < first:
        raise InputError(f"The period ends in {last}, before it starts in {first}.")
    require_own(actor, manager_id)
    manager = known_manager(connection, manager_id)
    touched = [
        each
        for each in _of_manager(connection, manager.id)
        if practice_id in (None, each.practice.id) and each.spanned(first, last)
    ]
    if practice_id is not None:
        get_practice(connection, practice_id)
    if not touched:
        where = f" at {practice_id}" if practice_id else ""
        raise NotFound(
            f"{manager_id} has no assignment{where} from {first} to {last}; "
            "see them with: kpi manager list"
        )
    # Whoever may see one of the practices is not told of the others.
    seen = [
        each for each in touched if actor.practices is None or each.practice.id in actor.practices
    ]
    touched = seen or touched[:1]
    if len(touched) > 1:
        places = {each.practice.id for each in touched}
        mend = (
            f"name one with --practice ({', '.join(sorted(places))})"
            if len(places) > 1
            else "score each assignment's months by themselves"
        )
        raise InputError(
            f"{first} to {last} touches {len(touched)} assignments of {manager_id}; {mend}."
        )
    require_score(actor, touched[0].practice.id, manager.id)
    if not touched[0].months(first, last):
        raise NotFound(
            f"{manager_id} was on leave from {first} to {last}, so there is nothing to score."
        )
    return touched[0]


def known_manager(connection: Connection, id: str) -> Manager:
    """The manager of that id. Raises NotFound with the nearest one."""
    row = connection.execute(managers.select().where(managers.c.id == id)).first()
    if row is None:
        known = list(connection.execute(select(managers.c.id)).scalars())
        raise NotFound(
            f"There is no manager '{id}'.{nearest(id, known)} See them with: kpi manager list"
        )
    return Manager(row.id, row.name)


def _of_manager(connection: Connection, manager_id: str) -> list[Assignment]:
    return _assignments(connection, assignments.c.manager == manager_id)


def _assignments(connection: Connection, *where: ColumnElement[bool]) -> list[Assignment]:
    """Those that fulfil the conditions, in three statements however many they are."""
    query = (
        select(assignments, managers.c.name)
        .join(managers, managers.c.id == assignments.c.manager)
        .where(*where)
        .order_by(assignments.c.manager, assignments.c.first_month, assignments.c.number)
    )
    rows = connection.execute(query).all()
    if not rows:
        return []
    places = practices_numbered(connection, select(assignments.c.practice).where(*where))
    away = _leave(connection, select(assignments.c.manager).where(*where))
    return [
        Assignment(
            number=row.number,
            manager=Manager(row.manager, row.name),
            practice=places[row.practice],
            role=row.role,
            first=Month.from_code(row.first_month),
            last=Month.from_code(row.last_month) if row.last_month else None,
            locations=tuple(row.locations),
            leave=away.get((row.manager, row.practice), ()),
        )
        for row in rows
    ]


def _leave(
    connection: Connection, of: Select[tuple[str]]
) -> dict[tuple[str, int], tuple[Month, ...]]:
    """The months of leave of the managers whose ids a query gives, by manager and practice's
    number."""
    query = select(leave).where(leave.c.withdrawn_at.is_(None), leave.c.manager.in_(of))
    found: dict[tuple[str, int], set[Month]] = {}
    for row in connection.execute(query):
        months = span(Month.from_code(row.first_month), Month.from_code(row.last_month))
        found.setdefault((row.manager, row.practice), set()).update(months)
    return {each: tuple(sorted(months)) for each, months in found.items()}

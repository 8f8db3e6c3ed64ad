"""From a KPI's figure back to the months, the measures and the rows that gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.catalogue import Kpi, measure
from kpi.catalogue.evaluation import needs
from kpi.datasets import Column, Kind
from kpi.datasets import dataset as dataset_named
from kpi.datasets.stored import DECIMAL_SCALE, date_of, time_of
from kpi.errors import InputError
from kpi.measures.entering import counted_once, entering
from kpi.measures.sealed import not_kept_words, seal_of
from kpi.months import Month, span
from kpi.review.basis.exclusions import months_counted
from kpi.review.basis.facts import build_facts
from kpi.review.basis.versions import kpi_asked
from kpi.review.explained.provenance import (
    behind,
    kept_months,
    measure_months,
    records_not_kept,
)
from kpi.score.as_json import whole
from kpi.score.facts import Facts, State
from kpi.score.result import result
from kpi.store.engine import reading
from kpi.store.tables import records, uploads


def explain(
    engine: Engine,
    actor: Actor,
    kpi_id: str,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
) -> dict[str, Any]:
    """What a KPI comes to and why, exactly as ``kpi explain --format json`` gives it.

    Any KPI of the catalogue, in the role or not, and those that the role defines itself. Raises
    NotFound, InputError, NotPermitted.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        definition = kpi_asked(connection, assignment.practice, assignment.role, kpi_id)
        months = months_counted(connection, assignment, definition.id, first, last)
        practice, places = assignment.practice, assignment.locations
        facts = _facts(connection, assignment, definition, months)
        outcome = result(definition, months, facts)
        found = behind(connection, practice, definition, months, places)
        gone = records_not_kept(connection, practice, definition, months)
    return {
        "kpi": definition.id,
        "manager": assignment.manager.id,
        "practice": practice.id,
        "from": str(first),
        "to": str(last),
        "status": outcome.status.value,
        "reason": outcome.reason,
        "value": outcome.value,
        "unit": definition.unit.value,
        "numerator": whole(outcome.numerator),
        "denominator": whole(outcome.denominator),
        "n": whole(outcome.n),
        "formula": definition.formula.source,
        "months": _months(definition, months, facts),
        "records": found.records,
        "uploads": found.uploads,
        "records_not_kept": [str(month) for month in gone],
    }


def explain_rows(
    engine: Engine,
    actor: Actor,
    kpi_id: str,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The records behind a KPI: measure, month, file, upload, line and what is stored, in words.

    A record that enters two measures comes twice, once under each. No ids; so where a measure
    counts different things (who was invited, days of clinic), ``counts`` is 1 at the first record
    of each in a month and 0 at the others: it adds up to the figure. Of sealed months there are
    none. Raises InputError where all that the formula reads are sealed.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        definition = kpi_asked(connection, assignment.practice, assignment.role, kpi_id)
        months = months_counted(connection, assignment, definition.id, first, last)
        files = _files(connection, assignment)
        left = limit
        kept = kept_months(connection, assignment.practice, definition, months)
        if not any(kept.values()) and any(measure_months(definition, months).values()):
            seal = seal_of(connection, assignment.practice.number)
            raise InputError(f"There are no rows to show: {not_kept_words(seal.before)}.")
        for measure, codes in kept.items():
            if not codes:
                continue
            dataset, where = entering(
                connection, assignment.practice.number, measure, codes, assignment.locations
            )
            table, once = records[dataset], counted_once(measure)
            query = select(table, *(each.label(None) for each in once or ())).where(where)
            query = query.order_by(table.c.record_month, table.c.upload, table.c.line)
            if left is not None:
                query = query.limit(left)
            shown = [each for each in dataset_named(dataset).stored if each.kind is not Kind.ID]
            seen: set[Any] = set()
            for row in connection.execution_options(yield_per=1000).execute(query):
                yield {
                    "measure": measure,
                    "month": str(Month.from_code(row.record_month)),
                    "file": files.get(row.upload, ""),
                    "upload": row.upload,
                    "line": row.line,
                    **_counts(tuple(row[-2:]) if once else None, seen),
                    **{each.name: in_words(each, row._mapping[each.name]) for each in shown},
                }
                left = None if left is None else left - 1
            if left == 0:
                return


def _counts(thing: Any, seen: set[Any]) -> dict[str, int]:
    """Whether a record is the first of the thing that it is counted as."""
    if thing is None:
        return {}
    first = thing not in seen
    seen.add(thing)
    return {"counts": int(first)}


def in_words(column: Column, value: Any) -> str:
    """A stored value as a person reads it; empty for a blank."""
    return "" if value is None else _WORDS.get(column.kind, str)(value)


def _money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


_WORDS: dict[Kind, Callable[[Any], str]] = {
    Kind.MONEY: _money,
    Kind.DECIMAL: lambda value: f"{value / DECIMAL_SCALE:.10g}",
    Kind.DATE: lambda value: date_of(value).isoformat(),
    Kind.TIME: lambda value: time_of(value).isoformat(sep=" "),
    Kind.MONTH: lambda value: str(Month.from_code(value)),
    Kind.BOOLEAN: lambda value: "true" if value else "false",
}


def _facts(
    connection: Connection, assignment: Assignment, kpi: Kpi, months: Sequence[Month]
) -> Facts:
    # The month before the year before: a mean balance is compared from its opening on.
    read = span(months[0] - 13, months[-1])
    return build_facts(connection, assignment.practice, [kpi], read, assignment.locations)


def _months(kpi: Kpi, months: Sequence[Month], facts: Facts) -> list[dict[str, Any]]:
    """Every month that the formula reads, oldest first: what it is needed as, value, measures."""
    roles: dict[Month, str] = {}
    read: dict[Month, set[str]] = {}
    for need in needs(kpi.formula, months):
        if roles.get(need.month) != "period":
            roles[need.month] = need.role
        read.setdefault(need.month, set()).add(need.measure)
    for month in months:
        roles[month] = "period"
    return [
        {
            "month": str(month),
            "role": role,
            "value": result(kpi, [month], facts).value if role == "period" else None,
            "measures": {
                name: _measure(name, month, facts) for name in sorted(read.get(month, ()))
            },
        }
        for month, role in sorted(roles.items())
    ]


def _measure(name: str, month: Month, facts: Facts) -> Any:
    if name in facts.histograms:
        return {str(k): n for k, n in sorted(facts.histograms[name].get(month, {}).items())}
    there = facts.state(measure(name).dataset, month).state is not State.MISSING
    return whole(facts.values.get(name, {}).get(month, 0.0 if there else None))


def _files(connection: Connection, assignment: Assignment) -> dict[int, str]:
    query = select(uploads.c.id, uploads.c.file).where(
        uploads.c.practice == assignment.practice.number
    )
    return {id: file or "" for id, file in connection.execute(query)}

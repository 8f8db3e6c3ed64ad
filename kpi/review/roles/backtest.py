"""A role file replayed over a practice's past months, before anybody is bound by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import Kpi
from kpi.errors import InputError, RoleRefused, nearest
from kpi.measures.not_kept import from_records, not_kept
from kpi.measures.sealed import not_countable, seal_of
from kpi.months import Month, span
from kpi.review.basis.baselines import baseline_result, months_read
from kpi.review.basis.facts import build_facts
from kpi.review.basis.periods import Period, data_span, review_period_of
from kpi.review.roles.publication import defined_by
from kpi.role import in_words, read_role, resolve
from kpi.role.model import Role
from kpi.score.backtest import Backtest, replay
from kpi.score.backtest_json import backtest_json
from kpi.score.facts import Facts
from kpi.score.suggestions import Suggestion, suggestions
from kpi.store.engine import reading
from kpi.store.tables import WHOLE, monthly_measures

_BEFORE = 13  # months before a period that a KPI may read: a year, and the month that opens it


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A KPI of the role that could not be replayed, and in a sentence why."""

    kpi: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoleBacktest:
    """A role's backtest at a practice. ``locations`` empty: all of it. ``baselines``: KPI id to the
    value that its targets are changes from, as publishing today would store it."""

    practice: Practice
    role: Role
    locations: tuple[str, ...]
    found: Backtest
    suggestions: tuple[Suggestion, ...]
    left_out: tuple[LeftOut, ...]
    baselines: dict[str, float]


def backtest_role(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    text: bytes,
    source: str,
    first: Month,
    last: Month,
    locations: tuple[str, ...] = (),
) -> RoleBacktest:
    """Replays a role file, published or not, from the first month to the last, both included, as
    far as the practice has data there; nothing is stored.

    Baselines are computed from the practice's data as publication does; a KPI whose baseline has no
    value is left out with the reason, and the scores are those of the others. ``locations``: those
    of an assignment. Raises RoleRefused with every error of the file, NotFound, NotPermitted, and
    InputError where the months hold no data or a location is unknown.
    """
    require(actor, "backtest", practice_id)
    checked = read_role(text, source)
    role = checked.role
    if role is None:
        raise RoleRefused("\n".join(in_words(each, source) for each in checked.errors))
    if last < first:
        raise InputError(f"The backtest ends in {last}, before it starts in {first}.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        _check_locations(connection, practice, locations)
        held = _held(connection, practice, first, last)
        first, last = max(first, held[0]), min(last, held[1])
        baselines, left_out = _baselines(connection, practice, role)
        out = {each.kpi for each in left_out}
        judged = replace(
            role, targets=tuple(each for each in role.targets if each.kpi not in out)
        )  # fmt: skip
        if not judged.targets:
            raise InputError(
                "Nothing can be replayed: "
                + " ".join(each.reason for each in left_out)
            )  # fmt: skip
        read = span(min(first - _BEFORE, held[0]), last)
        kpis = [role.kpi(each.kpi) for each in judged.targets]
        facts = _facts(connection, practice, role, kpis, read, locations)
    found = replay(
        role.version,
        resolve(judged, baselines),
        role.minimum_coverage,
        role.ratings,
        first,
        last,
        _periods(role, practice, first, last),
        facts,
        span(held[0], last),
    )
    return RoleBacktest(
        practice, role, locations, found, suggestions(found), tuple(left_out), baselines
    )


def backtest_document(done: RoleBacktest) -> dict[str, Any]:
    """What ``kpi role backtest --format json`` gives."""
    return {
        "practice": done.practice.id,
        "role": done.role.role,
        "version": done.role.version,
        "sha256": done.role.sha256,
        "locations": list(done.locations),
        "baselines": done.baselines,
        "left_out": [{"kpi": each.kpi, "reason": each.reason} for each in done.left_out],
        **backtest_json(done.found, done.suggestions),
    }


def _held(connection: Connection, practice: Practice, first: Month, last: Month) -> Period:
    held = data_span(connection, practice)
    if held is None:
        raise InputError(f"{practice.name} has no data yet; load its exports first.")
    if last < held[0] or held[1] < first:
        raise InputError(
            f"{practice.name} has data from {held[0]} to {held[1]}, and none from {first} to "
            f"{last}; name months in which it has some."
        )
    return held


def _check_locations(
    connection: Connection, practice: Practice, locations: Sequence[str]
) -> None:  # fmt: skip
    table = monthly_measures
    query = select(table.c.location).where(table.c.practice == practice.number).distinct()
    known = set(connection.execute(query).scalars()) - {"", WHOLE} if locations else set()
    for each in locations:
        if each not in known:
            listed = ", ".join(sorted(known)) or "none at all"
            raise InputError(
                f"The data of {practice.name} name no location '{each}'.{nearest(each, known)} "
                f"They name {listed}."
            )


def _baselines(
    connection: Connection, practice: Practice, role: Role
) -> tuple[dict[str, float], list[LeftOut]]:
    """Of the whole practice whatever the locations, as publication computes them."""
    found: dict[str, float] = {}
    left_out = []
    for target in role.targets:
        if target.baseline is None:
            continue
        definition = role.kpi(target.kpi)
        months = months_read(definition, target.baseline)
        facts = _facts(connection, practice, role, [definition], months, ())
        try:
            outcome = baseline_result(definition, target, facts)
        except InputError as fault:
            left_out.append(LeftOut(target.kpi, str(fault)))
        else:
            assert outcome.value is not None
            found[target.kpi] = outcome.value
    return found, left_out


def _facts(
    connection: Connection,
    practice: Practice,
    role: Role,
    kpis: Sequence[Kpi],
    months: Sequence[Month],
    locations: tuple[str, ...],
) -> Facts:
    """The stored figures, and those that publishing the role would store."""
    facts = build_facts(connection, practice, kpis, months, locations)
    missing = not_kept(connection, practice.number, defined_by(role))
    if not missing:
        return facts
    computed = from_records(connection, practice.number, missing, months, locations)
    unknown = not_countable(seal_of(connection, practice.number), missing, months, locations)
    return replace(
        facts,
        values={**facts.values, **computed},
        obstacles={**facts.obstacles, **unknown},
    )


def _periods(role: Role, practice: Practice, first: Month, last: Month) -> list[Period]:
    """The review periods that lie within the months as a whole, oldest first."""
    found = []
    month = first
    while month <= last:
        start, end = review_period_of(role.review_period, month, practice.fiscal_start)
        if first <= start and end <= last:
            found.append((start, end))
        month = end + 1
    return found

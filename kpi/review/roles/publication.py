"""Publishing a role file: from then on it is immutable, and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import measures, measures_of
from kpi.errors import InputError, RoleRefused
from kpi.measures.figure_log import Cause, record
from kpi.measures.refresh import use_defined
from kpi.months import Month, span
from kpi.review.basis.baselines import baseline_result, months_read
from kpi.review.basis.facts import build_facts
from kpi.review.basis.versions import PublishedVersion, published, roles_of
from kpi.review.cycle.reviews import final_months
from kpi.review.explained.provenance import behind
from kpi.role import in_words, read_role
from kpi.role.model import DeclaredTarget, Role
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.tables import role_versions


def publish(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    text: bytes,
    source: str,
    retroactive: str | None,
    today: date,
) -> PublishedVersion:
    """Publishes a role file for a practice; its baselines are computed now and stored with it.

    The same version with the same content is found again; with other content it is refused.
    Raises RoleRefused with every error of the file, a baseline that has no value, an effective
    month before the month of ``today`` without a reason, and a month that it would judge anew
    although a final scorecard holds it.
    """
    require(actor, "publish_role", practice_id)
    checked = read_role(text, source)
    role = checked.role
    if role is None:
        raise RoleRefused("\n".join(in_words(each, source) for each in checked.errors))
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        known = connection.execute(
            select(role_versions.c.sha256).where(
                role_versions.c.practice == practice.number,
                role_versions.c.role == role.role,
                role_versions.c.version == role.version,
            )
        ).scalar()
        if known is not None and known != role.sha256:
            raise RoleRefused(
                f"Version {role.version} of {role.role} is published with other content, and a "
                "published version never changes; give this file a new version."
            )
        if known is None:
            _refuse_retroactive(role, retroactive, today)
            _refuse_final(connection, practice, role)
            for name, moves in use_defined(connection, practice.number, defined_by(role)).items():
                record(connection, practice.number, name, Cause.DEFINED, actor.label, None, moves)
            baselines = _baselines(connection, practice, role, source)
            connection.execute(
                insert(role_versions).values(
                    practice=practice.number,
                    role=role.role,
                    version=role.version,
                    effective=role.effective.code,
                    sha256=role.sha256,
                    text=role.text,
                    baselines=baselines,
                    published_at=now(),
                    published_by=actor.label,
                    retroactive_reason=_reason(role, retroactive, today),
                )
            )
            trail.note(
                connection, actor, "publish_role", f"{role.role} {role.version}", practice.number,
                effective=str(role.effective), sha256=role.sha256,
                retroactive=_reason(role, retroactive, today),
                baselines={kpi: each["value"] for kpi, each in baselines.items()},
            )  # fmt: skip
        return next(
            each
            for each in published(connection, practice, role.role)
            if each.role.version == role.version
        )


def _refuse_retroactive(role: Role, reason: str | None, today: date) -> None:
    if role.effective < Month.of(today) and not (reason or "").strip():
        raise RoleRefused(
            f"The role is effective from {role.effective}, before this month; people would be "
            "judged by targets they could not know. If that is right, say why with "
            "--retroactive REASON: it is printed on every scorecard it touches."
        )


def _refuse_final(connection: Connection, practice: Practice, role: Role) -> None:
    """A final scorecard was judged by the versions of its time; no later one reaches into it."""
    known = (
        published(connection, practice, role.role)
        if role.role in roles_of(connection, practice)
        else []
    )
    later = [each.effective for each in known if each.effective > role.effective]
    reached = sorted(
        month
        for month in final_months(connection, practice, role.role)
        if month >= role.effective and not (later and month >= min(later))
    )
    if reached:
        raise RoleRefused(
            f"The role is effective from {role.effective}, and a final scorecard under it holds "
            f"{reached[-1].words}: what is final is never judged anew. Let it be effective from "
            f"{reached[-1] + 1} or later, or have HR reopen the review first."
        )


def _reason(role: Role, reason: str | None, today: date) -> str | None:
    return (reason or "").strip() if role.effective < Month.of(today) else None


def defined_by(role: Role) -> set[str]:
    """The measures over records that the role's own KPIs read."""
    return {name for kpi in role.custom for name in measures_of(kpi) if name not in measures()}


def _baselines(
    connection: Connection, practice: Practice, role: Role, source: str
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    faults = []
    for target in role.targets:
        if target.baseline is None:
            continue
        try:
            found[target.kpi] = _baseline(connection, practice, role, target)
        except InputError as fault:
            faults.append(f"{source}:{target.line}: {fault}")
    if faults:
        raise RoleRefused("\n".join(faults))
    return found


def _baseline(
    connection: Connection, practice: Practice, role: Role, target: DeclaredTarget
) -> dict[str, Any]:
    assert target.baseline is not None
    definition = role.kpi(target.kpi)
    read = months_read(definition, target.baseline)
    outcome = baseline_result(
        definition, target, build_facts(connection, practice, [definition], read)
    )
    months = span(target.baseline.first, target.baseline.last)
    return {
        "value": outcome.value,
        "n": outcome.n,
        "from": str(target.baseline.first),
        "to": str(target.baseline.last),
        "uploads": behind(connection, practice, definition, months).uploads,
    }

"""A scorecard's score computed again from nothing but the document itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from kpi.errors import InputError
from kpi.months import Month, span
from kpi.review.basis.inputs import Inputs, score_of, score_without
from kpi.review.basis.versions import PublishedVersion, role_of
from kpi.review.frozen.document import computed
from kpi.review.frozen.measures import facts_from
from kpi.score.exclusion import Exclusion
from kpi.score.model import Rebased, VersionInForce

_TOLERANCE = 1e-9


def recomputed(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the document's measures and role texts give with this program, in the document's own
    fields. Raises InputError where the document lacks what that takes."""
    try:
        inputs = inputs_from(document)
        return computed(score_of(inputs), score_without(inputs))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as fault:
        raise InputError(
            "The scorecard cannot be computed again: what it was computed from is not all there "
            f"({type(fault).__name__})."
        ) from None


def inputs_from(document: Mapping[str, Any]) -> Inputs:
    """The inputs that a document holds."""
    versions = tuple(
        _published(text, document["practice"], each, document["baselines"])
        for text, each in zip(document["role_texts"], document["versions"], strict=True)
    )
    measures = document["measures"]
    history = measures["history"]
    return Inputs(
        versions=versions,
        ruling=tuple(
            _in_force(each, said) for each, said in zip(versions, document["versions"], strict=True)
        ),
        first=Month.parse(document["from"]),
        last=Month.parse(document["to"]),
        facts=facts_from(measures),
        history=span(*map(Month.parse, history)) if history else (),
        so_far=document["provisional"],
        since=Month.parse(document["assignment"]["from"]),
        held=None,
        leave=tuple(
            month
            for each in document["leave"]
            for month in span(Month.parse(each["from"]), Month.parse(each["to"]))
        ),
        rebased={
            kpi: tuple(Rebased(Month.parse(each["from"]), each["reason"]) for each in found)
            for kpi, found in measures.get("rebased", {}).items()
        },
        exclusions=tuple(
            Exclusion(each["kpi"], tuple(map(Month.parse, each["months"])), each["reason"])
            for each in document["exclusions"]
        ),
    )


def differences(frozen: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two documents differ in the fields that both have: path, the one's value, the other's.

    Numbers that differ by rounding alone are the same. A field that only ``now`` has is newer than
    the document; one that only ``frozen`` has differs.
    """
    if isinstance(frozen, dict) and isinstance(now, dict):
        for name, value in frozen.items():
            below = f"{path}.{name}" if path else name
            if name in now:
                yield from differences(value, now[name], below)
            else:
                yield below, value, None
    elif isinstance(frozen, list) and isinstance(now, list) and len(frozen) == len(now):
        for at, (one, other) in enumerate(zip(frozen, now, strict=True)):
            yield from differences(one, other, f"{path}[{_named(one, at)}]")
    elif not _same(frozen, now):
        yield path, frozen, now


def _named(value: Any, at: int) -> str:
    """How a list's entry is named: by its id or month where it has one, else by its place."""
    if isinstance(value, dict):
        for name in ("id", "kpi", "month", "version"):
            if isinstance(value.get(name), str):
                return str(value[name])
    return str(at)


def _same(one: Any, other: Any) -> bool:
    numbers = (int, float)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, numbers) and isinstance(other, numbers):
        return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=1e-12)
    return bool(one == other)


def _published(
    text: str, practice: str, said: Mapping[str, Any], baselines: Mapping[str, Any]
) -> PublishedVersion:
    role = role_of(text, said["sha256"])
    return PublishedVersion(
        number=0,
        practice=practice,
        role=role,
        effective=Month.parse(said["effective"]),
        baselines=baselines[said["version"]],
        published_at=said["published_at"],
        published_by=said["published_by"],
        retroactive_reason=said["retroactive_reason"],
    )


def _in_force(published: PublishedVersion, said: Mapping[str, Any]) -> VersionInForce:
    return published.in_force([Month.parse(month) for month in said["months"]])

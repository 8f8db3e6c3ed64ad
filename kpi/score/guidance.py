"""What to talk about when a KPI is under its target: questions for people, and no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.catalogue.splits import Split
from kpi.role.model import Role
from kpi.score.attainment import TARGET_POINTS, meets_target
from kpi.score.model import KpiScore, Status
from kpi.score.movement import Movement
from kpi.score.movement_words import group_words
from kpi.score.talk import questions_on, talk_of

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a KPI under its target rests on, and what to ask.

    ``skill`` and ``duty``: ids in the role file, None where it names none; ``rests_on``: their
    texts. ``moved``: what moved it, in words; empty where nothing is known.
    """

    kpi: str
    skill: str | None
    duty: str | None
    rests_on: tuple[str, ...]
    moved: tuple[str, ...]
    questions: tuple[str, ...]


def under_target(row: KpiScore) -> bool:
    """Whether a KPI scores less than its target would."""
    return (
        row.status is Status.SCORED
        and row.attainment is not None
        and row.attainment < TARGET_POINTS
    )


def guidance(
    role: Role,
    row: KpiScore,
    found: Movement | None = None,
    split: Split | None = None,
    moved: Sequence[str] = (),
) -> Guidance:
    """What to talk about of one KPI. ``found``, ``split`` and ``moved``: why it moved against the
    period before, and the same in words."""
    skill = _skill(role, row)
    duty = _duty(role, row.kpi.id)
    daily = _named(role.document["daily_duties"], row.kpi.id)
    texts = [each["text"] for each in (skill, duty, daily) if each is not None]
    return Guidance(
        kpi=row.kpi.id,
        skill=None if skill is None else str(skill["id"]),
        duty=None if duty is None else str(duty["id"]),
        rests_on=tuple(texts),
        moved=tuple(moved),
        questions=tuple(_questions(row, found, split)),
    )


def guidance_document(found: Guidance) -> dict[str, Any]:
    """The same for JSON, as it stands on a scorecard."""
    return {
        "kpi": found.kpi,
        "skill": found.skill,
        "duty": found.duty,
        "rests_on": list(found.rests_on),
        "moved": " ".join(found.moved) or None,
        "questions": list(found.questions),
    }


def _questions(row: KpiScore, found: Movement | None, split: Split | None) -> Iterator[str]:
    group = _largest(found, split)
    if group:
        yield f"The largest part of what moved it lies with {group}: what is different there?"
    yield from questions_on(row.kpi.id)
    talk = talk_of(row.kpi.family)
    if talk is not None:
        yield from (talk.skills, talk.staffing, talk.budget)
    yield _on_the_target(row)


def _on_the_target(row: KpiScore) -> str:
    """Whether the target itself is to be talked about, from how often single months met it."""
    values = [each for each in row.reading.points.values() if each is not None][-_MONTHS:]
    met = sum(meets_target(each, row.target, row.kpi.better) for each in values)
    if not values:
        return "Is the target one that can be reached here, and how is that known?"
    if not met:
        return (
            f"None of the last {len(values)} months met the target: can it be reached with what "
            "there is, or is the target itself to be talked about?"
        )
    return (
        f"{met} of the last {len(values)} months met the target: what was different in "
        f"{'it' if met == 1 else 'them'}?"
    )


def _largest(found: Movement | None, split: Split | None) -> str:
    """The group that added most to the change, where it has a name and is not all of it."""
    if found is None or split is None or len(found.groups) < 2:
        return ""
    first = found.groups[0]
    return group_words(first.group, split) if first.group else ""


def _skill(role: Role, row: KpiScore) -> Mapping[str, Any] | None:
    """The skill that names the KPI; else the first whose words are those of the KPI's family."""
    skills = role.document["skills"]
    talk = talk_of(row.kpi.family)
    named = _named(skills, row.kpi.id)
    if named is not None or talk is None:
        return named
    for word in talk.skill_words:
        for each in skills:
            if word in f"{each['id']} {each['text']}".lower():
                found: Mapping[str, Any] = each
                return found
    return None


def _duty(role: Role, kpi: str) -> Mapping[str, Any] | None:
    return _named(role.document["responsibilities"], kpi)


def _named(entries: Sequence[Any], kpi: str) -> Mapping[str, Any] | None:
    """The first entry that names the KPI."""
    return next(
        (each for each in entries if isinstance(each, dict) and kpi in (each.get("kpis") or ())),
        None,
    )

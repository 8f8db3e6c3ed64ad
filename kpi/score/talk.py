"""What there is to ask about each KPI, and what it counts, in words: from ``talk.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class FamilyTalk:
    """What is asked of a family's KPIs, and the words by which a role's skill is known."""

    skill_words: tuple[str, ...]
    skills: str
    staffing: str
    budget: str


def counted_words(kpi: str) -> tuple[str, str] | None:
    """What a KPI counts above the line, one and many (``no-show``, ``no-shows``); None where its
    target is not said in that way."""
    found = _texts()["kpis"].get(kpi, {}).get("counts")
    return None if found is None else (found[0], found[1])


def questions_on(kpi: str) -> tuple[str, ...]:
    """What is asked about the way of working behind a KPI; nothing of one that a role defines."""
    return tuple(_texts()["kpis"].get(kpi, {}).get("ask", ()))


def talk_of(family: str) -> FamilyTalk | None:
    """What is asked of a family; None for the family of KPIs that a role defines."""
    found = _texts()["families"].get(family)
    if found is None:
        return None
    return FamilyTalk(
        skill_words=tuple(found["skill"]),
        skills=found["skills"],
        staffing=found["staffing"],
        budget=found["budget"],
    )


def known() -> tuple[set[str], set[str]]:
    """The families and the KPIs that there are texts for."""
    return set(_texts()["families"]), set(_texts()["kpis"])


@cache
def _texts() -> dict[str, Any]:
    from ruamel.yaml import YAML  # here, so that `kpi --help` need not load it

    text = files("kpi.score").joinpath("talk.yaml").read_text("utf-8")
    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found

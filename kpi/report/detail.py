"""What is said of one KPI beside its trend, as a question, and where it is defined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi.report.document import Document, month_words, named
from kpi.report.rows import Row


def detail_lines(document: Document, row: Row) -> list[tuple[str, str]]:
    """What stands beside a KPI's trend: label and words, only what there is."""
    shown = document["trends"].get(row.id) or {}
    signs = "; ".join(each for each in (row.signal_words, row.assurance) if each)
    lines = [
        ("Value", ", ".join(each for each in (row.value, row.count) if each)),
        ("How sure", ", ".join(each for each in (row.margin, row.verdict) if each)),
        ("Signal", signs if row.signal else shown.get("note") or row.signal_words),
        ("Read as", row.meaning),
        ("Usual range", _anew(shown.get("rebased"))),
        ("Status", ". ".join([row.status, *row.remarks]) if row.remarks or not row.scored else ""),
    ]
    return [(label, words) for label, words in lines if words]


def _anew(rebased: Mapping[str, Any] | None) -> str:
    if not rebased:
        return ""
    return f"drawn anew from {month_words(rebased['from'])}: {rebased['reason']}"


def rests_on(each: Mapping[str, Any]) -> str:
    """Which skill and duty a KPI under target rests on, and which part of it moved."""
    said = [
        f"{label} {each[key].replace('_', ' ').replace('-', ' ')}"
        for key, label in (("skill", "Skill:"), ("duty", "duty:"))
        if each.get(key)
    ]
    rest = "; ".join(said)
    moved = each.get("moved") or ""
    return " ".join(part for part in (f"{rest}." if rest else "", moved) if part)


def definition_facts(document: Document, kpi: str) -> list[tuple[str, str]]:
    """What a reader should know of a KPI besides its definition: label and words."""
    found = document["definitions"].get(kpi) or {}
    beside = ", ".join(named(document, each) for each in found.get("counterweights") or [])
    facts = [
        ("Standard", found.get("standard")),
        ("Typical", found.get("typical")),
        ("Control", found.get("control")),
        ("Beware", found.get("trap")),
        ("Read beside", beside),
    ]
    return [(label, words) for label, words in facts if words]

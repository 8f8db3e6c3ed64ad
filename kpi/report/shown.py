"""All that a scorecard shows, as words and as drawings that say their numbers, for every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kpi.months import Month
from kpi.report import detail, front, origins, record
from kpi.report.bullet import KEY, bullet, sample
from kpi.report.document import Document, named, period, ratings, threshold
from kpi.report.record import Table
from kpi.report.rows import Row, by_family, lost_points, rows, terms
from kpi.report.scale import score_scale
from kpi.report.signs import gate_sign, signal_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.trend import KEY as TREND_KEY
from kpi.report.trend import trend
from kpi.report.words import USUAL_RANGE

Look = tuple[Palette, str]
"""The colours of drawings and the font of their texts."""


def shown(document: Document, palette: Palette, face: str = "") -> dict[str, Any]:
    """Everything that a rendering shows, in its order, all of it text or drawing.

    ``face``: the font of drawings, where they stand in no page that has one.
    """
    look = (palette, face)
    given = {each["id"]: each for each in document["kpis"]}
    return {
        "title": front.title(document),
        "manager": document["manager_name"],
        "whose": front.whose(document),
        "period": period(document),
        "standing": front.standing(document),
        "final": not front.standing(document).startswith(front.DRAFT),
        "draft": front.DRAFT,
        "standing_words": front.standing_words(document),
        "facts": [asdict(each) for each in front.facts(document)],
        "rating": [asdict(each) for each in front.rating(document)],
        "rating_scale": front.rating_scale(document),
        "scale": _drawn(_scale(document, look)),
        "notes": front.notes(document),
        "gates": [
            {"name": each.name, "words": each.words, "sign": gate_sign(each.state, palette).svg}
            for each in front.gates(document)
        ],
        "rows": [_row(row, given[row.id], look) for row in rows(document)],
        "bullet_key": {"svg": sample(palette).svg, "words": f"{KEY[0].upper()}{KEY[1:]}."},
        "lost": lost_points(document),
        "families": [
            {"name": name, "kpis": [_detail(document, row, given[row.id], look) for row in found]}
            for name, found in by_family(document)
        ],
        "trend_key": f"{TREND_KEY} {USUAL_RANGE}",
        "whole": _said(document["texts"]["whole"]),
        "contest": _contest(document),
        "guidance": _guidance(document),
        "plan": _table(record.plan(document)),
        "exclusions": _table(record.exclusions(document)),
        "away": record.away(document),
        "steps": _table(record.steps(document)),
        "signatures": [
            {"as": kind, "name": name, "said": said}
            for kind, name, said in record.signatures(document)
        ],
        "definitions": [_definition(document, row) for row in rows(document)],
        "parts": _table(origins.parts(document)),
        "sources": _table(origins.sources(document)),
        "spot_checks": _table(origins.spot_checks(document)),
        "versions": _table(origins.role_versions(document)),
        "accepted": _table(origins.accepted(document)),
        "previous": origins.chained(document),
        "data": origins.data_words(document),
    }


def _scale(document: Document, look: Look) -> Figure | None:
    if document["score"] is None:
        return None
    ends = document.get("score_range")
    spread = (ends[0], ends[1]) if ends and document["coverage"] < 1 else None
    return score_scale(document["score"], spread, ratings(document), *look)


def _row(row: Row, given: Mapping[str, Any], look: Look) -> dict[str, Any]:
    chart = None
    if given["target"] is not None:
        chart = bullet(
            given["value"],
            threshold(given["floor"]),
            threshold(given["target"]) or 0.0,
            given["stretch"],
            given["unit"],
            given["better"],
            look[0],
        )
    return {
        **asdict(row),
        "chart": _drawn(chart),
        "sign": signal_sign(row.signal, look[0]).svg if row.signal else None,
    }


def _detail(document: Document, row: Row, given: Mapping[str, Any], look: Look) -> dict[str, Any]:
    """A KPI on its family's page: its trend, what it is made of, and what was said of it."""
    points = document["trends"].get(row.id)
    months = (Month.parse(document["from"]), Month.parse(document["to"]))
    chart = trend(given, points, months, *look) if points else None
    why = (points or {}).get("note") or "No month has a value yet, so there is no trend."
    return {
        **_row(row, given, look),
        "trend": _drawn(chart),
        "trend_none": None if chart else why,
        "terms": terms(row),
        "lines": detail.detail_lines(document, row),
        "said": _said(document["texts"]["kpis"].get(row.id) or {}),
    }


def _said(texts: Mapping[str, str | None]) -> list[dict[str, str]]:
    who = {"manager": "Manager", "supervisor": "Supervisor", "answer": "Manager’s answer"}
    return [{"who": words, "text": str(texts[key])} for key, words in who.items() if texts.get(key)]


def _contest(document: Document) -> list[dict[str, str]]:
    texts = document["texts"]
    who = {"contest": "Contested by the manager", "contest_answer": "Answer of HR"}
    return [{"who": words, "text": texts[key]} for key, words in who.items() if texts.get(key)]


def _guidance(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "name": named(document, each["kpi"]),
            "rests": detail.rests_on(each),
            "questions": list(each.get("questions") or []),
        }
        for each in document.get("guidance") or []
    ]


def _definition(document: Document, row: Row) -> dict[str, Any]:
    found = document["definitions"].get(row.id) or {}
    return {
        "name": row.name,
        "direction": row.direction,
        "definition": found.get("definition") or "",
        "formula": found.get("formula") or "",
        "facts": detail.definition_facts(document, row.id),
    }


def _table(table: Table) -> dict[str, Any]:
    return asdict(table)


def _drawn(figure: Figure | None) -> dict[str, str] | None:
    return None if figure is None else {"svg": figure.svg, "alt": figure.alt}

"""Each KPI of a scorecard as it is shown: figures with units, and what is said beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpi.numbers import DASH, show, show_score, show_threshold
from kpi.report.document import FAMILIES, Document, threshold
from kpi.report.margins import margin_words, target_words
from kpi.report.words import ASSURANCE, DIRECTION, STATUS, meaning, signal_words
from kpi.score.model import Status


@dataclass(frozen=True, slots=True)
class Row:
    """One KPI in words. ``count``: what the value is made of; ``remarks``: why it is not scored,
    and what a reader should know besides."""

    id: str
    name: str
    family: str
    direction: str
    value: str
    count: str
    floor: str
    target: str
    stretch: str
    attainment: str
    weight: str
    points: str
    points_lost: str
    status: str
    scored: bool
    signal: str | None
    signal_words: str
    assurance: str
    meaning: str
    margin: str
    verdict: str
    remarks: tuple[str, ...]


def rows(document: Document) -> list[Row]:
    """Every KPI, in the role's order."""
    return [_row(each) for each in document["kpis"]]


def by_family(document: Document) -> list[tuple[str, list[Row]]]:
    """The same, family by family, in the order in which families first appear."""
    found: dict[str, list[Row]] = {}
    for row in rows(document):
        found.setdefault(row.family, []).append(row)
    return list(found.items())


def _row(given: Mapping[str, Any]) -> Row:
    unit = given["unit"]
    status = Status(given["status"])
    family = given.get("family") or "own"
    return Row(
        id=given["id"],
        name=given["name"],
        family=FAMILIES.get(family, family.replace("_", " ").capitalize()),
        direction=DIRECTION[given["better"]],
        value=show(given["value"], unit),
        count=count_words(given),
        floor=show_threshold(threshold(given["floor"]), unit),
        target=show_threshold(threshold(given["target"]), unit),
        stretch=show_threshold(threshold(given["stretch"]), unit),
        attainment=show(given["attainment"], "points"),
        weight=show(given["weight"], "points"),
        points=show_score(given["points"]),
        points_lost=show_score(given["points_lost"]),
        status=STATUS[status],
        scored=status is Status.SCORED,
        signal=given.get("signal"),
        signal_words=signal_words(given.get("signal"), bool(given.get("signal_provisional"))),
        assurance=ASSURANCE[given.get("assurance")],
        meaning=meaning(given.get("signal"), given.get("assurance")),
        margin=margin_words(given),
        verdict=target_words(given),
        remarks=_remarks(given, status),
    )


def terms(row: Row) -> str:
    """What a KPI is held to and what it came to, in one line."""
    direction = f"{row.direction[0].upper()}{row.direction[1:]}"
    aims = f"{direction}; floor {row.floor}, target {row.target}, stretch {row.stretch}"
    return f"{aims}; attainment {row.attainment}, weight {row.weight}, points {row.points}"


def count_words(row: Mapping[str, Any]) -> str:
    """What a value is made of: ``61 of 1,191``, ``n = 86``; empty without either."""
    numerator, denominator, n = row.get("numerator"), row.get("denominator"), row.get("n")
    if numerator is not None and denominator is not None:
        parts = f"{_sum(numerator)} of {_sum(denominator)}"
        if n is None or n == denominator:
            return parts
        return f"{parts}, n = {_sum(n)}"
    return "" if n is None else f"n = {_sum(n)}"


def _sum(value: float) -> str:
    """A sum: large ones whole, small ones with their decimals."""
    if abs(value) >= 10_000 or value == int(value):
        return f"{value:,.0f}".replace("-", "−")
    return show(value, "count")


def _remarks(row: Mapping[str, Any], status: Status) -> tuple[str, ...]:
    said = [row["reason"]] if row.get("reason") else []
    if status is not Status.SCORED and row.get("value") is not None:
        said.append("Shown, not scored.")
    if row.get("basis") == "trailing":
        said.append("Over the last three complete months.")
    return (*said, *row.get("notes", ()))


def lost_points(document: Document) -> list[str]:
    """Where points were lost, the dearest KPI first, each in a sentence; empty without a score."""
    lost = [each for each in document["kpis"] if each["points_lost"]]
    lost.sort(key=lambda each: -each["points_lost"])
    return [_lost(each) for each in lost if show_score(each["points_lost"]) != "0.0"]


def _lost(row: Mapping[str, Any]) -> str:
    unit = row["unit"]
    points = show_score(row["points_lost"])
    value = show(row["value"], unit)
    target = show_threshold(threshold(row["target"]), unit)
    attainment = show(row["attainment"], "points")
    word = "point" if points == "1.0" else "points"
    share = f"an attainment of {attainment}, with a weight of {show(row['weight'], 'points')}"
    if value == DASH:
        return f"{row['name']}: {points} {word}, {share}."
    return f"{row['name']}: {points} {word}. {value} against a target of {target} is {share}."

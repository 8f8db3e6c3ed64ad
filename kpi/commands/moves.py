"""The KPIs that a file would move, on the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kpi.commands.printing import print_table

if TYPE_CHECKING:
    from kpi.review.scores.moves import PeriodMoves
    from kpi.score.model import KpiScore, Score


def print_moves(found: Sequence[PeriodMoves], lead: str = "Would move, ") -> None:
    """Prints each review period in which something moves, before and after."""
    before = "Now" if lead else "Before"
    for each in found:
        so_far = ", so far" if each.so_far else ""
        click.echo(
            f"  {lead}{each.assignment.manager.name}, {each.first} to {each.last}{so_far}: "
            f"score {_score(each.before)} → {_score(each.after)}"
        )
        rows = [
            {
                "kpi": move.kpi.name,
                "before": _value(move.before),
                "after": _value(move.after),
                "points": f"{_points(move.before)} → {_points(move.after)}",
            }
            for move in each.moves
        ]
        if rows:
            headings = {"kpi": "KPI", "before": before, "after": "After", "points": "Attainment"}
            print_table(rows, headings, "    ")


def _score(score: Score) -> str:
    from kpi.numbers import show_score

    return show_score(score.score, score.versions[-1].ratings if score.versions else None)


def _value(row: KpiScore) -> str:
    from kpi.numbers import show
    from kpi.report.words import STATUS
    from kpi.score.model import Status

    value = show(row.result.value, row.kpi.unit)
    return value if row.status is Status.SCORED else f"{value} ({STATUS[row.status].lower()})"


def _points(row: KpiScore) -> str:
    from kpi.numbers import show

    return show(row.attainment, "count")

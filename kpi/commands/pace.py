"""``kpi pace``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_table
from kpi.commands.score import manager_option


@click.command()
@manager_option
@practice
@output
@database
def pace(manager: str, practice: str, form: str, db: str | None) -> None:
    """Say where the period under way ends at the pace of the last twelve months."""
    from kpi.access.actor import operator
    from kpi.access.practices import practice_named
    from kpi.months import period_words
    from kpi.numbers import show, show_score
    from kpi.review.scores.pace import pace_document, running_pace
    from kpi.store.clock import today

    engine, actor = opened(db), operator()
    day = today(practice_named(engine, actor, practice).timezone)
    period, found = running_pace(engine, actor, manager, practice, day)
    if form == "json":
        print_json(pace_document(period, found))
        return
    click.echo(f"{manager}, {period_words(*period)}: at this pace {show_score(found.score)} points")
    rows = [
        {
            "kpi": each.row.kpi.name,
            "now": show(each.row.result.value, each.row.kpi.unit),
            "pace": show(each.value, each.row.kpi.unit),
            "low": show(each.low, each.row.kpi.unit),
            "high": show(each.high, each.row.kpi.unit),
            "stake": None if each.at_stake is None else round(each.at_stake, 1),
            "takes": each.reason or ("" if each.reaching is None else each.reaching.words),
        }
        for each in found.rows
    ]
    print_table(rows, {"kpi": "KPI", "now": "So far", "pace": "At this pace", "low": "From",
                       "high": "To", "stake": "Points at stake",
                       "takes": "Its target takes"})  # fmt: skip

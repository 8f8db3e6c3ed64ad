"""``kpi role backtest``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.commands.options import database, opened, output, period, practice
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.commands.role_file import FILE, content

if TYPE_CHECKING:
    from kpi.months import Month
    from kpi.review.roles.backtest import RoleBacktest


@click.command("backtest")
@click.argument("file", type=FILE)
@practice
@period
@click.option(
    "--location", "locations", multiple=True, metavar="NAME", help="Only this one; may be repeated."
)
@output
@database
def backtest(
    file: Path,
    practice: str,
    first: Month,
    last: Month,
    locations: tuple[str, ...],
    form: str,
    db: str | None,
) -> None:
    """Replay a role's targets over a practice's past months, before anybody is bound by them.

    Nothing is stored. Says where each KPI's months would have stood, the score of each whole review
    period, how much of it would have been chance, and what the figures suggest looking at.
    """
    from kpi.access.actor import operator
    from kpi.review.roles.backtest import backtest_document, backtest_role

    done = backtest_role(
        opened(db), operator(), practice, content(file), file.name, first, last, locations
    )
    if form == "json":
        print_json(backtest_document(done))
    else:
        _print(done)


def _print(done: RoleBacktest) -> None:
    from kpi.numbers import DASH, show, show_score, show_threshold

    found = done.found
    where = f", {', '.join(done.locations)}" if done.locations else ""
    click.echo(
        f"{done.role.role} {done.role.version} at {done.practice.name}{where}, "
        f"{found.first} to {found.last}\n"
    )
    periods = [
        {
            "period": f"{each.first} to {each.last}",
            "score": DASH if each.score is None else show_score(each.score, done.role.ratings),
            "rating": each.rating,
            "coverage": show(each.coverage, "percent"),
        }
        for each in found.periods
    ]
    print_table(periods, {"period": "Review period", "score": "Score", "rating": "Indicated",
                       "coverage": "Coverage"})  # fmt: skip
    for each in found.periods:
        if each.reason is not None:
            print_lines(f"{each.first} to {each.last}: {each.reason}")
    click.echo("\nMonths")
    rows = [
        {
            "kpi": each.kpi.name,
            "target": show_threshold(each.terms.target, each.kpi.unit),
            **each.counts,
            "no_value": each.no_value,
            "chance": DASH
            if each.chance_share is None
            else f"{each.by_chance} of {each.judged}",
        }
        for each in found.kpis
    ]  # fmt: skip
    print_table(rows, {"kpi": "KPI", "target": "Target", "below_floor": "At floor or worse",
                       "between": "Between", "at_target": "At target",
                       "at_stretch": "At stretch", "no_value": "No value",
                       "chance": "Crossed by chance"})  # fmt: skip
    if found.chance_share is not None:
        click.echo(f"Crossed by chance: {show(found.chance_share, 'percent')} of all months.")
    for out in done.left_out:
        print_lines(f"Left out, {out.kpi}: {out.reason}")
    if done.suggestions:
        click.echo("\nTo look at")
    for suggestion in done.suggestions:
        print_lines(f"- {suggestion.words}")

"""``kpi bonus``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output, period
from kpi.commands.printing import print_json
from kpi.commands.score import manager_option, practice_option
from kpi.months import Month


@click.command()
@manager_option
@practice_option
@period
@click.option("--rating", metavar="RATING", help="The decided rating; left out: the indicated one.")
@click.option(
    "--base-pay",
    type=click.FloatRange(min=0, min_open=True),
    metavar="DOLLARS",
    help="Base pay earned in the months that score; it is not kept.",
)
@output
@database
def bonus(
    manager: str,
    practice: str | None,
    first: Month,
    last: Month,
    rating: str | None,
    base_pay: float | None,
    form: str,
    db: str | None,
) -> None:
    """Say what bonus a period earns by the role, and why."""
    from kpi.access.actor import operator
    from kpi.review.scores.pay import bonus_for

    found = bonus_for(
        opened(db), operator(), manager, first, last, practice, decided=rating, base_pay=base_pay
    )
    if form == "json":
        print_json({"bonus": found})
        return
    for sentence in ["The role has no bonus."] if found is None else found["sentences"]:
        click.echo(sentence)

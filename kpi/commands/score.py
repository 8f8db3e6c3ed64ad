"""``kpi score``, ``explain`` and ``scorecard``."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import click

from kpi.catalogue.splits import SPLITS, Split
from kpi.commands.movement import print_moved
from kpi.commands.options import DAY, MONTH, database, opened, output, period
from kpi.commands.printing import print_json, print_table
from kpi.commands.since import print_since
from kpi.months import Month, runs

manager_option = click.option("--manager", required=True, metavar="ID", help="Manager.")
practice_option = click.option("--practice", metavar="ID", help="Practice, where there are two.")


@click.command()
@manager_option
@practice_option
@period
@output
@database
def score(
    manager: str, practice: str | None, first: Month, last: Month, form: str, db: str | None
) -> None:
    """Score a manager for a period."""
    from kpi.access.actor import operator
    from kpi.review.scores.scoring import score_document, score_manager

    found = score_manager(opened(db), operator(), manager, first, last, practice)
    if form == "json":
        print_json(score_document(found))
    else:
        _print_score(found)


def _print_score(found: Any) -> None:
    from kpi.numbers import show, show_score, show_threshold
    from kpi.report.words import margin_words, reach_words, score_margin_words, target_words

    outcome = found.score
    click.echo(
        f"{found.assignment.manager.name}, {found.assignment.practice.name}, "
        f"{outcome.first} to {outcome.last}"
    )
    if outcome.score is None:
        click.echo(outcome.reason)
    else:
        low, high = outcome.range
        ends = f", between {show_score(low)} and {show_score(high)} once all is in"
        shown = show_score(outcome.score, outcome.versions[-1].ratings)
        reach = f" {reach_words(outcome)}".rstrip()
        ends = ends if low != high else ""
        click.echo(f"Score {shown}{reach}{ends}; indicated: {outcome.rating}")
        if said := score_margin_words(outcome):
            click.echo(said)
    click.echo(f"Coverage {show(outcome.coverage, 'percent')}")
    for first, last in runs(found.leave):
        click.echo(f"On leave from {first} to {last}: not scored.")
    for each in found.exclusions:
        click.echo(
            f"Excluded: {each.kpi or 'every KPI without a gate'}, {each.first} to {each.last}, by "
            f"{each.by} on {each.at[:10]}: {each.reason} Evidence: {each.evidence}"
        )
    if found.without is not None:
        without = show_score(found.without.score, outcome.versions[-1].ratings)
        click.echo(f"Without these exclusions: {without}")
    for gate in outcome.gates:
        click.echo(f"Gate {gate.kpi}, cap {gate.cap:g}: {gate.state}")
    click.echo()
    rows = [
        {
            "kpi": row.kpi.name,
            "value": show(row.result.value, row.kpi.unit),
            "margin": ", ".join(filter(None, (margin_words(row), target_words(row)))) or None,
            "target": show_threshold(row.target, row.kpi.unit),
            "attainment": None if row.attainment is None else round(row.attainment, 1),
            "weight": round(row.weight, 1),
            "points": None if row.points is None else round(row.points, 1),
            "status": row.status.value if row.reason is None else f"{row.status}: {row.reason}",
        }
        for row in outcome.rows
    ]
    print_table(rows, {"kpi": "KPI", "value": "Value", "margin": "By chance", "target": "Target",
                       "attainment": "Attainment", "weight": "Weight", "points": "Points",
                       "status": "Status"})  # fmt: skip


@click.command()
@click.argument("kpi")
@manager_option
@practice_option
@period
@click.option(
    "--rows",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Write the records behind it.",
)
@click.option("--by", type=click.Choice(SPLITS), help="Why did it move? Split by this.")
@click.option("--against-from", type=MONTH, help="First month to compare with.")
@click.option("--against-to", type=MONTH, help="Last month to compare with.")
@click.option(
    "--since", type=DAY, metavar="YYYY-MM-DD", help="Say what moved it since the start of a day."
)
@output
@database
def explain(
    kpi: str,
    manager: str,
    practice: str | None,
    first: Month,
    last: Month,
    rows: Path | None,
    by: Split | None,
    against_from: Month | None,
    against_to: Month | None,
    since: date | None,
    form: str,
    db: str | None,
) -> None:
    """Explain a KPI: formula, measures, months and the records behind it, and why it moved."""
    from kpi.access.actor import operator
    from kpi.access.exports import note_export
    from kpi.numbers import show
    from kpi.review.explained.explanation import explain as explained
    from kpi.review.explained.explanation import explain_rows
    from kpi.review.explained.movement import moved_document, why_moved
    from kpi.review.explained.since import changed_since, since_document

    against = _pair(against_from, against_to)
    engine, actor = opened(db), operator()
    found = explained(engine, actor, kpi, manager, first, last, practice)
    if rows is not None:
        note_export(
            engine, actor, found["practice"], f"rows of {found['kpi']}", manager=manager,
            months=[str(first), str(last)],
        )  # fmt: skip
        records = list(explain_rows(engine, actor, kpi, manager, first, last, practice))
        _write_rows(rows, records)
    moved = None
    if by is not None or against is not None:
        moved = why_moved(engine, actor, kpi, manager, first, last, against, by, practice)
    changed = None
    if since is not None:
        changed = changed_since(engine, actor, kpi, manager, first, last, since, practice)
    if form == "json":
        more = {} if moved is None else {"movement": moved_document(moved)}
        more |= {} if changed is None else {"since": since_document(changed)}
        print_json({**found, **more})
        return
    click.echo(f"{found['kpi']} = {found['formula']}")
    unit = found["unit"]
    click.echo(f"{found['from']} to {found['to']}: {show(found['value'], unit)} "
               f"({found['value']} {unit}, {found['status']})")  # fmt: skip
    if found["reason"]:
        click.echo(found["reason"])
    click.echo(f"numerator {found['numerator']}, denominator {found['denominator']}, "
               f"n {found['n']}; {found['records']:,} records from uploads "
               f"{', '.join(map(str, found['uploads'])) or 'none'}\n")  # fmt: skip
    if found["records_not_kept"]:
        first, last = found["records_not_kept"][0], found["records_not_kept"][-1]
        click.echo(f"Records of sealed months, {first} to {last}, are no longer kept.\n")
    names = list(dict.fromkeys(name for each in found["months"] for name in each["measures"]))
    table = [
        {"month": each["month"], "role": each["role"], "value": show(each["value"], unit),
         **{name: sum(value.values()) if isinstance(value, dict) else value
            for name, value in each["measures"].items()}}
        for each in found["months"]
    ]  # fmt: skip
    print_table(table, {"month": "Month", "role": "Read as", "value": "Value",
                        **{name: name for name in names}})  # fmt: skip
    if moved is not None:
        print_moved(moved)
    if changed is not None:
        click.echo()
        print_since(changed)


def _pair(first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise click.UsageError("Give both --against-from and --against-to, or neither.")
    return first, last


def _write_rows(path: Path, records: list[dict[str, Any]]) -> None:
    from kpi.report.neutral import neutral

    columns = list(dict.fromkeys(name for record in records for name in record))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for record in records:
            writer.writerow([neutral(record.get(name, "")) for name in columns])
    click.echo(f"{len(records):,} rows written to {path}.", err=True)

"""``kpi status`` and ``attest``: what each month has."""

from __future__ import annotations

import click

from kpi.commands.options import MONTH, database, opened, output, practice
from kpi.commands.printing import print_json, print_table
from kpi.months import Month


@click.command()
@practice
@output
@database
def status(practice: str, form: str, db: str | None) -> None:
    """Show which month of which dataset is there, and which KPIs need it."""
    from kpi.access.actor import operator
    from kpi.review.scores.board import board

    entries = board(opened(db), operator(), practice)
    if form == "json":
        print_json({"months": entries})
        return
    if not entries:
        click.echo(f"{practice} has no data yet; load exports with: kpi ingest FILE --practice ID")
        return
    signs = {"complete": "complete", "partial": "PARTIAL", "missing": "missing"}
    datasets = list(dict.fromkeys(each["dataset"] for each in entries))
    rows: dict[str, dict[str, str]] = {}
    for each in entries:
        shown = "none" if each["attested"] else signs[each["state"]]
        rows.setdefault(each["month"], {"month": each["month"]})[each["dataset"]] = shown
    print_table(list(rows.values()), {"month": "Month", **{name: name for name in datasets}})
    if sealed := [each["month"] for each in entries if each["sealed"]]:
        click.echo(f"Months up to {max(sealed)} are sealed: what is kept row by row is gone, and "
                   "its figures stay.")  # fmt: skip
    lacking = [each for each in entries if each["state"] != "complete" and each["needed_by"]]
    for each in lacking[:40]:
        click.echo(f"{each['dataset']} for {each['month']}: {each['note']}; needed by "
                   f"{', '.join(each['needed_by'])}")  # fmt: skip


@click.command()
@click.argument("dataset")
@practice
@click.option("--month", type=MONTH, required=True, help="Month that had nothing.")
@click.option("--by", default="", metavar="NAME", help="Who says so, if not you.")
@database
def attest(dataset: str, practice: str, month: Month, by: str, db: str | None) -> None:
    """Declare that a month had nothing to report; undone like an upload."""
    from kpi.access.actor import operator
    from kpi.ingest.declaring import attest as declare

    upload = declare(opened(db), operator(), practice, dataset, month, by)
    click.echo(f"{dataset} had nothing to report in {month}: entry {upload} of the log.")

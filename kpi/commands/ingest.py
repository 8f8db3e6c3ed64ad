"""``kpi ingest``."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.commands.options import MONTHS, database, opened, output, practice
from kpi.commands.printing import print_json
from kpi.commands.receipts import print_receipt
from kpi.months import Month


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@practice
@click.option("--as", "dataset", metavar="DATASET", help="The dataset that the file holds.")
@click.option("--profile", metavar="NAME", help="The vendor layout that the file has.")
@click.option("--covers", type=MONTHS, default=(), help="Months that the file holds whole.")
@click.option("--replace", is_flag=True, help="Remove records that the file lacks.")
@click.option("--allow-bad", is_flag=True, help="Load the good rows of a file with many bad ones.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@output
@database
def ingest(
    files: tuple[Path, ...],
    practice: str,
    dataset: str | None,
    profile: str | None,
    covers: tuple[Month, ...],
    replace: bool,
    allow_bad: bool,
    dry_run: bool,
    form: str,
    db: str | None,
) -> None:
    """Load exports, each file whole or not at all; status 1 if one was refused."""
    from kpi.access.actor import operator
    from kpi.ingest.ingestion import ingest as ingest_file
    from kpi.ingest.receipt import Receipt, receipt_document

    engine = opened(db)
    receipts: list[Receipt] = []
    for file in files:
        receipts += ingest_file(
            engine, operator(), practice, file, file.name, dataset=dataset, profile=profile,
            covers=covers, replace=replace, allow_bad=allow_bad, dry_run=dry_run,
        )  # fmt: skip
    if form == "json":
        print_json({"uploads": [receipt_document(each) for each in receipts]})
    for each in receipts:
        if each.status == "refused":
            named = each.message if each.file in each.message else f"{each.file}: {each.message}"
            click.echo(f"kpi: {named}", err=True)
        elif form == "table":
            print_receipt(each, dry_run)
    if any(each.status == "refused" for each in receipts):
        raise SystemExit(1)

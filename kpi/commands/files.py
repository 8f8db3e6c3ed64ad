"""``kpi template``, ``ingest``, ``accounts``, ``uploads``, ``status`` and ``attest``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kpi.commands.options import MONTH, MONTHS, database, opened, output, practice
from kpi.commands.printing import month_ranges, print_json, print_table
from kpi.months import Month

SHOWN_LINES = 20


@click.command()
@click.argument("dataset")
@click.option("--describe", is_flag=True, help="Explain each column instead.")
@output
def template(dataset: str, describe: bool, form: str) -> None:
    """Print a dataset's empty CSV, or explain its columns."""
    from kpi.datasets import dataset as dataset_named

    found = dataset_named(dataset)
    if not describe:
        click.echo(",".join(found.names))
        return
    if form == "json":
        columns = [
            {"name": column.name, "required": column.required, "kind": column.kind.value,
             "text": column.text, "choices": list(column.choices), "example": column.example}
            for column in found.columns
        ]  # fmt: skip
        print_json({"dataset": found.name, "row": found.row, "columns": columns})
        return
    click.echo(f"{found.name}: {found.row}\n")
    rows = [
        {
            "name": column.name,
            "required": "required" if column.required else "",
            "kind": column.kind.value,
            "text": column.text
            + (f"; one of: {', '.join(column.choices)}" if column.choices else "")
            + ("; kept only as a keyed hash" if column.kind.value == "id" else ""),
            "example": column.example,
        }
        for column in found.columns
    ]
    print_table(rows, {"name": "Column", "required": "", "kind": "Kind", "text": "What it is",
                       "example": "Example"})  # fmt: skip


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
            _print_receipt(each, dry_run)
    if any(each.status == "refused" for each in receipts):
        raise SystemExit(1)


def _print_receipt(receipt: Any, dry_run: bool) -> None:
    from kpi.datasets import dataset as dataset_named
    from kpi.ingest.reasons import row_sentence
    from kpi.ingest.receipt import reasons_in_words

    head = "would be" if dry_run else f"upload {receipt.id},"
    months = f" for {month_ranges(receipt.months)}" if receipt.months else ""
    click.echo(f"{receipt.file}: {head} {receipt.status}: {receipt.dataset}{months}")
    click.echo(f"  {receipt.message}")
    for reason, count in reasons_in_words(receipt):
        click.echo(f"  {count:,} × {reason}")
    for note in receipt.notes:
        click.echo(f"  {note}")
    for row in receipt.quarantine[:SHOWN_LINES]:
        click.echo(f"  {row_sentence(dataset_named(receipt.dataset), row)}")
    if receipt.id is not None and len(receipt.quarantine) > SHOWN_LINES:
        click.echo(f"  The others: kpi uploads show {receipt.id} --practice {receipt.practice}")


@click.group()
def accounts() -> None:
    """Give ledger accounts their category."""


@accounts.command("list")
@practice
@output
@database
def accounts_list(practice: str, form: str, db: str | None) -> None:
    """List expense accounts, with a proposal for those without a category."""
    from kpi.access.actor import operator
    from kpi.ingest.accounts import list_accounts

    rows = list_accounts(opened(db), operator(), practice)
    if form == "json":
        print_json({"accounts": rows})
    else:
        print_table(rows, {"account": "Account", "category": "Category", "proposed": "Proposed",
                           "months": "Months"})  # fmt: skip


@accounts.command("set")
@click.argument("account")
@click.argument("category")
@practice
@database
def accounts_set(account: str, category: str, practice: str, db: str | None) -> None:
    """Give an account its category, for all months."""
    from kpi.access.actor import operator
    from kpi.ingest.accounts import set_account

    set_account(opened(db), operator(), practice, account, category)
    click.echo(f"{account} is {category}.")


@click.group()
def uploads() -> None:
    """List, show and undo uploads."""


@uploads.command("list")
@practice
@output
@database
def uploads_list(practice: str, form: str, db: str | None) -> None:
    """List a practice's log, oldest first."""
    from kpi.access.actor import operator
    from kpi.ingest.log import uploads_list as listed

    rows = listed(opened(db), operator(), practice)
    if form == "json":
        print_json({"uploads": rows})
    else:
        print_table(rows, {"id": "Id", "at": "When", "status": "Status", "dataset": "Dataset",
                           "file": "File", "added": "Added", "changed": "Changed",
                           "quarantined": "Quarantine", "actor": "By"})  # fmt: skip


@uploads.command("show")
@click.argument("upload", type=int)
@practice
@output
@database
def uploads_show(upload: int, practice: str, form: str, db: str | None) -> None:
    """Show one upload with its receipt and its quarantined rows."""
    from kpi.access.actor import operator
    from kpi.datasets import dataset as dataset_named
    from kpi.ingest.log import upload_shown
    from kpi.ingest.reasons import reason_sentence

    found = upload_shown(opened(db), operator(), practice, upload)
    if form == "json":
        print_json(found)
        return
    rows = found.pop("quarantine")
    print_table(
        [{"name": name.replace("_", " "), "value": str(value)} for name, value in found.items()
         if value not in (None, [], {})],
        {"name": "Upload", "value": str(upload)},
    )  # fmt: skip
    if rows:
        click.echo()
        dataset = dataset_named(found["dataset"])
        for row in rows:
            row["reason"] = reason_sentence(dataset, row["column"], row["reason"])
        print_table(rows, {"line": "Line", "column": "Column", "reason": "Reason",
                           "found": "Found"})  # fmt: skip


@uploads.command("undo")
@click.argument("upload", type=int)
@practice
@database
def uploads_undo(upload: int, practice: str, db: str | None) -> None:
    """Take an upload, or a declaration, out of the log."""
    from kpi.access.actor import operator
    from kpi.ingest.undoing import undo

    click.echo(undo(opened(db), operator(), practice, upload))


@click.command()
@practice
@output
@database
def status(practice: str, form: str, db: str | None) -> None:
    """Show which month of which dataset is there, and which KPIs need it."""
    from kpi.access.actor import operator
    from kpi.review.board import board

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

"""``kpi uploads``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_table


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

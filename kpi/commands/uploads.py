"""``kpi uploads``."""

from __future__ import annotations

import click

from kpi.commands.moves import print_moves
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
    from kpi.review.oversight.countersigning import waiting

    engine, actor = opened(db), operator()
    waits = {each.upload for each in waiting(engine, actor, practice)}
    rows = [
        {**each, "waits_for_countersignature": each["id"] in waits}
        for each in listed(engine, actor, practice)
    ]
    if form == "json":
        print_json({"uploads": rows})
    else:
        for row in rows:
            if row["id"] in waits:
                row["status"] += ", waits for a countersignature of a physician or HR"
        print_table(rows, {"id": "Id", "at": "When", "status": "Status", "dataset": "Dataset",
                           "file": "File", "added": "Added", "changed": "Changed",
                           "quarantined": "Quarantine", "actor": "By"})  # fmt: skip


@uploads.command("show")
@click.argument("upload", type=int)
@practice
@output
@database
def uploads_show(upload: int, practice: str, form: str, db: str | None) -> None:
    """Show one upload with its receipt, its quarantined rows and the KPIs that it moved."""
    from kpi.access.actor import operator
    from kpi.access.practices import practice_named
    from kpi.datasets import dataset as dataset_named
    from kpi.ingest.log import upload_shown
    from kpi.ingest.reasons import reason_sentence
    from kpi.report.changes import event_words
    from kpi.review.scores.upload_moves import upload_moves, upload_moves_document
    from kpi.store.clock import today

    engine, actor = opened(db), operator()
    found = upload_shown(engine, actor, practice, upload)
    zone = practice_named(engine, actor, practice).timezone
    moved = upload_moves(engine, actor, practice, upload, today(zone))
    if form == "json":
        print_json({**found, "moved": upload_moves_document(moved)})
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
    for each in moved:
        click.echo()
        click.echo(event_words(each.event.cause, each.event.at, zone, bool(each.periods)))
        print_moves(each.periods, "")


@uploads.command("undo")
@click.argument("upload", type=int)
@practice
@database
def uploads_undo(upload: int, practice: str, db: str | None) -> None:
    """Take an upload, or a declaration, out of the log."""
    from kpi.access.actor import operator
    from kpi.ingest.undoing import undo

    click.echo(undo(opened(db), operator(), practice, upload))

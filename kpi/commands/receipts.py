"""A receipt on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi.commands.printing import month_ranges

if TYPE_CHECKING:
    from kpi.ingest.receipt import Receipt

SHOWN_LINES = 20


def print_receipt(receipt: Receipt, dry_run: bool) -> None:
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
    if receipt.dataset is not None:
        dataset = dataset_named(receipt.dataset)
        for row in receipt.quarantine[:SHOWN_LINES]:
            click.echo(f"  {row_sentence(dataset, row)}")
    if receipt.id is not None and len(receipt.quarantine) > SHOWN_LINES:
        click.echo(f"  The others: kpi uploads show {receipt.id} --practice {receipt.practice}")

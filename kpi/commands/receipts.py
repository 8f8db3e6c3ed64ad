"""Receipts on the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kpi.commands.flags import message_of
from kpi.commands.printing import month_ranges, print_lines

if TYPE_CHECKING:
    from kpi.ingest.receipt import Receipt

SHOWN_LINES = 20


def print_receipts(receipts: Sequence[Receipt], dry_run: bool) -> None:
    """Prints what became of one file: on standard error where it is refused. What several
    datasets' receipts say alike of the file is said once."""
    said: set[str] = set()
    for receipt in receipts:
        if receipt.status == "refused":
            print_refusal(receipt)
        else:
            _print_receipt(receipt, dry_run, said)


def print_skipped(receipts: Sequence[Receipt]) -> None:
    """Says that a file was not read, because it stands in the log."""
    first = receipts[0]
    print_lines(f"{first.file}: {first.message[0].lower()}{first.message[1:]}")


def print_refusal(receipt: Receipt) -> None:
    """Says on standard error why a file is refused, the file named once."""
    message = message_of(receipt)
    click.echo(
        f"kpi: {message if receipt.file in message else f'{receipt.file}: {message}'}", err=True
    )


def _print_receipt(receipt: Receipt, dry_run: bool, said: set[str]) -> None:
    from kpi.datasets import dataset as dataset_named
    from kpi.ingest.reasons import row_sentence
    from kpi.ingest.receipt import reasons_in_words

    head = "would be" if dry_run else f"upload {receipt.id},"
    months = f" for {month_ranges(receipt.months)}" if receipt.months else ""
    click.echo(f"{receipt.file}: {head} {receipt.status}: {receipt.dataset}{months}")
    print_lines(receipt.message, "  ")
    for reason, count in reasons_in_words(receipt):
        print_lines(f"{count:,} × {reason}", "  ")
    dialect, *notes = receipt.notes
    layout = "its own columns" if receipt.profile == "canonical" else receipt.profile
    for note in (f"Layout: {layout}. {dialect}", *notes):
        if note not in said:
            said.add(note)
            print_lines(note, "  ")
    if receipt.dataset is not None:
        dataset = dataset_named(receipt.dataset)
        for row in receipt.quarantine[:SHOWN_LINES]:
            print_lines(row_sentence(dataset, row), "  ")
    more = len(receipt.quarantine) - SHOWN_LINES
    if more > 0 and receipt.id is not None:
        print_lines(
            f"{more:,} more: kpi uploads show {receipt.id} --practice {receipt.practice}", "  "
        )
    elif more > 0:
        print_lines(f"{more:,} more of them.", "  ")

"""What a file did, in numbers that balance and reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.answers import message_of
from dashboards.views.periods import months_words
from dashboards.views.words import UPLOAD, count_of, name_of
from kpi.ingest.receipt import Receipt, reason_in_words, reasons_in_words
from kpi.months import Month

SHOWN_LINES = 50


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One receipt: ``parts`` add up to ``read``, always; ``lines`` are the rows in quarantine."""

    title: str
    status: str
    good: bool
    message: str
    facts: tuple[str, ...]
    read: int
    parts: tuple[tuple[str, int], ...]
    besides: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    more_lines: int


def receipt_view(receipt: Receipt, preview: bool) -> ReceiptView:
    """A receipt as the page shows it; a preview says what would be done."""
    refused = receipt.status == "refused"
    parts = (
        ("added", receipt.added),
        ("changed", receipt.changed),
        ("unchanged", receipt.unchanged),
        ("left out", receipt.left_out),
        ("in quarantine", receipt.quarantined),
    )
    status = UPLOAD[receipt.status]
    if preview:
        status = "Can be loaded" if receipt.status == "loaded" else status
        status = "Asks a question" if receipt.question is not None else status
    facts = [f"{name_of(receipt.dataset)}" if receipt.dataset else ""]
    if receipt.profile == "canonical":
        facts.append("in the dataset's own columns")
    elif receipt.profile:
        facts.append(f"read as {receipt.profile.replace('_', ' ')}")
    facts.append(months_words(map(Month.parse, receipt.months)))
    facts.append(f"upload {receipt.id}" if receipt.id is not None and not preview else "")
    return ReceiptView(
        title=receipt.file,
        status=status,
        good=not refused,
        message=message_of(receipt) if refused or receipt.status == "duplicate" else "",
        facts=tuple(fact for fact in facts if fact),
        read=receipt.read,
        parts=() if refused else parts,
        besides=_besides(receipt),
        reasons=reasons_in_words(receipt),
        notes=receipt.notes,
        lines=tuple(
            (
                f"{row.line:,}",
                row.column,
                row.found or "",
                reason_in_words(receipt, row.column, row.reason),
            )
            for row in receipt.quarantine[:SHOWN_LINES]
        ),
        more_lines=max(0, len(receipt.quarantine) - SHOWN_LINES),
    )


RECEIPTS = (
    "File", "Status", "What", "Read", "Added", "Changed", "Unchanged", "Left out", "In quarantine",
    "Why rows or values were not taken", "Message",
)  # fmt: skip
LINES = ("File", "Line", "Column", "Found", "Why")


def receipt_cells(receipt: Receipt) -> tuple[str, ...]:
    """A receipt as a row of a list."""
    view = receipt_view(receipt, preview=False)
    parts = [f"{count:,}" for _, count in view.parts] or [""] * 5
    reasons = "; ".join(f"{reason}: {count:,}" for reason, count in view.reasons)
    said = (view.title, view.status, " · ".join(view.facts), f"{view.read:,}")
    return (*said, *parts, reasons, view.message)


def receipt_lines(receipt: Receipt) -> list[tuple[str, ...]]:
    """The receipt's rows in quarantine, all that it keeps."""
    return [
        (
            receipt.file, f"{row.line:,}", row.column, row.found or "",
            reason_in_words(receipt, row.column, row.reason),
        )
        for row in receipt.quarantine
    ]  # fmt: skip


def _besides(receipt: Receipt) -> tuple[str, ...]:
    said = []
    if receipt.removed:
        said.append(f"{count_of(receipt.removed, 'row')} taken away, since this file lacks them")
    if receipt.blanked:
        said.append(
            f"{count_of(receipt.blanked, 'value')} of optional columns could not be read "
            "and stay blank"
        )
    return tuple(said)

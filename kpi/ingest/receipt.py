"""What a file did, in numbers that balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from kpi.datasets import dataset as dataset_named
from kpi.ingest.clean.identifiers import masked
from kpi.ingest.model import Quarantined, Reading
from kpi.ingest.questions import Question
from kpi.ingest.reasons import reason_sentence
from kpi.months import Month


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file's entry for one dataset. ``read`` = added + changed + unchanged + left_out +
    quarantined, always. ``removed`` counts records that the file took away, ``blanked`` values of
    optional columns that could not be read. ``quarantine`` and ``notes`` are for people; a
    refused file may ask a ``question`` and be loaded once it is answered, ``likely`` so.
    """

    id: int | None
    file: str
    sha256: str
    dataset: str | None
    profile: str | None
    practice: str
    status: Literal["loaded", "duplicate", "refused"]
    message: str
    months: tuple[str, ...] = ()
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    quarantined: int = 0
    removed: int = 0
    blanked: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    quarantine: tuple[Quarantined, ...] = ()
    question: Question | None = None
    likely: str = ""


COUNTS = (
    "read", "added", "changed", "unchanged", "left_out", "quarantined", "removed", "blanked",
)  # fmt: skip


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """A receipt as ``kpi ingest --format json`` gives it, with its notes."""
    found = asdict(receipt)
    del found["quarantine"], found["question"], found["likely"]
    found["months"] = list(receipt.months)
    found["notes"] = list(receipt.notes)
    found["reasons"] = dict(receipt.reasons)
    return found


def notes_of(found: Reading, attested: Sequence[Month]) -> list[str]:
    """What the receipt says besides its numbers: dialect, totals, dropped columns, declarations."""
    notes = [found.dialect, *found.notes]
    if found.dropped:
        notes.append(f"Columns not kept: {', '.join(found.dropped)}.")
    if attested:
        notes.append(f"Nothing to report in {', '.join(map(str, attested))}: noted as declared.")
    # Headings and sheets are the file's own words, and a heading may be somebody's number.
    return [masked(note) for note in notes]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The upload that a file repeats, when it came, and whether the ``file`` is the same byte for
    byte or only its ``content``."""

    id: int
    at: str
    what: Literal["file", "content"]


def message_of(counts: Mapping[str, int], repeated: Repeated | None) -> str:
    """The receipt in a sentence. ``repeated``: the upload that the file repeats, if any."""
    if repeated is not None:
        saved = ", saved anew," if repeated.what == "content" else ""
        return (
            f"The same {repeated.what}{saved} was loaded as upload {repeated.id} on "
            f"{repeated.at[:10]}; nothing changed. It stands in the log, so undoing the first one "
            "leaves its rows."
        )
    done = [
        f"{counts[name]:,} {name}" for name in ("added", "changed", "unchanged") if counts[name]
    ]
    if counts["removed"]:
        done.append(f"{counts['removed']:,} removed")
    rows = "row" if counts["read"] == 1 else "rows"
    sentence = f"{counts['read']:,} {rows} read: {', '.join(done) or 'none loaded'}"
    if counts["left_out"]:
        sentence += f", {counts['left_out']:,} left out"
    if counts["quarantined"]:
        sentence += f", {counts['quarantined']:,} in quarantine"
    return sentence + "."


def reasons_in_words(receipt: Receipt) -> tuple[tuple[str, int], ...]:
    """Why rows were refused or left out and values left blank, each with how many."""
    refused = Counter((row.column, row.reason) for row in receipt.quarantine)
    # The receipt counts refused rows by reason alone, beside the two other kinds.
    others = Counter(receipt.reasons) - Counter(row.reason for row in receipt.quarantine)
    found = [
        (reason_in_words(receipt, column, code), count)
        for (column, code), count in refused.most_common()
    ]
    for code, count in others.most_common():
        column, colon, bare = code.partition(": ")
        blanked = f"Left blank: {reason_in_words(receipt, column, bare)}"
        found.append((blanked if colon else f"Left out: {code}.", count))
    return tuple(found)


def reason_in_words(receipt: Receipt, column: str, code: str) -> str:
    """A reason of the receipt as one sentence."""
    if receipt.dataset is None:
        return code
    return reason_sentence(dataset_named(receipt.dataset), column, code)

"""The log of uploads as a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.views.direction import isolated
from dashboards.views.periods import months_words
from dashboards.views.words import UPLOAD, name_of
from kpi.months import Month
from kpi.numbers import DASH

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One entry of the log."""

    id: int
    when: str
    what: str
    dataset: str
    months: str
    rows: str
    status: str
    who: str
    standing: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The entry as a row of the table."""
        return (
            str(self.id), self.when, self.what, self.dataset, self.months, self.rows, self.status,
            self.who,
        )  # fmt: skip


HEADINGS = ("Upload", "When (UTC)", "What", "Dataset", "Months", "Rows read", "Status", "By")

_KINDS = {"attestation": "Nothing to report", "dismissal": "Row dismissed"}


def upload_lines(log: Sequence[Document], waits: Collection[int] = ()) -> list[UploadLine]:
    """The log, newest first. ``waits``: entries that wait for a countersignature."""
    return [_line(entry, entry["id"] in waits) for entry in reversed(log)]


def label(line: UploadLine) -> str:
    """An entry in one line, for a choice."""
    return f"{line.id}: {isolated(line.what)}, {line.dataset} {line.months}".rstrip()


def _line(entry: Document, waits: bool) -> UploadLine:
    kind = entry.get("kind", "file")
    status: str = UPLOAD.get(entry["status"], str(entry["status"]))
    if waits:
        status += ", to be countersigned"
    return UploadLine(
        id=entry["id"],
        when=str(entry["at"]).replace("T", " ").removesuffix("Z")[:16],
        what=_KINDS.get(kind, "") or entry["file"] or DASH,
        dataset=name_of(entry["dataset"]) if entry["dataset"] else DASH,
        months=months_words(map(Month.parse, entry["months"])),
        rows=f"{entry['read']:,}" if kind == "file" else DASH,
        status=status,
        who=entry["actor"],
        standing=_stands(entry),
    )


def _stands(entry: Document) -> bool:
    return entry["status"] in ("loaded", "duplicate")

"""What waits for a countersignature, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.views.periods import months_words
from dashboards.views.words import listed, name_of
from kpi.report.changes import moment
from kpi.review.oversight.countersigning import Waiting

_DONE = {
    "attested": "Nothing to report was declared for {dataset}",
    "changed": "{file} dismisses, removes or changes incidents",
    "dismissed": "A row of {dataset} in quarantine was dismissed",
    "undone": "{file}, which held incidents, was undone",
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One entry that waits: what was done, by whom, what hangs on it, and who declined."""

    upload: int
    what: str
    detail: str
    gates: str
    declined: str


def waiting_line(found: Waiting, zone: str) -> WaitingLine:
    """An entry in words; moments by the practice's own clock."""
    file = found.file or "An entry"
    said = _DONE[found.what].format(dataset=name_of(found.dataset).lower(), file=file)
    about = f" ({listed([name_of(kind) for kind in found.kinds])})" if found.kinds else ""
    when = months_words(found.months)
    detail = f"Upload {found.upload}, by {found.by}, {moment(found.at, zone)}."
    if found.what == "dismissed" and found.message:
        detail += f" {found.message}"
    declined = ""
    if found.declined is not None:
        no = found.declined
        declined = f"{no.by} declined on {moment(no.at, zone)}: {no.reason}"
    return WaitingLine(
        found.upload,
        f"{said}{about}: {when}." if when else f"{said}{about}.",
        detail,
        _gates([kpi.name for kpi in found.gates]),
        declined,
    )


def _gates(names: Sequence[str]) -> str:
    if not names:
        return "No gate hangs on it."
    gates = "The gate" if len(names) == 1 else "The gates"
    return f"{gates} on {listed(list(names))} can hold only once it is signed."

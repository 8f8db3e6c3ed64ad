"""What changed since a day, in words: one wording for the page and the console."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kpi.months import NAMES
from kpi.numbers import show
from kpi.report.words import STATUS
from kpi.review.explained.since import Change, Since
from kpi.score.model import Result, Status

_UNDONE = {
    "attestation": "the declaration of nothing to report for {dataset} was undone",
    "dismissal": "the dismissal of a row of {dataset} was undone",
}
_HAPPENED = {
    "loaded": "{file} was loaded",
    "undone": "{file} was undone",
    "attested": "nothing to report was declared for {dataset}",
    "countersigned": "the declaration of nothing to report for {dataset} was countersigned",
    "dismissed": "a row of {dataset} in quarantine was dismissed",
    "categorised": "an account of the ledger was given its category",
    "defined": "a KPI that the role defines itself was computed for the first time",
    "mended": "kpi doctor mended figures of {dataset} that were not what its records give",
}


def opening(found: Since) -> str:
    """What the figure was at the start of the day, or from when on it is followed and why."""
    if found.not_followed:
        named = ", ".join(name.replace("_", " ") for name in found.not_followed)
        return (
            f"What it was cannot be told for several locations together: {named} cannot be added "
            "up over them, and only what each location and the whole practice had is kept."
        )
    then = standing(found.then, found.kpi.unit)
    if found.begins is None:
        return f"At the start of {day_words(found.day)} it was {then}."
    begun = moment(found.begins.at, found.assignment.practice.timezone)
    return f"What happened before {begun} was not recorded. It was {then} then."


def closing(found: Since) -> str:
    """What moved it, in one sentence, and what it is now."""
    now = standing(found.now, found.kpi.unit)
    count = len(found.changes)
    if found.not_followed:
        return f"Now it is {now}."
    if not count:
        return f"Nothing has moved it since, so it is {now} now."
    times = "One event has" if count == 1 else f"{count} events have"
    return f"{times} moved it since; now it is {now}."


def happened(change: Change) -> str:
    """What was done, with the entry of the log that it was done to."""
    event = change.event
    return event_happened(event.cause.value, event.dataset, event.upload, change.file, change.kind)


def event_happened(
    cause: str, dataset: str | None, upload: int | None, file: str | None, kind: str | None
) -> str:
    """The same of an event by its cause; ``file`` and ``kind`` are those of its upload."""
    words = _HAPPENED[cause]
    if cause == "undone":
        words = _UNDONE.get(kind or "", words)
    said = words.format(file=file or "a file", dataset=(dataset or "").replace("_", " "))
    entry = "" if upload is None else f" (upload {upload})"
    return f"{said[0].upper()}{said[1:]}{entry}" if file is None else f"{said}{entry}"


def event_words(cause: str, at: str, zone: str, moved: bool) -> str:
    """What leads what an event of an upload moved, or says that it moved nothing."""
    when = f"When it was {cause}, on {moment(at, zone)}"
    return f"{when}:" if moved else f"{when}, no KPI of a review period moved."


def standing(found: Result, unit: str) -> str:
    """A figure, or with it what keeps it from being scored: ``5.12% (too few)``, ``not known``."""
    if found.status is Status.SCORED:
        return show(found.value, unit)
    said = "not known" if found.status is Status.NO_DATA else STATUS[found.status].lower()
    return said if found.value is None else f"{show(found.value, unit)} ({said})"


def moment(at: str, zone: str) -> str:
    """A moment by a practice's own clock: ``3 November 2026, 14:22``."""
    local = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    local = local.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date())}, {local:%H:%M}"


def day_words(day: date) -> str:
    """``3 November 2026``."""
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"

"""Reads small files written inside the tests, and gathers what came of them."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpi.access.practices import Practice
from kpi.ingest.mapping.profile import Profile, profile_named
from kpi.ingest.mapping.recognise import Known
from kpi.ingest.model import Quarantined, Reading
from kpi.ingest.opening import Asked, open_readings
from kpi.ingest.protect import Protector
from kpi.months import Month

PRACTICE = Practice(1, "lakeside", "Lakeside Example Clinic", "America/New_York", 1)
PROTECT = Protector(b"a key that only the tests know", "lakeside")
LAYOUTS = Path(__file__).parent / "layouts"


@dataclass(slots=True)
class Taken:
    """All that one dataset took from a file."""

    rows: list[dict[str, Any]]
    read: int
    left_out: Counter[str]
    blanked: Counter[str]
    quarantined: list[Quarantined]

    @property
    def refused(self) -> list[tuple[int, str, str]]:
        """(line, column, reason) of the quarantined rows."""
        return [(each.line, each.column, each.reason) for each in self.quarantined]


def source(content: str | bytes) -> io.BytesIO:
    """A file's content as a stream."""
    return io.BytesIO(content.encode() if isinstance(content, str) else content)


def opened(
    content: str | bytes | Path,
    dataset: str | None = None,
    profile: str | None = None,
    covers: Sequence[Month] = (),
    own: Sequence[Profile] = (),
) -> Reading:
    """Opens a file's content, or a file on disk, that has one table."""
    (reading,) = all_opened(content, dataset, profile, covers, own)
    return reading


def all_opened(
    content: str | bytes | Path,
    dataset: str | None = None,
    profile: str | None = None,
    covers: Sequence[Month] = (),
    own: Sequence[Profile] = (),
) -> list[Reading]:
    """Opens every table of a file's content, or of a file on disk."""
    known = Known(dataset, profile_named(profile, own) if profile else None, own)
    asked = Asked(PRACTICE, PROTECT, known, tuple(covers))
    if isinstance(content, Path):
        return open_readings(content, content.name, asked)
    return open_readings(source(content), "file.csv", asked)


def taken(reading: Reading) -> dict[str, Taken]:
    """Reads all chunks. Whatever the file, no row may be lost."""
    found = {feed.dataset.name: Taken([], 0, Counter(), Counter(), []) for feed in reading.feeds}
    for chunk in reading.chunks:
        into = found[chunk.dataset.name]
        assert chunk.read == len(chunk.frame) + chunk.left_out.total() + len(chunk.quarantined)
        plain = {
            name: chunk.frame[name].astype(object).where(chunk.frame[name].notna(), None)
            for name in chunk.frame.columns
        }
        names = list(plain)
        rows = zip(*(plain[name].tolist() for name in names), strict=True)
        into.rows += [dict(zip(names, row, strict=True)) for row in rows]
        into.read += chunk.read
        into.left_out += chunk.left_out
        into.blanked += chunk.blanked
        into.quarantined += chunk.quarantined
    return found


def take(
    content: str | bytes | Path, dataset: str | None = None, profile: str | None = None
) -> Taken:
    """What the only dataset that a file feeds took from it."""
    (only,) = taken(opened(content, dataset, profile)).values()
    return only

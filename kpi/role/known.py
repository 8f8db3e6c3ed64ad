"""What is known of a practice before a role file is checked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.months import Month


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A published version of a role: its hash, and its responsibilities' texts by their ids."""

    sha256: str
    responsibilities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules may know of a practice; the part that reads the database makes it.

    ``complete``: of each dataset that was ever uploaded (or declared empty), the months that are
    complete; a dataset that is not among the keys was never uploaded. ``versions``: what is
    published, by the role's id and the version.
    """

    complete: Mapping[str, frozenset[Month]]
    versions: Mapping[tuple[str, str], KnownVersion] = field(default_factory=dict)

"""A role for reading: its versions, what holds of each, and who has acknowledged it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.views.direction import isolated
from dashboards.views.role_versions import day_of, in_force
from dashboards.views.words import listed
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion
from kpi.review.roles.acknowledging import ToAcknowledge
from kpi.role.diff import Difference, differences
from kpi.role.rendering.blocks import Block, Heading

_LAST = ("Signatures", "This version")
"""What stands at the end of a document on paper, and above it on the page."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version among the others. ``changes``: from the one before it."""

    version: str
    months: str
    published: str
    acknowledged: str
    sha256: str
    reason: str
    against: str
    changes: tuple[Difference, ...]


VERSION_HEADINGS = (
    "Version", "In force", "Published", "Acknowledged", "SHA-256", "Published late", "Changes",
)  # fmt: skip


def version_cells(line: VersionLine) -> tuple[str, ...]:
    """A version as a row of a table."""
    return (
        line.version, line.months, line.published, line.acknowledged, line.sha256, line.reason,
        "; ".join(each.words for each in line.changes),
    )  # fmt: skip


def shown_version(
    versions: Sequence[PublishedVersion], wanted: str | None, today: date
) -> PublishedVersion:
    """The version that the address names, else the one in force, else the first to come."""
    named = next((each for each in versions if each.role.version == wanted), None)
    return named or in_force(versions, Month.of(today)) or versions[0]


def read_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The document without what is for paper only."""
    found: list[Block] = []
    for each in blocks:
        if isinstance(each, Heading) and each.text in _LAST:
            break
        found.append(each)
    return found


def months_words(versions: Sequence[PublishedVersion], version: PublishedVersion) -> str:
    """The months that a version judges."""
    later = [each.effective for each in versions if each.effective > version.effective]
    same = [each for each in versions if each.effective == version.effective]
    if same[-1] is not version:
        return "never in force: another one took its place"
    if not later:
        return f"from {version.effective.words} on"
    return f"{version.effective.words} to {(min(later) - 1).words}"


def acknowledged_words(version: PublishedVersion, found: Iterable[ToAcknowledge]) -> str:
    """Who has acknowledged a version, and who has not."""
    about = [each for each in found if each.sha256 == version.role.sha256]
    done = [
        f"{each.acknowledged.by}, {day_of(each.acknowledged.at)}"
        for each in about
        if each.acknowledged is not None
    ]
    waiting = [isolated(each.manager.name) for each in about if each.acknowledged is None]
    said = [f"by {'; '.join(done)}"] if done else []
    if waiting:
        said.append(f"not yet by {listed(waiting)}")
    return "; ".join(said) or "it judges nobody's months"


def version_lines(
    versions: Sequence[PublishedVersion], acknowledged: Sequence[ToAcknowledge]
) -> list[VersionLine]:
    """All versions, newest first, each with what it changed."""
    found = []
    for at, each in enumerate(versions):
        earlier = versions[at - 1] if at else None
        found.append(
            VersionLine(
                each.role.version,
                months_words(versions, each),
                f"{day_of(each.published_at)} by {each.published_by}",
                acknowledged_words(each, acknowledged),
                each.role.sha256,
                each.retroactive_reason or "",
                earlier.role.version if earlier is not None else "",
                differences(earlier.role, each.role) if earlier is not None else (),
            )
        )
    return found[::-1]


def own_to_acknowledge(
    version: PublishedVersion, found: Iterable[ToAcknowledge], manager: str | None
) -> ToAcknowledge | None:
    """What a manager has yet to acknowledge of a version; None where there is nothing."""
    return next(
        (
            each
            for each in found
            if each.sha256 == version.role.sha256
            and each.manager.id == manager
            and each.acknowledged is None
        ),
        None,
    )

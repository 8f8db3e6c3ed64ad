"""``kpi verify``: whether a final scorecard is what was frozen, and what the data says now."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.errors import InputError

if TYPE_CHECKING:
    from kpi.review.frozen.restating import KpiMove, Restated
    from kpi.review.frozen.verifying import Verification

_REVIEW = re.compile(r"(\d+)(?:\.(\d+))?")


@click.command()
@click.argument("review_or_file", metavar="REVIEW|FILE")
@output
@database
def verify(review_or_file: str, form: str, db: str | None) -> None:
    """Verify a final scorecard: by its review's number (12, or 12.1 for its first version), or as a
    JSON or PDF file. Status 1 if anything is not as it was frozen."""
    from kpi.access.actor import operator
    from kpi.review.cycle.as_json import verification_document
    from kpi.review.cycle.listing import review_numbered
    from kpi.review.frozen.verifying import verify_file, verify_review

    engine, actor = opened(db), operator()
    named = _REVIEW.fullmatch(review_or_file)
    if named:
        number, version = int(named[1]), int(named[2]) if named[2] else None
        place = review_numbered(engine, actor, number).assignment.practice.id
        found = verify_review(engine, actor, place, number, version)
    else:
        content = _content(Path(review_or_file))
        name = Path(review_or_file).name
        found = verify_file(engine, actor, content, name)
        if content.lstrip()[:5].startswith(b"%PDF"):
            found = _pages_held(found, content, name)
    if form == "json":
        print_json(verification_document(found))
    else:
        _print(found)
    if not found.ok:
        raise SystemExit(1)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or 'not there'}. Give the number of a review, "
            "or a scorecard's JSON or PDF."
        ) from None


def _pages_held(found: Verification, content: bytes, name: str) -> Verification:
    """The PDF's pages held against what this program makes of its data: the attached data may be
    right, and what one reads changed."""
    from kpi import __version__
    from kpi.report import PAPERS, render
    from kpi.review.frozen.handed_in import document_in

    try:
        document = document_in(content, name)
        same = any(render(document, "pdf", paper) == content for paper in PAPERS)
    except (KeyError, TypeError, ValueError, AttributeError):
        same = False
    if same:
        said = f"{name}: its pages are, byte for byte, what Rolecard makes of its data."
        return replace(found, notes=(*found.notes, said))
    if found.program != __version__:
        said = (
            f"{name}: Rolecard {found.program} made it, so its pages cannot be held against what "
            f"{__version__} makes of its data; compare them with: kpi scorecard"
        )
        return replace(found, notes=(*found.notes, said))
    said = (
        f"{name}: its pages are not what Rolecard makes of its data: somebody may have changed "
        "what one reads. Make it anew with kpi scorecard, and compare."
    )
    return replace(found, faults=(*found.faults, said))


def _print(found: Verification) -> None:
    from kpi.numbers import show_score

    which = "a scorecard" if found.review is None else f"review {found.review}"
    version = "" if found.version in (None, 1) else f", version {found.version}"
    click.echo(
        f"{which[0].upper()}{which[1:]}{version}: {found.manager} at {found.practice}, "
        f"{found.first} to {found.last}."
    )
    click.echo(f"Score {show_score(found.score)}\nSHA-256 {found.sha256}\n")
    for fault in found.faults:
        print_lines(fault, "- ")
    if found.ok and found.review is not None:
        click.echo("It is what was frozen, and its score follows from its own measures.")
    elif found.ok:
        click.echo("Its score follows from its own measures.")
    else:
        click.echo("It is NOT what was frozen.")
    for note in found.notes:
        print_lines(note)
    if found.restated is not None:
        _print_restated(found.restated)


def _print_restated(found: Restated) -> None:
    from kpi.numbers import show_score
    from kpi.report.changes import event_happened

    click.echo()
    if found.not_followed:
        print_lines(
            "What moved since cannot be followed for several locations together: "
            f"{', '.join(found.not_followed)} cannot be added up over them."
        )
    elif not found.events:
        click.echo("Nothing was restated since.")
    rows = [
        {
            "at": each.event.at,
            "what": event_happened(
                each.event.cause.value, each.event.dataset, each.event.upload, each.file, each.kind
            ),
            "moves": "; ".join(_moved(move) for move in each.moves),
            "score": f"{show_score(each.before)} → {show_score(each.after)}",
        }
        for each in found.events
    ]
    if rows:
        click.echo("Restated since:")
        print_table(rows, {"at": "When (UTC)", "what": "What", "moves": "Moved",
                           "score": "Score"}, "  ")  # fmt: skip
    for move in found.unexplained:
        print_lines(f"No upload, undo or declaration explains that {_moved(move)}; see: kpi doctor")
    click.echo(f"As the data is now, the score would be {show_score(found.score)}.")


def _moved(move: KpiMove) -> str:
    from kpi.report.changes import standing

    return f"{move.name} {standing(move.before, move.unit)} → {standing(move.after, move.unit)}"

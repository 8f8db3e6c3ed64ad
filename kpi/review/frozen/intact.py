"""Whether what was frozen of a review still stands as it was: bytes, hash, chain, trail, rows."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from kpi.access.practices import Practice
from kpi.access.trail import FIRST, SEALED, seal
from kpi.errors import InputError
from kpi.review.cycle.reviews import Review, final_row, texts_of
from kpi.review.cycle.seen import review_json, texts_json
from kpi.review.cycle.table import State
from kpi.review.frozen.canonical import canonical, hash_of_bytes, read_document
from kpi.store.people import trail
from kpi.store.secret import load_key


def stored_faults(
    connection: Connection, practice: Practice, review: Review, row: Row[Any]
) -> Iterator[str]:
    """What is not as it was frozen of a final review, each in a sentence; nothing where all is."""
    what = f"review {review.number}, version {row.version}"
    actual = hash_of_bytes(row.document.encode())
    if actual != row.sha256:
        yield (
            f"What is kept of {what} was changed: its SHA-256 is {actual}, and {row.sha256} was "
            "written down when it was frozen."
        )
    document = stored_document(row.document)
    if document is None:
        yield f"What is kept of {what} is no scorecard's canonical JSON any more."
    yield from _trail_faults(connection, practice, review, row, what)
    if document is None:
        return
    try:
        yield from _row_faults(document, review, row, what)
        yield from _cycle_faults(connection, document, review, row, what)
        yield from _chain_faults(connection, practice, document, row, what)
    except (KeyError, TypeError, AttributeError, ValueError):
        yield f"What is kept of {what} lacks fields that every scorecard has."


def stored_document(text: str) -> dict[str, Any] | None:
    """The document of a text that was frozen; None where that is no canonical JSON any more."""
    try:
        found = read_document(text.encode(), "")
    except (InputError, UnicodeEncodeError):
        return None
    return found if canonical(found) == text.encode() else None


def _trail_faults(
    connection: Connection, practice: Practice, review: Review, row: Row[Any], what: str
) -> Iterator[str]:
    """The trail is sealed by a key outside the database: what it says of the hash holds."""
    query = (
        select(trail)
        .where(trail.c.practice == practice.number, trail.c.action == "review")
        .order_by(trail.c.id)
    )
    about = f"review {review.number} of "
    for entry in connection.execute(query).all():
        details: Mapping[str, Any] = entry.details or {}
        if not entry.subject.startswith(about) or details.get("version") != row.version:
            continue
        if details.get("sha256") is None:
            continue
        if details["sha256"] != row.sha256:
            yield (
                f"The trail says that {what} was frozen with the SHA-256 {details['sha256']}, and "
                f"{row.sha256} stands beside what is kept."
            )
        if entry.actor != row.by:
            yield f"The trail says that {what} was made final by {entry.actor}."
        before = connection.execute(
            select(trail.c.seal).where(trail.c.id < entry.id).order_by(trail.c.id.desc()).limit(1)
        ).scalar_one_or_none()
        said = {name: entry._mapping[name] for name in SEALED}
        if not hmac.compare_digest(entry.seal, seal(said, before or FIRST, load_key(connection))):
            yield f"The trail's own entry about {what} was changed; see: kpi audit verify"
        return
    yield f"The trail, which is sealed, knows nothing of {what} having been made final."


def _row_faults(
    document: Mapping[str, Any], review: Review, row: Row[Any], what: str
) -> Iterator[str]:
    """The columns beside the document say the same as the document does."""
    said, assignment = document["review"], review.assignment
    last = said["steps"][-1]
    previous = document["previous"]
    pairs = {
        "number": (review.number, said["number"]),
        "version": (row.version, said["version"]),
        "manager": (assignment.manager.id, document["manager"]),
        "practice": (assignment.practice.id, document["practice"]),
        "assignment": (assignment.number, document["assignment"]["number"]),
        "first month": (str(review.first), said["from"]),
        "last month": (str(review.last), said["to"]),
        "finaliser": (row.by, last["by"]),
        "moment": (row.at, last["at"]),
        "previous SHA-256": (row.previous_sha256, previous["sha256"] if previous else None),
        "SHA-256 of pay": (
            None if row.pay is None else hash_of_bytes(row.pay.encode()),
            document["pay_sha256"],
        ),
    }
    for name, (kept, frozen) in pairs.items():
        if kept != frozen:
            yield f"The {name} kept beside {what} is {kept}, and what was frozen says {frozen}."


def _cycle_faults(
    connection: Connection,
    document: Mapping[str, Any],
    review: Review,
    row: Row[Any],
    what: str,
) -> Iterator[str]:
    """The cycle's own tables say the same as what was frozen of them."""
    said = document["review"]
    now = review_json(review, said["period_kind"], said["indicated_rating"])
    count = len(said["steps"])
    if now["steps"][:count] != said["steps"]:
        yield f"The steps of {what} are not those that were frozen."
    last = review.steps[-1] if review.steps else None
    if last is None or (review.version, review.state) != (last.version, last.state):
        yield (
            f"Review {review.number} is kept as {review.state.words} in its version "
            f"{review.version}, which its last step did not lead to."
        )
    if row.version != review.version or review.state is not State.FINAL:
        return
    for name in ("due_on", "decided_rating", "rating_reason"):
        if now[name] != said[name]:
            yield f"The {name.replace('_', ' ')} of {what} is {now[name]}, not {said[name]}."
    if len(now["steps"]) != count:
        yield f"There are steps of {what} after the one that made it final."
    texts = texts_json(review, texts_of(connection, review), document["texts"]["kpis"])
    if texts != document["texts"]:
        yield f"The texts of {what} are not those that were frozen."


def _chain_faults(
    connection: Connection,
    practice: Practice,
    document: Mapping[str, Any],
    row: Row[Any],
    what: str,
) -> Iterator[str]:
    """Every final review of the manager before this one is still there, as it was."""
    seen: set[tuple[int, int]] = {(row.review, row.version)}
    previous = document["previous"]
    while previous is not None:
        link = (previous["review"], previous["version"])
        before = final_row(connection, practice.number, *link)
        name = f"review {link[0]}, version {link[1]}"
        if before is None or link in seen:
            yield f"{what.capitalize()} is chained to {name}, which is no longer there."
            return
        if hash_of_bytes(before.document.encode()) != previous["sha256"]:
            yield (
                f"{what.capitalize()} is chained to {name} by the SHA-256 {previous['sha256']}, "
                "and what is kept of that is another document now."
            )
            return
        seen.add(link)
        found = stored_document(before.document)
        previous = None if found is None else found["previous"]

"""Verifying a final scorecard: that it is what was frozen, that its score follows from it, and what
the data says today.

What was changed by other means is a fault. What was restated since by uploads is none: it changes
nothing that is final, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Row

from kpi import __version__
from kpi.access.actor import Actor, require, require_score
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound, RolecardError
from kpi.review.basis.exclusions import exclusion_document, leave_document, standing
from kpi.review.basis.inputs import inputs_of
from kpi.review.cycle.reviews import Review, final_row, get_review, reviews_seen
from kpi.review.frozen.canonical import canonical, hash_of, hash_of_bytes
from kpi.review.frozen.handed_in import document_in
from kpi.review.frozen.intact import stored_document, stored_faults
from kpi.review.frozen.recomputing import differences, recomputed
from kpi.review.frozen.restating import Restated, restated_since
from kpi.store.engine import reading

_WORDING = re.compile(r"(^|\.)(reason|notes?|name|method)(\[\d+\])?$")
"""Sentences may be worded otherwise by another version; the hash holds them as they were."""

MOST_NAMED = 12
"""Differences that are named one by one."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying a scorecard. ``faults``: what is not as it was frozen, each in a
    sentence; ``notes``: what a reader should know. ``restated`` None: the data of today could not
    be held against it. ``review`` None: of a file that no review here belongs to."""

    review: int | None
    version: int | None
    manager: str
    practice: str
    first: str
    last: str
    sha256: str
    program: str
    score: float | None
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    restated: Restated | None

    @property
    def ok(self) -> bool:
        """Whether it is exactly what was frozen, and its score follows from it."""
        return not self.faults


def verify_review(
    engine: Engine, actor: Actor, practice_id: str, number: int, version: int | None = None
) -> Verification:
    """Verifies what was frozen of a review: its latest final version, or the one named.

    Raises NotFound where there is none, NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        review = get_review(connection, practice, number)
        require_score(actor, practice.id, review.assignment.manager.id)
        row = final_row(connection, practice.number, number, version)
        if row is None:
            what = f"version {version} of review" if version is not None else "review"
            raise NotFound(
                f"Nothing was frozen yet of {what} {number}, which is {review.state.words}; "
                "only what is final can be verified."
            )
        return _verified(connection, practice, review, row)


def verify_file(engine: Engine, actor: Actor, content: bytes, source: str) -> Verification:
    """Verifies a scorecard that was handed in as JSON or PDF: against the review that it says it
    is, if that is here, and in itself.

    Raises InputError for what is no scorecard, NotPermitted.
    """
    require(actor, "read_scores")
    document = document_in(content, source)
    manager, place = document.get("manager"), document.get("practice")
    if not isinstance(manager, str) or not isinstance(place, str):
        raise InputError(f"{source}: this is JSON, but not that of a scorecard.")
    require_score(actor, place, manager)
    with reading(engine) as connection:
        found = _belongs(connection, actor, document)
        if found is None:
            return _by_itself(document, source)
        review, row = found
        own = [
            *_file_faults(document, row.document, source),
            *_same_person(document, review, source),
        ]
        stored = _verified(connection, review.assignment.practice, review, row)
        return _with_faults(stored, own)


def _verified(
    connection: Connection, practice: Practice, review: Review, row: Row[Any]
) -> Verification:
    faults = list(stored_faults(connection, practice, review, row))
    notes: list[str] = []
    restated = None
    document = stored_document(row.document)
    if document is not None:
        computed_otherwise = list(_score_faults(document))
        if document.get("program") == __version__:
            faults += computed_otherwise
        else:
            # Another program may well compute otherwise: that is for people to judge.
            notes.append(
                f"It was frozen by Rolecard {document.get('program')}; this is {__version__}."
            )
            notes += computed_otherwise
        notes += _changed_terms(connection, review, document)
        try:
            restated = restated_since(connection, practice, document)
        except (RolecardError, KeyError, TypeError, ValueError, AttributeError):
            notes.append("The data of today cannot be held against it.")
    said = document or {}
    return Verification(
        review=review.number,
        version=row.version,
        manager=review.assignment.manager.id,
        practice=practice.id,
        first=str(review.first),
        last=str(review.last),
        sha256=hash_of_bytes(row.document.encode()),
        program=str(said.get("program", "")),
        score=said.get("score"),
        faults=tuple(dict.fromkeys(faults)),
        notes=tuple(notes),
        restated=restated,
    )


def _changed_terms(
    connection: Connection, review: Review, document: Mapping[str, Any]
) -> Iterator[str]:
    """What beside data would make the score another one today."""
    try:
        inputs = inputs_of(connection, review.assignment, review.first, review.last)
    except RolecardError as error:
        yield f"Its score cannot be computed anew today: {error}"
        return
    judging = {each.role.version: each.role.sha256 for each in inputs.versions}
    if judging != document.get("role_sha256"):
        named = ", ".join(sorted(judging))
        yield f"Other role versions would judge these months today: {named}."
    out = standing(connection, review.assignment, inputs.first, inputs.last)
    if [exclusion_document(each) for each in out] != document.get("exclusions"):
        yield "What HR has taken out of this period is not the same any more."
    away = review.assignment.away(review.first, review.last)
    if leave_document(away) != document.get("leave"):
        yield "The months of leave in this period are not the same any more."


def _score_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Where the score computed again is not the one that stands there."""
    try:
        again = recomputed(document)
    except RolecardError as error:
        yield str(error)
        return
    own = {name: document[name] for name in again if name in document}
    found = [each for each in differences(own, again) if not _WORDING.search(each[0])]
    for path, frozen, now in found[:MOST_NAMED]:
        yield (
            f"Computed again from its own measures, {path} is {_words(now)}; the scorecard says "
            f"{_words(frozen)}."
        )
    if len(found) > MOST_NAMED:
        yield f"{len(found) - MOST_NAMED} more figures differ when computed again."


def _belongs(
    connection: Connection, actor: Actor, document: Mapping[str, Any]
) -> tuple[Review, Row[Any]] | None:
    """The review that a document is of: by its hash, else by what it says of itself."""
    said = document.get("review")
    said = said if isinstance(said, dict) else {}
    sha256 = hash_of(document)
    named: tuple[Review, Row[Any]] | None = None
    for review in reviews_seen(connection, actor):
        practice = review.assignment.practice
        for version in range(1, review.version + 1):
            row = final_row(connection, practice.number, review.number, version)
            if row is None:
                continue
            if row.sha256 == sha256:
                return review, row
            if (review.number, version) == (said.get("number"), said.get("version")):
                named = review, row
    return named


def _file_faults(document: Mapping[str, Any], frozen: str, source: str) -> Iterator[str]:
    if canonical(document) == frozen.encode():
        return
    was = stored_document(frozen)
    if was is None:
        yield f"{source}: what was frozen of this review cannot be read, so neither can be trusted."
        return
    found = [*differences(was, document), *_more(was, document)]
    for path, before, after in found[:MOST_NAMED]:
        yield (
            f"{source}: it says {_words(after)} for {path}, and what was frozen says "
            f"{_words(before)}."
        )
    if len(found) > MOST_NAMED:
        yield f"{source}: {len(found) - MOST_NAMED} more fields differ from what was frozen."
    if not found:
        yield f"{source}: it is written otherwise than what was frozen, though it says the same."


def _more(was: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Fields that only the second document has."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name, value in now.items():
            below = f"{path}.{name}" if path else name
            if name in was:
                yield from _more(was[name], value, below)
            else:
                yield below, None, value


def _same_person(document: Mapping[str, Any], review: Review, source: str) -> Iterator[str]:
    assignment = review.assignment
    if (document["manager"], document["practice"]) != (
        assignment.manager.id, assignment.practice.id,
    ):  # fmt: skip
        yield f"{source}: review {review.number} is another manager's."


def _by_itself(document: Mapping[str, Any], source: str) -> Verification:
    review = document.get("review")
    final = isinstance(review, dict) and review.get("state") == "final"
    faults = list(_score_faults(document))
    if final:
        note = (
            f"{source}: no review here has this SHA-256; all that can be said is whether its score "
            "follows from its own measures. Compare the SHA-256 with the one on the signed paper."
        )
    else:
        note = f"{source}: this is no final scorecard, so nothing was frozen to compare it with."
    return Verification(
        review=None,
        version=None,
        manager=str(document["manager"]),
        practice=str(document["practice"]),
        first=str(document.get("from")),
        last=str(document.get("to")),
        sha256=hash_of(document),
        program=str(document.get("program")),
        score=document.get("score") if isinstance(document.get("score"), int | float) else None,
        faults=tuple(faults),
        notes=(note,),
        restated=None,
    )


def _with_faults(found: Verification, more: list[str]) -> Verification:
    return replace(found, faults=(*more, *found.faults))


def _words(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"

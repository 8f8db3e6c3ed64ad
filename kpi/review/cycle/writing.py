"""What the two sides write on a review: saved as drafts, which the other side does not see."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select, update

from kpi.access.actor import Actor, require, require_own
from kpi.access.practices import get_practice
from kpi.errors import InputError, NotFound
from kpi.review.basis.versions import published
from kpi.review.cycle.reviews import Part, Review, get_review
from kpi.review.cycle.stepping import allowed_move, checked_text
from kpi.review.cycle.table import Act, State
from kpi.store import clock
from kpi.store.engine import reading, writing
from kpi.store.reviews import review_texts

WHOLE = ""
"""The KPI of a text on the period as a whole."""


class OvertakenText(InputError):
    """Somebody saved a newer text since; nothing was overwritten."""


def write_own(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    text: str,
    seen: int,
    kpi_id: str = WHOLE,
) -> int:
    """Saves what the manager writes on a KPI or the whole: her self-assessment while the review is
    open, her answer once her supervisor has signed. Gives the text's new revision.

    ``seen``: the revision of the text that she had before her, 0 for none. Raises OvertakenText
    where somebody saved a newer one since, InputError where it is not the time, NotFound,
    NotPermitted.
    """
    require(actor, "review_self", practice_id)
    return _write(engine, actor, practice_id, number, None, text, seen, kpi_id)


def write_as_supervisor(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    text: str,
    seen: int,
    kpi_id: str = WHOLE,
) -> int:
    """Saves what the supervisor writes on a KPI or the whole, as ``write_own`` does."""
    require(actor, "review_supervise", practice_id)
    return _write(engine, actor, practice_id, number, "supervisor", text, seen, kpi_id)


def _write(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    part: Part | None,
    text: str,
    seen: int,
    kpi_id: str,
) -> int:
    said = checked_text(text, "A comment")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine) as connection:
        review = get_review(connection, practice, number, lock=True)
        require_own(actor, review.assignment.manager.id)
        side = part or ("answer" if review.state is State.SUPERVISED else "manager")
        allowed_move(actor, review, _ACT[side])
        _refuse_unknown(connection, review, kpi_id)
        return _save(connection, actor, review, side, kpi_id, said, seen)


_ACT: dict[Part, Act] = {
    "manager": "write_self",
    "supervisor": "write_supervisor",
    "answer": "write_answer",
}


def hand_in(connection: Connection, review: Review, part: Part) -> None:
    """What a side has drafted becomes what everybody sees; it signs with that."""
    connection.execute(
        update(review_texts)
        .where(
            review_texts.c.practice == review.assignment.practice.number,
            review_texts.c.review == review.number,
            review_texts.c.part == part,
        )
        .values(handed_in=review_texts.c.draft)
    )


def _save(
    connection: Connection,
    actor: Actor,
    review: Review,
    part: Part,
    kpi: str,
    text: str,
    seen: int,
) -> int:
    key = {
        "practice": review.assignment.practice.number,
        "review": review.number,
        "part": part,
        "kpi": kpi,
    }
    where = [review_texts.c[name] == value for name, value in key.items()]
    held = connection.execute(select(review_texts).where(*where)).first()
    if held is not None and held.draft == text:
        return int(held.revision)
    if seen != (0 if held is None else held.revision):
        newer = "there is none" if held is None else f"{held.by} saved one at {held.at} (UTC)"
        raise OvertakenText(
            f"This text is not the one you had before you any more: {newer}. Nothing was saved; "
            "keep yours, load the page again, and put the two together."
        )
    values = {"draft": text, "revision": seen + 1, "by": actor.label, "at": clock.now()}
    if held is None:
        connection.execute(insert(review_texts).values(**key, **values))
    else:
        connection.execute(update(review_texts).where(*where).values(**values))
    return seen + 1


def _refuse_unknown(connection: Connection, review: Review, kpi: str) -> None:
    if kpi == WHOLE:
        return
    versions = published(connection, review.assignment.practice, review.assignment.role)
    if not any(target.kpi == kpi for each in versions for target in each.role.targets):
        raise NotFound(f"The role has no KPI '{kpi}'; comments are on its KPIs or on the whole.")

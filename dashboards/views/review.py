"""One review: where it stands, what would be frozen, and what its KPIs came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dashboards.views.reviews import STAGES, days_words
from kpi.numbers import show_score
from kpi.report import front, record
from kpi.report.bullet import bullet
from kpi.report.document import Document, moment_words, ratings, threshold
from kpi.report.margins import score_margin
from kpi.report.rows import Row, rows
from kpi.report.scale import score_scale
from kpi.report.signs import gate_sign, month_sign, signal_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.words import rating_name
from kpi.review.cycle.listing import ReviewSeen
from kpi.review.cycle.reviews import Part, Review
from kpi.review.cycle.table import State

Standing = Literal["done", "now", "ahead"]

WHO: dict[Part, str] = {
    "manager": "Manager",
    "supervisor": "Supervisor",
    "answer": "Manager’s answer",
}
_PATH: tuple[tuple[State, tuple[str, ...]], ...] = (
    (State.OPEN, ("open", "reopen")),
    (State.SELF_ASSESSED, ("hand_in", "waive_self")),
    (State.SUPERVISED, ("supervise",)),
    (State.ACKNOWLEDGED, ("acknowledge", "contest", "waive_acknowledgement")),
    (State.FINAL, ("finalize",)),
)
_WAIVED = {"waive_self": "Not self-assessed", "waive_acknowledgement": "Not acknowledged"}
"""What stands where a signature was gone without: nobody is said to have signed who did not."""

FINAL = "Nothing: the review is frozen. HR may reopen it, as a new version."
_SIGN = {"done": "complete", "now": "pending"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on the way to final: passed, stood at, or ahead; by whom and when it was reached."""

    words: str
    standing: Standing
    sign: Figure
    detail: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what it is, and what qualifies it."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate with its sign and its words."""

    sign: Figure
    words: str


@dataclass(frozen=True, slots=True)
class ReviewHead:
    """What stands above the KPIs."""

    caption: str
    score: str
    reach: str
    reason: str
    facts: tuple[str, ...]
    scale: Figure | None
    gates: tuple[Gate, ...]
    ratings: tuple[Fact, ...]
    next_step: str
    own: bool
    due: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one side wrote."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One KPI of the review: its figures in words, and what was said of it."""

    row: Row
    bullet: Figure | None
    sign: Figure | None
    said: tuple[Said, ...]


def stops(seen: ReviewSeen, palette: Palette) -> list[Stop]:
    """The way of a review, from open to final."""
    review = seen.review
    at = _at(review.state)
    found = []
    for place, (state, actions) in enumerate(_PATH):
        standing: Standing = "done" if place < at else "ahead"
        if place == at:
            standing = "done" if review.state is State.FINAL else "now"
        step = review.last_step(*actions) if place <= at else None
        words = STAGES[state if step is None else step.state][0]
        if step is not None:
            words = _WAIVED.get(step.action, words)
        who = "" if step is None else step.by.removesuffix(f" ({step.kind})")
        detail = "" if step is None else f"{who}, {moment_words(seen.document, step.at)}"
        sign = month_sign(_SIGN[standing], palette) if standing != "ahead" else None
        found.append(Stop(words, standing, sign or signal_sign("trial", palette), detail))
    return found


def _at(state: State) -> int:
    passed = State.ACKNOWLEDGED if state is State.CONTESTED else state
    return next(place for place, (each, _) in enumerate(_PATH) if each is passed)


def review_head(seen: ReviewSeen, palette: Palette) -> ReviewHead:
    """The score and the rating as they would be frozen, and what is next."""
    document, review = seen.document, seen.review
    limits = ratings(document)
    given = {each.label: each for each in front.facts(document)}
    reach = score_margin(document)
    final = review.state is State.FINAL
    return ReviewHead(
        caption="Score" if document["score"] is not None else "No score",
        score=show_score(document["score"], limits),
        reach=reach if reach.startswith("±") else "",
        reason=document.get("reason") or "",
        facts=tuple(_fact(each) for label, each in given.items() if label != "Score"),
        scale=_scale(document, palette),
        gates=tuple(
            Gate(gate_sign(each.state, palette), f"{each.name}: {each.words}")
            for each in front.gates(document)
        ),
        ratings=tuple(Fact(each.label, each.value, each.beside) for each in front.rating(document)),
        next_step=FINAL if final else STAGES[review.state][1],
        own=any(each.why_not is None for each in seen.acts) and not final,
        due=""
        if final
        else f"{days_words(seen.days_left)}, {moment_words(document, _due(review))}",
        # Until it is final, what is not acknowledged stands among what is in the way.
        notes=tuple(
            each
            for each in front.notes(document)
            if final or not each.endswith("has not been acknowledged.")
        ),
    )


def _due(review: Review) -> str:
    return review.due_on.isoformat()


def _fact(each: front.Fact) -> str:
    if each.label == "Margin" and each.beside:
        return each.beside
    said = f"{each.label}: {each.value}"
    if not each.beside:
        return said
    return f"{said}{', ' if each.beside[0].islower() else '. '}{each.beside}"


def _scale(document: Document, palette: Palette) -> Figure | None:
    if document["score"] is None:
        return None
    ends = document.get("score_range")
    spread = (ends[0], ends[1]) if ends and document["coverage"] < 1 else None
    return score_scale(document["score"], spread, ratings(document), palette)


def judged(document: Document, palette: Palette, writes: Part | None = None) -> list[Judged]:
    """Every KPI with what was said of it, in the role's order. ``writes``: the part that stands in
    a field beside it, and not among what was said."""
    given = {each["id"]: each for each in document["kpis"]}
    return [
        Judged(
            row,
            _bullet(given[row.id], palette),
            signal_sign(row.signal, palette) if row.signal else None,
            tuple(said(document["texts"]["kpis"].get(row.id) or {}, writes)),
        )
        for row in rows(document)
    ]


def said(texts: Mapping[str, str | None], writes: Part | None = None) -> list[Said]:
    """What the sides wrote, in the order in which they speak."""
    return [
        Said(words, str(texts[part]))
        for part, words in WHO.items()
        if texts.get(part) and part != writes
    ]


def contest(document: Document) -> list[Said]:
    """The contest and its answer, where there is one."""
    texts = document["texts"]
    who = {"contest": "Contested by the manager", "contest_answer": "Answer of HR"}
    return [Said(words, texts[key]) for key, words in who.items() if texts.get(key)]


def _bullet(given: Mapping[str, Any], palette: Palette) -> Figure | None:
    if given["target"] is None:
        return None
    return bullet(
        given["value"], threshold(given["floor"]), threshold(given["target"]) or 0.0,
        given["stretch"], given["unit"], given["better"], palette,
    )  # fmt: skip


def questions(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """The questions for the conversation, KPI by KPI."""
    names = {each["id"]: each["name"] for each in document["kpis"]}
    return [
        (names.get(each["kpi"], each["kpi"]), tuple(each.get("questions") or ()))
        for each in document.get("guidance") or ()
    ]


def left_out(document: Document) -> tuple[record.Table, list[str]]:
    """What HR excluded, and the months away and balances taken over in sentences."""
    return record.exclusions(document), record.away(document)


def pay_lines(pay: Mapping[str, Any] | None) -> list[str]:
    """What the review pays, in sentences; none where the role has no bonus."""
    return [] if pay is None else list(pay["sentences"])


def rating_choices(seen: ReviewSeen) -> dict[str, str]:
    """The ratings to decide between, the indicated one marked."""
    indicated = seen.document.get("indicated_rating")
    return {
        each: f"{rating_name(each)}, as indicated" if each == indicated else rating_name(each)
        for each in seen.ratings
    }


def writing_part(seen: ReviewSeen) -> Part | None:
    """The part that the reader may write now."""
    parts: dict[str, Part] = {
        "write_self": "manager", "write_supervisor": "supervisor", "write_answer": "answer",
    }  # fmt: skip
    open_now = (each.act for each in seen.acts if each.why_not is None)
    return next((parts[act] for act in open_now if act in parts), None)

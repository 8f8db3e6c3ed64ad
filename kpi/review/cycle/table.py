"""The review cycle as one table: in which state who may do what, what must hold, and what is next.

    open → self-assessed → supervised → acknowledged or contested → final → open (a new version)

The manager (``review_self``) writes first and unseen, then her supervisor (``review_supervise``),
then she answers; HR (``review_hr``) confirms, settles and finalises. Whoever signs does so in
person: a command may write down what somebody said, and never sign for her.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from kpi.access.actor import Action as Permission
from kpi.access.actor import Actor, may


class State(StrEnum):
    """How far a review is."""

    OPEN = "open"
    SELF_ASSESSED = "self_assessed"
    SUPERVISED = "supervised"
    ACKNOWLEDGED = "acknowledged"
    CONTESTED = "contested"
    FINAL = "final"

    @property
    def words(self) -> str:
        """The same in words: ``self-assessed``."""
        return self.value.replace("_", "-")


Act = Literal[
    "write_self",  # the manager's comments on each KPI and the whole
    "hand_in",  # she hands them in
    "waive_self",  # HR or the supervisor says why there is no self-assessment
    "write_supervisor",
    "supervise",  # the supervisor signs comments and the rating decided
    "write_answer",  # the manager answers, before anything is final
    "acknowledge",
    "contest",
    "waive_acknowledgement",  # HR says why the manager neither acknowledges nor contests
    "answer_contest",
    "confirm",  # HR confirms the rating decided
    "send_back",  # HR asks the supervisor to decide anew
    "finalize",
    "reopen",
]
ACTS: tuple[Act, ...] = get_args(Act)

Condition = Literal[
    "note",  # a text comes with it
    "text_on_the_whole",  # the side that signs has written on the period as a whole
    "rating",  # one of the role's ratings
    "rating_reason",  # a reason where it is not the one indicated
    "answered",  # a contest has its answer
    "confirmed",  # HR has confirmed the rating
    "not_confirmed",
    "no_blockers",  # kpi.review.cycle.blockers
]


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. ``signs``: it is a signature, which no command gives for anybody."""

    state: State
    act: Act
    who: tuple[Permission, ...]
    next: State
    holds: tuple[Condition, ...] = ()
    signs: bool = False


_SELF: tuple[Permission, ...] = ("review_self",)
_SUPERVISOR: tuple[Permission, ...] = ("review_supervise",)
_HR: tuple[Permission, ...] = ("review_hr",)
_S = State

TABLE: tuple[Move, ...] = (
    Move(_S.OPEN, "write_self", _SELF, _S.OPEN),
    Move(_S.OPEN, "hand_in", _SELF, _S.SELF_ASSESSED, ("text_on_the_whole",), signs=True),
    Move(_S.OPEN, "waive_self", (*_SUPERVISOR, *_HR), _S.SELF_ASSESSED, ("note",)),
    Move(_S.SELF_ASSESSED, "write_supervisor", _SUPERVISOR, _S.SELF_ASSESSED),
    Move(
        _S.SELF_ASSESSED, "supervise", _SUPERVISOR, _S.SUPERVISED,
        ("text_on_the_whole", "rating", "rating_reason"), signs=True,
    ),
    Move(_S.SUPERVISED, "write_answer", _SELF, _S.SUPERVISED),
    Move(_S.SUPERVISED, "acknowledge", _SELF, _S.ACKNOWLEDGED, signs=True),
    Move(_S.SUPERVISED, "contest", _SELF, _S.CONTESTED, ("note",), signs=True),
    Move(_S.SUPERVISED, "waive_acknowledgement", _HR, _S.ACKNOWLEDGED, ("note",)),
    Move(_S.SUPERVISED, "send_back", _HR, _S.SELF_ASSESSED, ("note",)),
    Move(_S.ACKNOWLEDGED, "confirm", _HR, _S.ACKNOWLEDGED, ("not_confirmed",), signs=True),
    Move(_S.ACKNOWLEDGED, "send_back", _HR, _S.SELF_ASSESSED, ("note",)),
    Move(_S.ACKNOWLEDGED, "finalize", _HR, _S.FINAL, ("confirmed", "no_blockers")),
    Move(_S.CONTESTED, "answer_contest", _HR, _S.CONTESTED, ("note",), signs=True),
    Move(_S.CONTESTED, "confirm", _HR, _S.CONTESTED, ("answered", "not_confirmed"), signs=True),
    Move(_S.CONTESTED, "send_back", _HR, _S.SELF_ASSESSED, ("note",)),
    Move(_S.CONTESTED, "finalize", _HR, _S.FINAL, ("answered", "confirmed", "no_blockers")),
    Move(_S.FINAL, "reopen", _HR, _S.OPEN, ("note",)),
)  # fmt: skip

WORDS: Mapping[Act, str] = {
    "write_self": "write the self-assessment",
    "hand_in": "hand the self-assessment in",
    "waive_self": "go on without a self-assessment",
    "write_supervisor": "write the supervisor's comments",
    "supervise": "sign the supervisor's part",
    "write_answer": "answer the supervisor",
    "acknowledge": "acknowledge the review",
    "contest": "contest the review",
    "waive_acknowledgement": "go on without the manager's acknowledgement",
    "answer_contest": "answer the contest",
    "confirm": "confirm the rating",
    "send_back": "send the review back to the supervisor",
    "finalize": "make the review final",
    "reopen": "reopen the review",
}
"""What each act does, after "to"."""

PEOPLE: Mapping[Permission, str] = {
    "review_self": "the manager in person",
    "review_supervise": "a physician of the practice",
    "review_hr": "HR",
}

_LACKS: Mapping[Condition, str] = {
    "note": "say why, in writing",
    "text_on_the_whole": "write on the period as a whole first",
    "rating": "decide a rating",
    "rating_reason": "say why the rating is not the one that the score indicates",
    "answered": "HR has to answer the contest in writing first",
    "confirmed": "HR has to confirm the rating first",
    "not_confirmed": "the rating is confirmed already",
    "no_blockers": "something keeps it from being final",
}


def move_of(state: State, act: Act) -> Move | None:
    """The row of the table for an act in a state; None where it is not to be done then."""
    return next((each for each in TABLE if each.state is state and each.act == act), None)


def who_may(act: Act) -> tuple[Permission, ...]:
    """The permissions of which one is needed for an act, in whatever state."""
    found = [each.who for each in TABLE if each.act == act]
    return tuple(dict.fromkeys(one for each in found for one in each))


def signs(act: Act) -> bool:
    """Whether the act is a signature."""
    return any(each.signs for each in TABLE if each.act == act)


def not_his(actor: Actor, practice: str, manager: str, act: Act) -> str | None:
    """Why the act is not for this actor, in whatever state; None where it is."""
    asked = who_may(act)
    people = " or ".join(PEOPLE[each] for each in asked)
    if actor.kind == "operator" and signs(act):
        return (
            f"A command signs for nobody: to {WORDS[act]} is for {people}, signed in, on the page "
            "Review."
        )
    held = [each for each in asked if may(actor, each, practice)]
    if not held or (actor.kind == "manager" and actor.manager != manager):
        return f"{actor.label} may not {WORDS[act]}; that is for {people}."
    return None


def not_now(state: State, act: Act) -> str | None:
    """Why the act is not to be done in this state; None where it is."""
    if move_of(state, act) is not None:
        return None
    if state is State.FINAL:
        return f"The review is final, so it is too late to {WORDS[act]}; HR may reopen it."
    when = [each.state.words for each in TABLE if each.act == act]
    return f"The review is {state.words}; to {WORDS[act]} it has to be {_either(when)}."


def lacking(move: Move, held: Collection[Condition]) -> str | None:
    """What keeps a move from being done, in a sentence; None where all holds that must."""
    missing = [_LACKS[each] for each in move.holds if each not in held]
    return f"To {WORDS[move.act]}: {'; '.join(missing)}." if missing else None


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

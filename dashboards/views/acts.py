"""What may be done to a review: the words on buttons, and what signing and the like mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.review.cycle.listing import ActSeen, ReviewSeen
from kpi.review.cycle.table import Act, move_of

BUTTON: Mapping[Act, str] = {
    "hand_in": "Sign and hand in",
    "waive_self": "Go on without a self-assessment",
    "supervise": "Sign comments and rating",
    "acknowledge": "Acknowledge",
    "contest": "Contest",
    "waive_acknowledgement": "Go on without the manager",
    "answer_contest": "Sign the answer",
    "confirm": "Confirm the rating",
    "send_back": "Send back",
    "finalize": "Make it final",
    "reopen": "Reopen",
}

MEANS: Mapping[Act, str] = {
    "hand_in": "Handing in signs your part. Your name and the moment are kept, the supervisor and "
    "HR see what you wrote, and you cannot change it any more.",
    "waive_self": "For a manager who cannot or will not write it. Your name, the day and the "
    "reason stand on the scorecard.",
    "supervise": "Signing gives your comments and the rating to the manager and HR, under your "
    "name and with the moment. You cannot change them unless HR sends the review back.",
    "acknowledge": "Acknowledging says that you have read the review, not that you agree. Your "
    "name and the moment are kept, and everybody sees your answers then.",
    "contest": "A contest says in writing what you hold to be wrong. Nothing is final before HR "
    "has answered it in writing. Your name and the moment are kept.",
    "waive_acknowledgement": "For a manager who neither acknowledges nor contests. Your name, the "
    "day and the reason stand on the scorecard.",
    "answer_contest": "The manager and the supervisor see your answer under your name. Where the "
    "rating should change, send the review back instead.",
    "confirm": "Confirming says that the rating was decided as it should be. Pay follows it. Your "
    "name and the moment are kept.",
    "send_back": "The supervisor writes and decides anew; what the manager handed in stays.",
    "finalize": "Final means frozen: score, rating, texts, exclusions and sources stay as they "
    "are, under a SHA-256. Data that is loaded later changes nothing of it.",
    "reopen": "What was frozen stays as it is, as this version. A new version begins, and everybody"
    " writes and signs again.",
}
"""What each act means, to be read before it is done."""

DONE: Mapping[Act, str] = {
    "hand_in": "Your self-assessment is handed in.",
    "waive_self": "The review goes on without a self-assessment.",
    "supervise": "Your comments and the rating are signed; the manager reads them now.",
    "acknowledge": "You have acknowledged the review.",
    "contest": "You have contested the review; HR has to answer in writing.",
    "waive_acknowledgement": "The review goes on without the manager's acknowledgement.",
    "answer_contest": "The contest is answered.",
    "confirm": "The rating is confirmed.",
    "send_back": "The review is with the supervisor again.",
    "finalize": "The review is final.",
    "reopen": "The review is open again, as a new version.",
}

NOTE: Mapping[Act, str] = {
    "waive_self": "Why there is no self-assessment",
    "supervise": "Why the rating is not the one indicated",
    "contest": "What you contest, and why",
    "waive_acknowledgement": "Why the manager neither acknowledges nor contests",
    "answer_contest": "Your answer to the contest",
    "send_back": "Why it goes back",
    "finalize": "Why it is made final all the same",
    "reopen": "Why it is reopened",
}

_ASIDE: frozenset[Act] = frozenset(
    {"waive_self", "waive_acknowledgement", "send_back", "contest", "reopen"}
)
_WRITING: frozenset[Act] = frozenset({"write_self", "write_supervisor", "write_answer"})


@dataclass(frozen=True, slots=True)
class Steps:
    """What the reader may do. ``now``: what is next, though a text may be wanting yet;
    ``aside``: what may be done instead; ``later``: why the rest is not to be done now."""

    now: tuple[ActSeen, ...]
    aside: tuple[ActSeen, ...]
    later: tuple[str, ...]


def steps(seen: ReviewSeen) -> Steps:
    """The acts of the reader, sorted by what is to be done about them."""
    acts = [each for each in seen.acts if each.act not in _WRITING]
    now = [each for each in acts if each.act not in _ASIDE and _is_next(seen, each)]
    aside = [each for each in acts if each.act in _ASIDE and each.why_not is None]
    later = (each.why_not for each in acts if each not in (*now, *aside))
    return Steps(tuple(now), tuple(aside), tuple(dict.fromkeys(filter(None, later))))


def _is_next(seen: ReviewSeen, each: ActSeen) -> bool:
    """Whether it can be done, or could once a text is written."""
    if each.why_not is None:
        return True
    move = move_of(seen.review.state, each.act)
    return move is not None and "text_on_the_whole" in move.holds


def hard_blockers(seen: ReviewSeen) -> list[str]:
    """What keeps the review from being final whatever reason is given."""
    return [each.sentence for each in seen.blockers if not each.by_reason]


def soft_blockers(seen: ReviewSeen) -> list[str]:
    """What HR may answer for by a reason that is printed."""
    return [each.sentence for each in seen.blockers if each.by_reason]

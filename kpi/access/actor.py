"""Who is acting, and what each kind of person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kpi.errors import NotPermitted

Kind = Literal["operator", "physician", "manager", "hr", "administrator"]

Action = Literal[
    "read_scores",  # a manager's score, explanations, scorecards
    "read_uploads",  # the log, the month-end board
    "upload",  # load, undo, attest, dismiss, map accounts
    "countersign",  # confirm what a manager declared about months she is scored by
    "publish_role",
    "manage_people",  # practices, managers, assignments
]

_ALLOWED: dict[Action, frozenset[str]] = {
    "read_scores": frozenset({"operator", "physician", "manager", "hr"}),
    "read_uploads": frozenset({"operator", "physician", "manager", "hr"}),
    "upload": frozenset({"operator", "manager"}),
    "countersign": frozenset({"physician", "hr"}),
    "publish_role": frozenset({"operator", "hr"}),
    "manage_people": frozenset({"operator", "hr", "administrator"}),
}

_WORDS: dict[Action, str] = {
    "read_scores": "read this score",
    "read_uploads": "see this practice's uploads",
    "upload": "upload for this practice",
    "countersign": "countersign; a physician or HR has to",
    "publish_role": "publish a role; HR has to",
    "manage_people": "change practices and assignments",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``practices`` None: all of them; ``manager``: the id she or he is scored under."""

    kind: Kind
    name: str
    manager: str | None = None
    practices: frozenset[str] | None = None

    @property
    def label(self) -> str:
        """How the log names the actor."""
        return f"{self.name} ({self.kind})"


def operator() -> Actor:
    """The actor of a command: the operating system's user."""
    import getpass

    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, as in some containers
        name = "unknown"
    return Actor("operator", name)


def require(actor: Actor, action: Action, practice: str | None = None) -> None:
    """Raises NotPermitted unless the actor's kind may do this, at this practice."""
    within = practice is None or actor.practices is None or practice in actor.practices
    if actor.kind not in _ALLOWED[action] or not within:
        raise NotPermitted(f"{actor.label} may not {_WORDS[action]}.")


def require_score(actor: Actor, practice: str, manager: str) -> None:
    """Raises NotPermitted unless the actor may read this score: a manager only her or his own."""
    require(actor, "read_scores", practice)
    require_own(actor, manager)


def require_own(actor: Actor, manager: str) -> None:
    """Raises NotPermitted where a manager asks about another one, who need not even exist."""
    if actor.kind == "manager" and actor.manager != manager:
        raise NotPermitted("A manager sees only her or his own score.")

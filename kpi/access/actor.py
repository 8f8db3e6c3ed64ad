"""Who is acting, and what each kind of person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kpi.errors import NotPermitted

Kind = Literal["operator", "physician", "manager", "hr", "administrator", "visitor"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Action = Literal[
    "read_scores",  # a manager's score, explanations, scorecards
    "read_uploads",  # the log, the month-end board
    "upload",  # load, undo, attest, dismiss, map accounts
    "countersign",  # confirm what a manager declared about months she is scored by
    "publish_role",
    "read_roles",  # what was published, by whom it was acknowledged, when its review is due
    "acknowledge",  # a version of one's own role
    "backtest",  # replay a role's targets over a practice's past months
    "read_people",  # which practices there are, and who manages them
    "manage_people",  # practices, managers, assignments
    "manage_accounts",  # who signs in, as what, where
    "read_trail",  # who did what
    "spot_check",  # draw records of a figure and hold them against the source system
    "rebase",  # draw a chart's limits anew from a month on
    "annotate",  # note what happened in a month of a KPI
    "exclude",  # take leave, a KPI or months out of a score
    "review_self",  # assess oneself, answer, acknowledge or contest, in one's own review
    "review_supervise",  # comment as the manager's supervisor, decide the rating
    "review_hr",  # open reviews, confirm, settle, finalise, reopen
    "read_pay",  # a manager's bonus; her or his own only
    "plan",  # add to and change a development plan
    "deliver",  # say who is to deliver a dataset's files
    "hold",  # stop every deletion that touches a manager or a practice, see and release such holds
    "check_health",  # look whether the installation is sound
    "retain",  # say how long records are kept, and let older ones go
    "back_up",  # take all that the database holds into a file, make a database of one
]
ACTIONS: tuple[Action, ...] = get_args(Action)

_ALLOWED: dict[Action, frozenset[str]] = {
    "read_scores": frozenset({"operator", "physician", "manager", "hr"}),
    "read_uploads": frozenset({"operator", "physician", "manager", "hr"}),
    "upload": frozenset({"operator", "manager"}),
    "countersign": frozenset({"physician", "hr"}),
    "publish_role": frozenset({"operator", "hr"}),
    "read_roles": frozenset({"operator", "physician", "manager", "hr"}),
    "acknowledge": frozenset({"manager"}),
    "backtest": frozenset({"operator", "physician", "hr"}),
    "read_people": frozenset({"operator", "physician", "manager", "hr", "administrator"}),
    "manage_people": frozenset({"operator", "hr", "administrator"}),
    "manage_accounts": frozenset({"operator", "administrator"}),
    "read_trail": frozenset({"operator", "hr", "administrator"}),
    "spot_check": frozenset({"physician", "hr"}),
    "rebase": frozenset({"operator", "physician", "hr"}),
    "annotate": frozenset({"operator", "physician", "manager", "hr"}),
    "exclude": frozenset({"operator", "hr"}),
    "review_self": frozenset({"operator", "manager"}),
    "review_supervise": frozenset({"operator", "physician"}),
    "review_hr": frozenset({"operator", "hr"}),
    "read_pay": frozenset({"operator", "physician", "manager", "hr"}),
    "plan": frozenset({"operator", "physician", "manager", "hr"}),
    "deliver": frozenset({"operator", "manager", "hr"}),
    "hold": frozenset({"operator", "hr"}),
    "check_health": frozenset({"operator", "administrator"}),
    "retain": frozenset({"operator", "hr"}),
    "back_up": frozenset({"operator"}),
}

_WORDS: dict[Action, str] = {
    "read_scores": "read this score",
    "read_uploads": "see this practice's uploads",
    "upload": "upload for this practice",
    "countersign": "countersign; a physician or HR has to",
    "publish_role": "publish a role; HR has to",
    "read_roles": "see this practice's roles",
    "acknowledge": "acknowledge a role; the manager has to, signed in, on the page of her role",
    "backtest": "backtest a role; a physician or HR has to",
    "read_people": "see who works where",
    "manage_people": "change practices and assignments",
    "manage_accounts": "change who may sign in; an administrator has to",
    "read_trail": "read the trail",
    "spot_check": "draw a spot check; a physician or HR has to",
    "rebase": "draw a chart's limits anew; a physician or HR has to",
    "annotate": "note anything on a KPI's months",
    "exclude": "take anything out of a score; HR has to",
    "review_self": "take the manager's part in a review; she has to herself",
    "review_supervise": "take the supervisor's part in a review; a physician has to",
    "review_hr": "take HR's part in a review; HR has to",
    "read_pay": "see what anybody is paid",
    "plan": "change a development plan",
    "deliver": "say who delivers files; the manager or HR has to",
    "hold": "set, see or release a hold; HR has to",
    "check_health": "look whether the installation is sound; an administrator has to",
    "retain": "see or say how long records are kept; HR has to",
    "back_up": "back up or restore; whoever runs the machine has to, by command",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``practices`` None: all of them; ``manager``: the id she or he is scored under;
    ``user``: the number of the account that is signed in."""

    kind: Kind
    name: str
    manager: str | None = None
    practices: frozenset[str] | None = None
    user: int | None = None

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


def may(actor: Actor, action: Action, practice: str | None = None) -> bool:
    """Whether the actor's kind may do this, at this practice."""
    within = practice is None or actor.practices is None or practice in actor.practices
    return actor.kind in _ALLOWED[action] and within


def require(actor: Actor, action: Action, practice: str | None = None) -> None:
    """Raises NotPermitted unless the actor's kind may do this, at this practice."""
    if not may(actor, action, practice):
        raise NotPermitted(f"{actor.label} may not {_WORDS[action]}.")


def require_score(actor: Actor, practice: str, manager: str) -> None:
    """Raises NotPermitted unless the actor may read this score: a manager only her or his own."""
    require(actor, "read_scores", practice)
    require_own(actor, manager)


def require_pay(actor: Actor, practice: str, manager: str) -> None:
    """Raises NotPermitted unless the actor may see this manager's bonus: HR, who pays it, the
    physicians of the practice, who decide what it rests on, and the manager of her or his own."""
    require(actor, "read_pay", practice)
    require_own(actor, manager)


def require_own(actor: Actor, manager: str) -> None:
    """Raises NotPermitted where a manager asks about another one, who need not even exist."""
    if actor.kind == "manager" and actor.manager != manager:
        raise NotPermitted("A manager sees only her or his own score.")

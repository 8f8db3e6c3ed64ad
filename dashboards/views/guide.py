"""The guided first visit: a few steps for each kind of reader, true of what her account shows."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.words import count_of

MOST = 5
"""The most steps that a guide has."""

NONE = 0
"""Where the guide stands once it is put away."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is for a reader to see. ``named``: the pages of her navigation; ``waits``: what
    she is to sign at Month-end; ``reviews``: how many she sees, ``own``: how many wait for her;
    ``due``: how many are to be opened."""

    kind: str
    named: frozenset[str]
    assigned: bool = False
    role: bool = False
    data: bool = False
    scored: bool = False
    waits: int = 0
    reviews: int = 0
    own: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the title of the page that it is about, and what to look at there."""

    page: str
    heading: str
    text: str


def steps(found: Standing) -> tuple[Step, ...]:
    """The steps of a reader's guide, in their order; each is about a page that she has."""
    own = {"physician": _physician, "manager": _manager, "hr": _hr}.get(found.kind)
    given = _ADMINISTRATOR if own is None else own(found)
    return tuple(each for each in given if each.page in found.named)[:MOST]


def at_step(text: str, count: int) -> int:
    """The step that a guide stands at, from 1; ``NONE`` once it is put away. ``text``: as it is
    kept, empty before the first visit."""
    if not text:
        return min(1, count)
    step = int(text) if text.isascii() and text.isdigit() else 1
    return min(step, count)


def _physician(found: Standing) -> list[Step]:
    if not found.scored:
        return [*_not_scored(found), *_reviews_of(found), _CATALOGUE]
    return [
        Step(
            "Overview",
            "Is the practice well run?",
            "The large figure is the score; beside it stands how sure it is, and which KPIs cost "
            "most points.",
        ),
        Step(
            "Overview",
            "What really changed?",
            "Below is a row a KPI: the bar is the value, the tall tick the target. Just noise is "
            "chance, neither praise nor blame; Getting worse is worth a question.",
        ),
        Step(
            "KPI",
            "Why did it move?",
            "The page of a KPI has its months, what moved it, what to ask the manager about, and "
            "the records behind the figure.",
        ),
        *_to_sign(found),
        *_reviews_of(found),
        Step(
            "Practices",
            "And beside each other?",
            "Your practices side by side; it says which figures can be told apart, and ranks "
            "nobody.",
        ),
        Step("Role", "What was agreed?", "The job description that sets these targets."),
    ]


def _manager(found: Standing) -> list[Step]:
    if not found.scored:
        return [*_role_of(found), *_first_data(found)] if found.assigned else [_CATALOGUE]
    return [
        Step(
            "Month-end",
            "What is still to load?",
            "The line above the board says which files are missing. Drop all of a month at once: a "
            "preview says what each would do, and nothing is loaded before the second click.",
        ),
        Step(
            "Overview",
            "Where do you stand?",
            "Your score, with the KPIs that cost most points. Choose the period “so far” to see "
            "where it ends at this pace.",
        ),
        Step(
            "Role",
            "What are you held to?",
            "The job description that sets your targets. Once you have read a version, acknowledge "
            "it below its text.",
        ),
        *_reviews_of(found),
    ]


def _role_of(found: Standing) -> list[Step]:
    if found.role:
        return [
            Step(
                "Role",
                "First, what you are held to",
                "This is the job description that you are scored by. It says which KPIs count, and "
                "with which targets.",
            )
        ]
    return [
        Step(
            "Role",
            "First, a role",
            "You are scored by a job description, and none is published yet. HR publishes it; your "
            "files can be loaded before.",
        )
    ]


def _first_data(found: Standing) -> list[Step]:
    board = (
        "The board lists the datasets that your KPIs need, month by month, and what is missing."
        if found.role
        else "Once a role is published, a board here lists the datasets that your KPIs need."
    )
    more = (
        "Some data is in. Load what is still missing: all files of a month at once."
        if found.data
        else "Drop last month's files here, all at once, as your systems wrote them."
    )
    return [
        Step("Month-end", "Then, what is needed", board),
        Step(
            "Month-end",
            "Load a month",
            f"{more} A preview says what each would do; nothing is loaded before the second click.",
        ),
        Step(
            "Overview",
            "Your first score",
            "It stands here once a month under your role is over and its data is in; it says what "
            "is missing until then.",
        ),
    ]


def _hr(found: Standing) -> list[Step]:
    scorecards = Step(
        "Scorecards",
        "Which scorecards hold?",
        "A line a manager: the score, what is still open, and below it the files, one or all of "
        "them at once.",
    )
    return [
        *([] if found.assigned else [_FIRST_MANAGER]),
        *_reviews_of(found),
        *([scorecards] if found.scored else []),
        Step(
            "Roles",
            "What is everybody held to?",
            "Every role with the version in force and what waits about it. Its name opens the "
            "editor, with the practice's own months beside the targets.",
        ),
        *([_PEOPLE] if found.assigned else []),
        _TRAIL,
    ]


def _not_scored(found: Standing) -> list[Step]:
    if not found.assigned:
        return []
    return [
        Step(
            "Overview",
            "No score yet",
            "It takes a published role and a month of data; this page says which of them is "
            "missing.",
        ),
        *(
            [Step("Role", "What was agreed?", "The job description that will set the targets.")]
            if found.role
            else []
        ),
        Step("Month-end", "What is loaded?", "The months of data that the manager has loaded."),
        *_to_sign(found),
    ]


def _to_sign(found: Standing) -> list[Step]:
    if not found.waits:
        return []
    said = count_of(found.waits, "entry", "entries")
    waits = "waits" if found.waits == 1 else "wait"
    return [
        Step(
            "Month-end",
            "What waits for your signature?",
            f"{said} {waits} for a countersignature: what a manager declares of her own months "
            "counts for a gate once somebody else has signed it.",
        )
    ]


def _reviews_of(found: Standing) -> list[Step]:
    if not found.reviews and not found.due:
        return []
    said = []
    if found.own:
        waits = "waits for you, and stands" if found.own == 1 else "wait for you, and stand"
        said.append(f"{count_of(found.own, 'review')} {waits} first.")
    if found.due:
        said.append(f"{count_of(found.due, 'review')} can be opened with one press.")
    about = {
        "physician": "In each you comment, decide the rating and sign.",
        "manager": "In yours you comment on each KPI, and answer what is said of it.",
        "hr": "Each says what is still in the way of being final.",
    }
    said.append(about[found.kind])
    return [Step("Reviews", "Which reviews are there?", " ".join(said))]


_FIRST_MANAGER = Step(
    "People",
    "First, somebody to score",
    "No manager is assigned yet. Assign one to a practice here; a role and the months' files come "
    "next.",
)
_PEOPLE = Step(
    "People",
    "Who, where, and what is left out?",
    "Assignments, leave, and what HR takes out of a score, with the reason.",
)
_TRAIL = Step(
    "Trail", "Who did what?", "Every deed with who and when, sealed against changes unseen."
)
_CATALOGUE = Step(
    "Catalogue",
    "What can be measured?",
    "Every KPI, with what it counts, what is typical, and how it misleads.",
)
_ADMINISTRATOR = [
    Step(
        "Accounts",
        "Who may sign in?",
        "Everybody with an account, as what, and at which practices. You see no scores, and "
        "need none.",
    ),
    Step(
        "Accounts",
        "Let somebody in",
        "Add an account here: you get a link to hand over, shown once, by which its owner "
        "chooses a passphrase. Shutting an account bites at once.",
    ),
    Step(
        "Health",
        "Is all in order?",
        "What the program checks of its database and files, with what to do where something is "
        "wrong.",
    ),
    _TRAIL,
]

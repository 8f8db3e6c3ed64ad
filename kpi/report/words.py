"""The words for what a score says: one place for page and file; ``docs/design.md`` lists them."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.numbers import DASH, show
from kpi.report.margins import NO_MARGIN, by_chance, ends, reach
from kpi.score.model import Gate, GateStanding, KpiScore, Score, Status

STATUS: dict[Status, str] = {
    Status.SCORED: "Scored",
    Status.NO_DATA: "No data",
    Status.TOO_FEW: "Too few",
    Status.NOT_APPLICABLE: "Nothing to judge",
    Status.EXCLUDED: "Excluded",
    Status.NOT_IN_FORCE: "Not in force",
}

DIRECTION: dict[str, str] = {
    "higher": "higher is better",
    "lower": "lower is better",
    "band": "inside the band is best",
}

SIGNAL: dict[str | None, str] = {
    "improving": "Improving",
    "deteriorating": "Getting worse",
    "rising": "Rising",
    "falling": "Falling",
    "common_cause": "Just noise",
    "trial": "Too early to say",
    None: "No signal",
}

# Of all months that the limits are drawn from, against today's target: the last month may have
# left them, so that it meets a target which the usual range lies short of.
ASSURANCE: dict[str | None, str] = {
    "consistently_meets": "usual range meets the target",
    "consistently_misses": "usual range misses the target",
    "hit_or_miss": "usual range spans the target",
    None: "",
}

USUAL_RANGE = (
    "The usual range is where months fall by chance alone, drawn from the chart's first months "
    "(24 where there are as many). It is set against the target of today."
)

_PAIRS: dict[tuple[str, str], str] = {
    ("improving", "consistently_meets"): "Getting better, and safe already.",
    ("common_cause", "consistently_meets"): "Steady and safe: leave it alone.",
    ("deteriorating", "consistently_meets"): (
        "Worse than its usual range, which meets the target: safe for now; watch it."
    ),
    ("improving", "hit_or_miss"): "What was changed works: keep going.",
    ("common_cause", "hit_or_miss"): (
        "Chance decides whether a month meets the target: neither praise nor blame a single one."
    ),
    ("deteriorating", "hit_or_miss"): "Slipping: ask what changed, and act.",
    ("improving", "consistently_misses"): (
        "The right way, and not there to stay yet: months as they used to be miss today's target."
    ),
    ("common_cause", "consistently_misses"): (
        "Steady, and short of the target: only another way of working, or another target, will "
        "help."
    ),
    ("deteriorating", "consistently_misses"): (
        "Short of the target by its usual range, and slipping: act here first."
    ),
}
_MOVED = "It moved by more than chance: see whether into its band or out of it."

GATE: dict[GateStanding, str] = {
    "held": "held",
    "breached": "breached",
    "pending": "waiting for a decision",
    "unknown": "not known, data is missing",
}

_RATINGS = {
    "exceeds": "Exceeds expectations",
    "meets": "Meets expectations",
    "below": "Below expectations",
}


def meaning(signal: str | None, assurance: str | None) -> str:
    """What to make of the two signs together; empty where one of them is not there yet."""
    if signal is None or assurance is None:
        return ""
    if signal in ("rising", "falling"):
        return _MOVED
    return _PAIRS.get((signal, assurance), "")


def signal_words(signal: str | None, provisional: bool) -> str:
    """What the control chart says of the last month with a value."""
    if signal is None:
        return DASH
    return f"{SIGNAL[signal]} (provisional)" if provisional else SIGNAL[signal]


def reach_words(score: Score) -> str:
    """``± 3.1``: how far chance alone could have moved the score, to the farther end; empty
    without a margin, and where there is nothing that chance could have moved."""
    if score.margin is None or score.score is None:
        return ""
    return reach(score.score, score.margin.low, score.margin.high)


def score_margin_words(score: Score) -> str:
    """What the score's margin says, in a sentence, or why it has none; empty without a score."""
    if score.score is None:
        return ""
    if score.margin is None:
        return NO_MARGIN
    if not reach_words(score):
        return ""
    return f"{by_chance(score.margin.low, score.margin.high, ratings_of(score))}."


def margin_words(row: KpiScore) -> str:
    """``margin 4.1% to 6.4%``, ``usual variation 55% to 61%``; empty without one, and where the
    target is that nothing happens."""
    margin = row.margin
    if margin is None or margin.distinguishable is None:
        return ""
    return ends(margin.kind, margin.low, margin.high, row.kpi.unit)


def target_words(row: KpiScore) -> str:
    """That chance alone could make the difference to the target; empty where it could not."""
    if row.margin is None or row.margin.distinguishable is not False:
        return ""
    return "not distinguishable from the target"


def gate_words(gate: Gate) -> str:
    """How a gate stands, and what it does or would do to the score."""
    return gate_said(gate.state, gate.cap)


def gate_said(state: GateStanding, cap: float) -> str:
    """The same of a gate's state and the most that it lets the score be."""
    most = show(cap, "points")
    if state == "breached":
        return f"{GATE[state]}: holds the score to at most {most}"
    if state == "held":
        return GATE[state]
    return f"{GATE[state]}; a miss would hold the score to at most {most}"


def notes_on(row: KpiScore) -> tuple[str, ...]:
    """What a reader should know of a KPI's result besides why it is not scored."""
    basis = ("Over the last three complete months.",) if row.result.basis == "trailing" else ()
    notes = row.result.notes
    if row.result.pending and not notes:
        notes = ("Something about it still waits for a decision.",)
    return (*basis, *notes)


def rating_name(rating: str) -> str:
    """A rating of the role file in words: ``meets`` gives ``Meets expectations``."""
    return _RATINGS.get(rating, rating.replace("_", " ").capitalize())


def rating_words(score: Score) -> str:
    """The indicated rating in words; empty without one."""
    return "" if score.rating is None else rating_name(score.rating)


def ratings_of(score: Score) -> Mapping[str, float]:
    """The lowest score of each rating, by the role version that rates."""
    return score.versions[-1].ratings if score.versions else {}

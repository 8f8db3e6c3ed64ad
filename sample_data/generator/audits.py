"""Audits: cash every month, codes every quarter, privacy and safety once a year."""

from datetime import date, timedelta

from .days import LAST_DAY, last_day, month_of
from .draw import chance, stream, whole
from .files import Row, Table
from .plan import Plan

_HEADER = [
    "audit_id", "kind", "due_on", "performed_on", "passed", "items_reviewed", "items_correct",
    "findings", "corrective_due_on", "corrective_done_on",
]  # fmt: skip
_CODES = 40
_ENOUGH = 38  # right codes of them with which the audit is passed


def audits(plan: Plan, months: range) -> Table:
    """The audits that were due in the months."""
    rows = []
    for index in months:
        number = month_of(index)[1]
        kinds = ["cash"]
        if number % 3 == 0:
            kinds.append("coding")
        kinds += {5: ["hipaa"], 10: ["osha"]}.get(number, [])
        for kind in kinds:
            rows.append(_audit(plan, index, kind))
    return _HEADER, rows


def _audit(plan: Plan, index: int, kind: str) -> Row:
    """One audit; a careless practice does some late and finds more."""
    rng, care = stream(plan.id, "audit", kind, index), 1 - 2 * plan.story(index).untrained
    due = last_day(index)
    done = due - timedelta(days=whole(rng, 0, 12))
    if not chance(rng, care):
        done = due + timedelta(days=whole(rng, 2, 20))
    items = ["", ""]
    passed = chance(rng, 0.5 + 0.5 * care)
    if kind == "coding":
        right = _CODES - whole(rng, 0, 1 + round(6 * (1 - care)))
        items, passed = [str(_CODES), str(right)], right >= _ENOUGH
    dates = _corrective(rng.random(), done, care) if not passed else ["", ""]
    known = [f"{plan.prefix}A{kind[:2].upper()}{index + 1}", kind, f"{due}"]
    if done > LAST_DAY:
        return [*known, *[""] * 7]
    findings = "0" if passed else str(whole(rng, 1, 4))
    return [*known, f"{done}", str(passed).lower(), *items, findings, *dates]


def _corrective(share: float, done: date, care: float) -> list[str]:
    """Day by which the finding is to be mended, and the day on which it was."""
    due = done + timedelta(days=30)
    mended = due - timedelta(days=5) if share < care else due + timedelta(days=9)
    return [f"{due}", f"{mended}" if mended <= LAST_DAY else ""]

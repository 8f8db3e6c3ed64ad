"""What a scorecard rests on and how it came about, as tables of words: who did what and when,
what was left out, which uploads and role versions, which spot checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpi.numbers import DASH, show, show_score
from kpi.report.document import Document, moment_words, month_words, months_words, named, ratings


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words. ``empty``: what stands in its place where it has no row."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    note: str = ""


_ACTIONS = {
    "open": "Opened",
    "hand_in": "Self-assessment handed in",
    "waive_self": "Went on without a self-assessment",
    "supervise": "Supervisor's part signed",
    "write_answer": "Answered the supervisor",
    "acknowledge": "Acknowledged",
    "contest": "Contested",
    "waive_acknowledgement": "Went on without an acknowledgement",
    "answer_contest": "Contest answered",
    "confirm": "Rating confirmed",
    "send_back": "Sent back to the supervisor",
    "finalize": "Made final",
    "reopen": "Reopened",
}

_KINDS = {
    "manager": "Manager",
    "physician": "Supervisor",
    "hr": "HR",
    "operator": "Operator",
    "administrator": "Administrator",
}


def action_words(action: str) -> str:
    """A step of a review in words."""
    return _ACTIONS.get(action, action.replace("_", " ").replace("-", " ").capitalize())


def steps(document: Document) -> Table:
    """Every step of the review, in order."""
    review = document.get("review") or {}
    return Table(
        "Steps of the review",
        ("When", "What", "Who", "Note"),
        tuple(
            (
                moment_words(document, each["at"]),
                action_words(each["action"]),
                f"{_name(each)} ({_KINDS.get(each['kind'], each['kind'])})",
                each.get("note") or "",
            )
            for each in review.get("steps", ())
        ),
        "No review is open, so no step has been taken.",
    )


def _name(step: Mapping[str, Any]) -> str:
    """Who took a step, without the kind that the log names after the name."""
    return str(step["by"]).removesuffix(f" ({step['kind']})")


def signatures(document: Document) -> list[tuple[str, str, str]]:
    """Who signs: as what, the name, and what she or he last did in Rolecard; a line each."""
    done = (document.get("review") or {}).get("steps", ())
    found = []
    for kind in ("manager", "physician", "hr"):
        last = next((each for each in reversed(done) if each["kind"] == kind), None)
        name = _name(last) if last else ""
        if kind == "manager":
            name = name or document["manager_name"]
        said = (
            f"{action_words(last['action'])} in Rolecard, {moment_words(document, last['at'])}"
            if last
            else "No step taken in Rolecard yet"
        )
        found.append((_KINDS[kind], name, said))
    return found


def exclusions(document: Document) -> Table:
    """What HR left out, and why."""
    return Table(
        "Left out by HR",
        ("What", "Months", "Reason", "Evidence", "By"),
        tuple(
            (
                named(document, each.get("kpi")),
                months_words(each.get("months") or []) or "the whole period",
                each["reason"],
                each.get("evidence") or DASH,
                by_words(document, each),
            )
            for each in document["exclusions"]
        ),
        "Nothing was left out.",
        both_scores(document),
    )


def both_scores(document: Document) -> str:
    """The score with and without what HR left out; empty where nothing was."""
    without = document.get("without_exclusions")
    if without is None:
        return ""
    limits = ratings(document)
    instead = show_score(without.get("score"), limits)
    if without.get("score") is None:
        instead = f"there would be none ({without.get('reason') or 'too little data'})"
    return (
        f"With it left out the score is {show_score(document['score'], limits)}; without that "
        f"{'it would be ' if without.get('score') is not None else ''}{instead}."
    )


def away(document: Document) -> list[str]:
    """Months of leave, and stocks taken over from a predecessor, each in a sentence."""
    said = [
        f"On leave in {span_words(each)}; these months are not the manager's."
        for each in document.get("leave", ())
    ]
    for each in document.get("inherited", ()):
        row = next((row for row in document["kpis"] if row["id"] == each["kpi"]), None)
        name = row["name"] if row else named(document, each["kpi"])
        taken_over = f"{show(each['balance_at_start'], 'dollars')} were taken over at the start."
        said.append(f"{name}: {each.get('words') or taken_over}")
    return said


def span_words(each: Mapping[str, Any]) -> str:
    """``from`` and ``to`` of anything, in words."""
    if each.get("to") in (None, each["from"]):
        return month_words(each["from"])
    return f"{month_words(each['from'])} to {month_words(each['to'])}"


def by_words(document: Document, each: Mapping[str, Any]) -> str:
    """Who did it, and when."""
    return f"{each['by']}, {moment_words(document, each['at'])}"


def plan(document: Document) -> Table:
    """What was agreed to be done."""
    return Table(
        "Development plan",
        ("Action", "KPI", "Owner", "Due", "State"),
        tuple(
            (
                each["action"],
                named(document, each["kpi"]) if each.get("kpi") else DASH,
                each.get("owner") or DASH,
                moment_words(document, each.get("due")) or DASH,
                (each.get("state") or "open").replace("_", " ").capitalize(),
            )
            for each in document.get("plan", ())
        ),
    )

"""A starter role file: a few answers become a complete description that people then make theirs."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kpi.catalogue import kpis
from kpi.errors import InputError, nearest
from kpi.months import Month
from kpi.numbers import show

FAMILIES: Final = ("financial", "operational", "satisfaction", "compliance")
FEWEST, MOST = 5, 12

PRESETS: Final[Mapping[str, Mapping[str, int]]] = {
    "small": {
        "overhead_ratio": 15, "days_in_ar": 15, "net_collection_rate": 10,
        "median_wait_minutes": 12, "no_show_rate": 13,
        "satisfaction_score": 15, "complaints_resolved_in_7_days": 5,
        "training_on_time": 7, "hipaa_violations": 8,
    },
    "medium": {
        "overhead_ratio": 12, "days_in_ar": 12, "net_collection_rate": 10, "clean_claim_rate": 8,
        "median_wait_minutes": 10, "no_show_rate": 10, "scheduling_accuracy": 8,
        "satisfaction_score": 12, "complaints_resolved_in_7_days": 5,
        "training_on_time": 5, "hipaa_violations": 8,
    },
    "large": {
        "budget_variance": 10, "net_collection_rate": 10, "denial_rate": 10,
        "slot_utilization": 10, "third_next_available_days": 8, "call_abandonment_rate": 8,
        "staff_turnover": 8,
        "satisfaction_score": 12, "complaints_resolved_in_7_days": 6,
        "audits_on_time": 6, "corrective_actions_on_time": 4, "hipaa_violations": 8,
    },
}  # fmt: skip
"""KPIs and weights by size: up to five clinicians, up to fifteen, more."""

_OVERTIME: Final = {
    "exempt": (
        "Exempt from overtime. Staff who are not exempt are paid for every hour worked; nobody "
        "works off the clock to meet a target."
    ),
    "nonexempt": (
        "Paid at one and a half times the regular rate for hours over 40 in a workweek. All time "
        "worked is recorded and paid, approved or not. Nobody works off the clock, and no target "
        "here may be met by it."
    ),
}
_PER: Final = {"exempt": "year", "nonexempt": "hour"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a starter file is made of. ``weights``: the KPIs and their weights, 100 in all;
    ``pay``: lowest and highest, in dollars a year where exempt and an hour where not."""

    practice: str
    title: str
    reports_to: str
    flsa: str
    pay: tuple[float, float]
    review_period: str
    weights: Mapping[str, int]


def offered() -> tuple[str, ...]:
    """The KPIs for which there is a starter's text, in the catalogue's order."""
    return tuple(id for id in kpis() if id in _library())


def even_weights(ids: Sequence[str]) -> dict[str, int]:
    """Weights for KPIs of one's own choice: even, whole, and 100 in all.

    Raises InputError for a KPI that is not offered, fewer than 5 or more than 12, or where one of
    the four families is absent.
    """
    chosen = list(dict.fromkeys(ids))
    for id in chosen:
        if id not in offered():
            known = f"'{id}' has no starter text" if id in kpis() else f"There is no KPI '{id}'"
            raise InputError(
                f"{known}.{nearest(id, offered())} Offered are: {', '.join(offered())}. Others can "
                "be added to the file by hand."
            )
    if not FEWEST <= len(chosen) <= MOST:
        raise InputError(
            f"{len(chosen)} KPIs are chosen; choose {FEWEST} to {MOST}, so that none weighs too "
            "much and each is looked at."
        )
    absent = [each for each in FAMILIES if each not in {kpis()[id].family for id in chosen}]
    if absent:
        raise InputError(
            f"No {absent[0]} KPI is chosen; a manager is judged on all four: "
            f"{', '.join(FAMILIES)}. 'kpi catalogue' lists the KPIs of each."
        )
    share, rest = divmod(100, len(chosen))
    return {id: share + (number < rest) for number, id in enumerate(chosen)}


def starter(answers: Answers, today: date) -> str:
    """The text of a role file with these answers, reviewed today and effective next month.

    Raises InputError for a name that is empty or cannot be printed.
    """
    practice, title = answers.practice, answers.title
    for text in (practice, title, answers.reports_to):
        if not text.strip() or not text.isprintable():
            raise InputError("A name is empty, or has a sign in it that cannot be printed.")
    effective = Month.of(today) + 1
    gates = [id for id in answers.weights if "gate" in _library()[id]]
    low, high = (show(amount, "dollars") for amount in answers.pay)
    parts = {
        "practice": " ".join(practice.split()),
        "id": _id(title),
        "title": _quoted(title),
        "version": f"{effective.year}.1",
        "effective": str(effective),
        "reviewed": today.isoformat(),
        "summary": _quoted(
            f"Runs the non-clinical side of {practice}, so that its clinicians can see patients: "
            "scheduling and the front desk, billing from charge entry to collection, the budget, "
            "the staff who do this work, and the rules that protect patients and their records."
        ),
        "responsibilities": "\n".join(_responsibility(id) for id in answers.weights),
        "daily": "\n".join(_daily(id) for id in answers.weights if "daily" in _library()[id])
        or "  - Goes through tomorrow's schedule with the front desk at 16:00.",
        "reports_to": _quoted(answers.reports_to),
        "weekly": _quoted(f"{answers.reports_to}: 30 minutes every week, with the scorecard open."),
        "review_period": answers.review_period,
        "kpis": "\n".join(_target(id, weight) for id, weight in answers.weights.items()),
        "flsa": answers.flsa,
        "low": low,
        "high": high,
        "per": _PER[answers.flsa],
        "overtime": textwrap.fill(_OVERTIME[answers.flsa], 96, initial_indent="    ",
                                  subsequent_indent="    "),
        "requires": f"    requires: [{', '.join(gates)}]\n" if gates else "",
        "equal": _quoted(
            f"{practice} is an equal opportunity employer: it hires, pays and promotes without "
            "regard to any characteristic that the law protects."
        ),
        "accommodation": _quoted(
            f"{practice} makes reasonable accommodation so that a person with a disability can do "
            "the essential functions of this job."
        ),
        **{each: _measuring(each, answers.weights) for each in _STANDARDS},
    }  # fmt: skip
    text = files("kpi.role").joinpath("starter_file.yaml").read_text("utf-8")
    # In one pass, so that an answer that looks like a place to fill is left as it is.
    return re.sub("«([a-z_]+)»", lambda found: parts[found[1]], text)


_STANDARDS: Final = ("hipaa", "osha", "billing", "ethics")


@cache
def _library() -> dict[str, dict[str, Any]]:
    from ruamel.yaml import YAML

    text = files("kpi.role").joinpath("starter_kpis.yaml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return found


def _responsibility(id: str) -> str:
    return (
        f"  - id: {id.replace('_', '-')}\n    text: >-\n{_folded(_library()[id]['does'])}\n"
        f"    essential: true\n    kpis: [{id}]"
    )


def _daily(id: str) -> str:
    return f"  - text: >-\n{_folded(_library()[id]['daily'])}\n    kpis: [{id}]"


def _target(id: str, weight: int) -> str:
    entry = _library()[id]
    named = zip(("floor", "target", "stretch"), entry["values"], strict=False)
    values = "".join(f"\n      {name}: {value}" for name, value in named if value != "")
    gate = (
        f"\n      gate: {entry['gate']}  # a miss caps the whole score" if "gate" in entry else ""
    )
    meaning = textwrap.fill(
        kpis()[id].definition, 96, initial_indent="    # ", subsequent_indent="    # "
    )
    return f"{meaning}\n    - kpi: {id}\n      weight: {weight}{values}{gate}"


def _measuring(standard: str, weights: Mapping[str, int]) -> str:
    """The KPIs of a duty under a standard; nothing where none of them is scored."""
    measured = [id for id in weights if _library()[id].get("standard") == standard]
    return f"    kpis: [{', '.join(measured)}]\n" if measured else ""


def _folded(text: str) -> str:
    return textwrap.fill(text, 96, initial_indent="      ", subsequent_indent="      ")


def _quoted(text: str) -> str:
    """A text in quotes, on one line, whatever signs are in it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _id(title: str) -> str:
    """The role's id, of its title: ``Office Manager`` gives ``office-manager``."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:64] or "office-manager"

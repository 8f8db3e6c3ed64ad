"""How parts of a role are said in a document for people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from kpi.catalogue.model import Better, Unit
from kpi.months import NAMES
from kpi.numbers import DASH, show, show_threshold
from kpi.role.model import Change, Threshold

STANDARDS: Final = {
    "hipaa": "HIPAA (privacy and security)",
    "osha": "OSHA (safety at work)",
    "billing": "Billing and coding",
    "ethics": "Ethics",
    "other": "Other duties",
}
FLSA: Final = {
    "exempt": "Exempt from overtime under the Fair Labor Standards Act",
    "nonexempt": "Non-exempt under the Fair Labor Standards Act: overtime is paid",
}
PERIODS: Final = {"month": "month", "quarter": "quarter", "half": "half-year", "year": "year"}
BETTER: Final = {Better.HIGHER: "higher", Better.LOWER: "lower", Better.BAND: "inside the band"}
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_RATINGS: Final = {
    "outstanding": "Outstanding",
    "exceeds": "Exceeds expectations",
    "meets": "Meets expectations",
    "developing": "Developing",
}


def day_words(day: date) -> str:
    """``December 10, 2025``, whatever the machine's locale."""
    return f"{NAMES[day.month - 1]} {day.day}, {day.year}"


def one_line(text: str) -> str:
    """A text of the file on one line: how it was broken over lines there says nothing.

    Control characters, which an escape of YAML can bring in, are left out: nobody sees them, and a
    DOCX cannot hold them.
    """
    return " ".join(_UNSEEN.sub("", text).split())


def lines(texts: Iterable[str] | None) -> tuple[str, ...]:
    """Texts of the file, each on one line."""
    return tuple(one_line(each) for each in texts or ())


def listed(texts: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def dataset_words(dataset: str) -> str:
    """A dataset's name for people: ``staff_hours`` gives ``staff hours``."""
    return "A/R aging" if dataset == "ar_aging" else dataset.replace("_", " ")


def rating_name(rating: str) -> str:
    """A rating of the role file in words: ``meets`` gives ``Meets expectations``."""
    return _RATINGS[rating]


def threshold_words(threshold: Threshold | Change | None, unit: Unit) -> str:
    """A floor, target or stretch: ``5%``, ``85% to 95%``, ``10% below baseline``; else a dash."""
    if threshold is None:
        return DASH
    if isinstance(threshold, Change):
        return f"{change_words(threshold)} baseline"
    return show_threshold(threshold, unit)


def change_words(change: Change) -> str:
    """How a change lies to what it is a change from: ``10% below``, ``2 pp above``, ``same as``."""
    if change.amount == 0:
        return "same as"
    size = show(abs(change.amount), "percent")
    if not change.relative:
        size = f"{size.removesuffix('%')} pp"
    return f"{size} {'above' if change.amount > 0 else 'below'}"

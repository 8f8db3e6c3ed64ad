"""Forms in which names and values are compared, so that case and blanks make no difference."""

from __future__ import annotations

import re

_HEADER_GAPS = re.compile(r"[\s_\-\u00a0\u202f\ufeff*]+")
_VALUE_GAPS = re.compile(r"[\s_\-\u00a0\u202f]+")


def fold_header(text: str) -> str:
    """A column name as it is compared: ``" Start  At*"`` and ``"START_AT"`` give ``start_at``."""
    return _HEADER_GAPS.sub("_", text).strip("_").casefold()


def fold_value(text: str) -> str:
    """A choice as it is compared: ``"No-Show"``, ``"NO_SHOW"``, ``" no show"`` give ``no show``."""
    return _VALUE_GAPS.sub(" ", text).strip().casefold()


def fold_answer(text: str) -> str:
    """An answer to a question as it is compared; its hyphens and dots matter."""
    return " ".join(text.split()).casefold()


_LEGAL_FORMS = frozenset(
    {"llc", "inc", "incorporated", "pc", "pllc", "pa", "ltd", "corp", "corporation", "co", "lp",
     "llp"}
)  # fmt: skip


def fold_firm(name: str) -> str:
    """The name of a firm as it is compared, punctuation and legal forms aside: ``"Example Clinic,
    P.C."`` and ``"EXAMPLE CLINIC"`` are the same."""
    words = re.sub(r"[^\w\s]", "", name.replace("&", " and ").casefold()).split()
    while words and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)

"""Which values of refused rows may be shown: those that cannot identify a patient."""

from __future__ import annotations

import re

from kpi.datasets import Column, Kind
from kpi.ingest.clean.texts import looks_like_identifier

_LONGEST = 24
_NUMERIC = re.compile(r"[\d\s.,$()%+\-#/:!?]*|#[A-Za-z/0!?]+|[A-Za-z]{1,4}", re.ASCII)
_WORD = re.compile(r"[^\W\d][\w/\-]*( [\w/\-]+)?")


def showable(column: Column, text: str, code: str) -> str | None:
    """The text, or None where it could name somebody.

    Identifiers and free texts are never shown. Numbers and dates are shown where they are made
    of digits and signs, a choice where it is a word or two with no comma and few digits.
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or looks_like_identifier(bare):
        return None
    if column.kind in (Kind.ID, Kind.TEXT) or code == "looks_like_identifier":
        return None
    digits = sum(sign.isdigit() for sign in bare)
    if column.kind is Kind.CHOICE:
        return bare if digits <= 2 and _WORD.fullmatch(bare) and not _is_name(bare) else None
    return bare if digits <= 16 and _NUMERIC.fullmatch(bare) else None


def shown_heading(text: str) -> str:
    """The name of a column of a file, without what somebody's number or address would be."""
    return "…" if looks_like_identifier(text.replace("_", "-")) else text


def _is_name(text: str) -> bool:
    """Two words that are both written like names: cells may have slipped out of their column."""
    words = text.split()
    return len(words) == 2 and all(word.istitle() for word in words)

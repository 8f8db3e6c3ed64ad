"""Whether a sentence says how much, how often or by when."""

from __future__ import annotations

import re
from typing import Final

NUMBER_WORDS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|ninety|hundred|half|third|quarter|once|twice"
)
_UNITS = (
    "minute|hour|day|weekday|workday|week|month|quarter|year|morning|afternoon|evening|noon|shift|"
    "visit|appointment|meeting|payday|pay period|session"
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|fifteenth|twentieth"
_MEASURE = re.compile(
    rf"\d|%|\b(?:{NUMBER_WORDS})\b"
    r"|\b(?:hourly|daily|nightly|weekly|biweekly|monthly|quarterly|yearly|annually|annual)\b"
    rf"|\b(?:each|every|per|a|an|same|next|that|the|first|last)\s+(?:\w+\s+)?(?:{_UNITS})s?\b"
    rf"|\b(?:{_DAYS})s?\b|\byesterday\b|\btoday\b|\btomorrow\b|\bovernight\b"
    r"|\b(?:within|until|before|after)\s+(?:the\s+)?\w+"
    rf"|\bby\s+(?:the\s+)?(?:end|start|beginning|close|{_ORDINALS}|noon|{_DAYS}|{_MONTHS})\b",
    re.IGNORECASE,
)


def has_measure(text: str) -> bool:
    """Whether a text says a number, a time, a rhythm or a point by which something is done."""
    return _MEASURE.search(text) is not None

"""Versions of a role in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import unified_diff

from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion
from kpi.role.model import Role

_NUMBERED = re.compile(r"([0-9]{4})\.([0-9]{1,4})")


def next_version(known: Iterable[str], effective: Month) -> str:
    """The version that follows: the year it takes effect in, and the next number of that year."""
    numbers = [
        int(found[2])
        for each in known
        if (found := _NUMBERED.fullmatch(each)) and int(found[1]) == effective.year
    ]
    return f"{effective.year}.{max(numbers, default=0) + 1}"


def day_of(stored: str) -> str:
    """The day of a moment as tables keep it: ``2026-01-31``."""
    return stored[:10]


def month_after(today: date) -> Month:
    """The first month that a version which is published today may judge in full."""
    return Month.of(today) + 1


def version_words(version: PublishedVersion) -> str:
    """``medical-office-manager 2026.1, lakeside, from January 2026``."""
    role = version.role
    return f"{role.role} {role.version}, {version.practice}, from {version.effective.words}"


def before(versions: Sequence[PublishedVersion], role: Role) -> PublishedVersion | None:
    """The version that a role would follow: the last one in force before it; where there is none,
    the newest of the others."""
    others = [each for each in versions if each.role.version != role.version]
    if not others:
        return None
    earlier = [each for each in others if each.effective <= role.effective]
    return (earlier or others)[-1]


def in_force(versions: Sequence[PublishedVersion], month: Month) -> PublishedVersion | None:
    """The version that judges a month."""
    ruling = [each for each in versions if each.effective <= month]
    return ruling[-1] if ruling else None


def following(versions: Sequence[PublishedVersion], month: Month) -> PublishedVersion | None:
    """The version that is published and not in force yet."""
    return next((each for each in versions if each.effective > month), None)


def text_difference(old: str, new: str) -> str:
    """The lines that differ, with two lines around each place; empty where none does."""
    found = unified_diff(old.splitlines(), new.splitlines(), "now", "draft", n=2, lineterm="")
    return "\n".join(list(found)[2:])

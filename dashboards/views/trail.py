"""The trail as a table: who did what, when, to which practice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kpi.access.audit import Entry, Seals
from kpi.access.trail import Deed
from kpi.numbers import DASH

HEADINGS = ("When (UTC)", "Deed", "What", "Who", "Practice", "More")

DEED: dict[Deed, str] = {
    "sign_in": "Sign-in",
    "sign_out": "Sign-out",
    "account": "Account",
    "upload": "Upload",
    "undo": "Undo",
    "attest": "Declaration",
    "dismiss": "Row dismissed",
    "countersign": "Countersignature",
    "spot_check": "Spot check",
    "publish_role": "Role published",
    "acknowledge": "Role acknowledged",
    "review": "Review",
    "draft_role": "Role drafted",
    "people": "Practices and managers",
    "rebase": "Chart rebased",
    "annotate": "Note on a month",
    "exclude": "Leave and exclusions",
    "plan": "Development plan",
    "deliver": "Who delivers files",
    "export": "Export",
    "mapping": "Mapping",
    "hold": "Hold",
    "retention": "Retention",
    "backup": "Backup",
    "mend": "Figures mended",
    "refusal": "Not permitted",
}

_HASH = re.compile(r"[0-9a-f]{64}")


def trail_rows(found: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The entries as a table's rows, in their order."""
    return [
        (
            each.at.replace("T", " ").removesuffix("Z"), _deed(each), each.subject, each.actor,
            each.practice or DASH, details_words(each.details),
        )
        for each in found
    ]  # fmt: skip


def _deed(entry: Entry) -> str:
    known: Mapping[str, str] = DEED
    words = known.get(entry.action, entry.action)
    # What was not permitted says so itself.
    refused = entry.outcome == "refused" and entry.action != "refusal"
    return f"{words}, refused" if refused else words


def details_words(details: Mapping[str, Any]) -> str:
    """What an entry says besides, in one line; nothing of what has no value."""
    return "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}"
        for name, value in details.items()
        if value not in (None, [], {}, "")
    )


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value if each is not None)
    text = str(value)
    return f"{text[:12]}…" if _HASH.fullmatch(text) else text


def seals_words(found: Seals) -> tuple[str, bool]:
    """A sentence on whether the trail is whole, and whether it is."""
    if found.broken_at is None:
        said = f"All {found.entries:,} entries stand as they were written."
        if found.last is not None:
            said += f" The newest seal begins with {found.last[:16]}; keep it elsewhere."
        return said, True
    return (
        f"Entry {found.broken_at} of {found.entries:,} does not stand as it was written, or one "
        "before it was taken out or put in. Somebody changed the database by other means than "
        "Rolecard's, or the hash key is not the one it was written under.",
        False,
    )

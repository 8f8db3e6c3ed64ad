"""The words for what the office does; what a score says has its words in ``kpi.report.words``."""

from __future__ import annotations

MONTH: dict[str, str] = {
    "complete": "Complete",
    "partial": "Partial",
    "missing": "Missing",
    "attested": "Nothing to report",
    "pending": "Waits for countersignature",
}

UPLOAD: dict[str, str] = {
    "loaded": "Loaded",
    "duplicate": "Loaded before",
    "refused": "Refused",
    "undone": "Undone",
}

KIND: dict[str, str] = {
    "physician": "Physician",
    "manager": "Manager",
    "hr": "HR",
    "administrator": "Administrator",
}


def name_of(id: str) -> str:
    """An id as words: ``ar_aging`` gives ``A/R aging``."""
    return _NAMES.get(id, id.replace("_", " ").capitalize())


def count_of(number: float, one: str, many: str = "") -> str:
    """``1 file``, ``3 files``."""
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"


def listed(words: list[str], joint: str = "and") -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


_NAMES = {
    "ar_aging": "A/R aging", "hipaa": "HIPAA", "osha": "OSHA", "days_0_30": "0 to 30 days",
    "days_31_60": "31 to 60 days", "days_61_90": "61 to 90 days", "days_91_120": "91 to 120 days",
    "days_over_120": "Over 120 days",
}  # fmt: skip

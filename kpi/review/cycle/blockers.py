"""What keeps a scorecard from being final, each in a sentence, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Rule = Literal["gate", "no_data", "no_score", "rating", "role", "not_acknowledged", "spot_check"]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that has to be mended first. ``by_reason``: or HR finalises all the same, by a
    reason that is printed on the scorecard."""

    rule: Rule
    sentence: str
    kpi: str | None = None
    by_reason: bool = False


def blockers(document: Mapping[str, Any]) -> list[Blocker]:
    """What keeps the document from being final, in the order of its rows.

    A KPI that HR has excluded keeps nothing up. Without a score, only the exclusion of what is
    missing, or its delivery, helps.
    """
    names = {row["id"]: row["name"] for row in document["kpis"]}
    excluded = {row["id"] for row in document["kpis"] if row["status"] == "excluded"}
    found = [
        Blocker("gate", _GATE[gate["state"]].format(name=names[gate["kpi"]]), gate["kpi"])
        for gate in document["gates"]
        if gate["state"] in _GATE and gate["kpi"] not in excluded
    ]
    found += [
        Blocker(
            "no_data",
            f"{row['name']} has no result: {row['reason']} Deliver what is missing, or exclude "
            "the KPI with a reason.",
            row["id"],
        )
        for row in document["kpis"]
        if row["status"] == "no_data"
    ]
    if document["score"] is None:
        # What is missing stands above, KPI by KPI.
        said, _, _ = str(document["reason"]).partition(" Missing: ")
        found.append(Blocker("no_score", said))
    found += _rating(document)
    found += _role_faults(document)
    found += _not_acknowledged(document)
    found += _differences(document, names)
    return found


_GATE = {
    "pending": "The gate of {name} waits for a decision; confirm or dismiss what waits, or have it "
    "countersigned, on the page Month-end.",
    "unknown": "The gate of {name} is not known, because its data is missing; deliver it, or "
    "exclude the KPI with a reason.",
}


def _rating(document: Mapping[str, Any]) -> list[Blocker]:
    """A rating decided as indicated, while the figures have come to indicate another one since."""
    review = document["review"]
    decided = None if review is None else review["decided_rating"]
    if decided in (None, document["indicated_rating"]) or review["rating_reason"]:
        return []
    return [
        Blocker(
            "rating",
            f"The supervisor decided {decided} when the score indicated it; now it indicates "
            f"{document['indicated_rating'] or 'none'}. Send the review back, to be decided "
            "again, or with a reason.",
        )
    ]


def _role_faults(document: Mapping[str, Any]) -> list[Blocker]:
    """Versions that today's check of role files finds errors in: they cannot be mended any more,
    only answered for."""
    return [
        Blocker(
            "role",
            f"Version {each['version']} of the role does not pass the check of role files: "
            f"{each['errors'][0]} HR names a reason that is printed, or publishes a version "
            "without errors.",
            by_reason=True,
        )
        for each in document["versions"]
        if each["errors"]
    ]


def _not_acknowledged(document: Mapping[str, Any]) -> list[Blocker]:
    return [
        Blocker(
            "not_acknowledged",
            f"{document['manager_name']} has not acknowledged version {each['version']} of the "
            "role, which judges this period; that is done on the page Role, or HR names a "
            "reason that is printed.",
            by_reason=True,
        )
        for each in document["versions"]
        if each["acknowledged"] is None and each["months"]
    ]


def _differences(document: Mapping[str, Any], names: Mapping[str, str]) -> list[Blocker]:
    """Records that a spot check found to differ, unless a later check of the KPI found none."""
    latest: dict[str, Mapping[str, Any]] = {}
    for check in document["spot_checks"]:
        if all(row["outcome"] is not None for row in check["rows"]):
            latest[check["kpi"]] = check
    found = []
    for kpi, check in latest.items():
        count = sum(row["outcome"] != "agrees" for row in check["rows"])
        if count and kpi in names:
            records = "1 record differs" if count == 1 else f"{count} records differ"
            found.append(
                Blocker(
                    "spot_check",
                    f"In spot check {check['number']} of {names[kpi]} {records} from the source "
                    "system; load what is right and draw again, or HR names a reason that is "
                    "printed.",
                    kpi,
                    by_reason=True,
                )
            )
    return found

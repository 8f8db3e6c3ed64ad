"""What a scorecard rests on: uploads, spot checks, role versions, and the program that made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpi.months import Month
from kpi.numbers import DASH, show, show_threshold
from kpi.report.document import Document, moment_words, months_words, named, threshold
from kpi.report.record import Table, by_words, span_words


def role_versions(document: Document) -> Table:
    """The role versions in force, each with its hash and whether it was acknowledged."""
    return Table(
        "Role versions",
        ("Version", "In force", "Acknowledged", "Published late because", "SHA-256"),
        tuple(
            (
                each["version"],
                span_words(each) if each.get("from") else DASH,
                _acknowledged(document, each),
                each.get("retroactive_reason") or DASH,
                each["sha256"],
            )
            for each in document.get("versions") or []
        ),
    )


def _acknowledged(document: Document, version: Mapping[str, Any]) -> str:
    given = version.get("acknowledged")
    return by_words(document, given) if given else "not acknowledged"


def accepted(document: Document) -> Table:
    """Findings of the role's check that were accepted with a reason."""
    return Table(
        "Findings of the role's check that were accepted",
        ("Version", "Rule", "Reason"),
        tuple(
            (each["version"], finding["rule"], finding["reason"])
            for each in document.get("versions") or []
            for finding in each.get("accepted") or []
        ),
    )


def parts(document: Document) -> Table:
    """How each role version judged each KPI, where more than one was in force."""
    return Table(
        "One value, judged by each role version that was in force",
        ("KPI", "Version", "Months", "Floor", "Target", "Stretch", "Weight", "Attainment"),
        tuple(
            (
                row["name"],
                part["version"],
                str(part["months"]),
                *(
                    show_threshold(threshold(part[each]), row["unit"])
                    for each in ("floor", "target", "stretch")
                ),
                show(part["weight"], "points"),
                show(part["attainment"], "points"),
            )
            for row in document["kpis"]
            for part in row.get("parts") or []
        ),
    )


def sources(document: Document) -> Table:
    """The uploads and declarations that the figures rest on."""
    return Table(
        "Uploads that the figures rest on",
        ("No.", "File", "Dataset", "Months", "Loaded", "SHA-256"),
        tuple(
            (
                str(each["id"]),
                each.get("file") or _declared(each),
                (each.get("dataset") or DASH).replace("_", " "),
                months_words(each.get("months") or []) or DASH,
                moment_words(document, each.get("at")),
                each.get("sha256") or DASH,
            )
            for each in document["sources"]
        ),
        "No upload stands behind these figures.",
    )


def _declared(each: Mapping[str, Any]) -> str:
    kind = each.get("kind") or each.get("status") or ""
    return "Nothing to report" if kind.startswith("attest") else kind.replace("_", " ").capitalize()


def spot_checks(document: Document) -> Table:
    """Spot checks of the figures: how many records were looked up, and what came of it."""
    return Table(
        "Spot checks",
        ("No.", "KPI", "Drawn", "Outcome", "Differences"),
        tuple(
            (
                str(each["number"]),
                named(document, each["kpi"]),
                f"{len(each['rows'])} of {each['records']:,} records by {each['drawn_by']}, "
                f"{moment_words(document, each['drawn_at'])}",
                _outcomes(each),
                "; ".join(_differences(each)) or DASH,
            )
            for each in document.get("spot_checks") or []
        ),
        "No figure of this period was spot-checked.",
    )


def _outcomes(check: Mapping[str, Any]) -> str:
    words = {"agrees": "agree", "differs": "differ", "not_found": "not found", None: "open"}
    outcomes = [each["outcome"] for each in check["rows"]]
    return ", ".join(
        f"{outcomes.count(each)} {said}" for each, said in words.items() if each in outcomes
    )


def _differences(check: Mapping[str, Any]) -> Iterator[str]:
    for each in check["rows"]:
        if each["outcome"] in ("differs", "not_found"):
            note = f": {each['note']}" if each.get("note") else ""
            yield f"{each['file']}, line {each['line']}{note}"


def chained(document: Document) -> str:
    """Which final review of the manager it follows; empty for the first."""
    previous = document.get("previous")
    if not previous:
        return ""
    return (
        f"It follows review {previous['review']}, version {previous['version']}, SHA-256 "
        f"{previous['sha256']}."
    )


def data_words(document: Document) -> str:
    """Up to which month there is data, which revision of it, and which program made it."""
    through = document.get("data_through")
    upto = f"Data through {Month.parse(through).words}" if through else "No data"
    return (
        f"{upto}, revision {document.get('data_version')} of it. Made by Rolecard "
        f"{document['program']}. Figures are rounded only where shown."
    )

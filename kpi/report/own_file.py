"""A manager's own file as files: role versions, acknowledgements, scorecards, what was said."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from kpi.report import Paper, render
from kpi.report.document import Document, named
from kpi.report.neutral import neutral
from kpi.report.record import action_words
from kpi.review.frozen.own_file import OwnPart, OwnScorecard

_PARTS = (("manager", "manager"), ("supervisor", "supervisor"), ("answer", "manager's answer"))
_COMMENTS = ("practice", "review", "version", "from", "to", "kpi", "by", "text")
_STEPS = ("practice", "review", "version", "at", "action", "by", "kind", "note")


def own_file(parts: Sequence[OwnPart], paper: Paper = "letter") -> Iterator[tuple[str, bytes]]:
    """The files of every practice's part, name and content, made one after the other."""
    for each in parts:
        yield from _part(each.record, each.scorecards, paper)


def _part(
    record: Mapping[str, Any], scorecards: Iterator[OwnScorecard], paper: Paper
) -> Iterator[tuple[str, bytes]]:
    folder = _name(record["practice"])
    comments: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    problems: list[str] = []
    for each in record["role_versions"]:
        yield (
            f"{folder}/roles/{_name(each['role'])}_{_name(each['version'])}.yaml",
            each["text"].encode(),
        )
    for card in scorecards:
        if card.document is None:
            problems.append(card.problem)
            continue
        comments += _comments(card, card.document)
        steps += _steps(card, card.document)
        state = "final" if card.final else "draft"
        name = f"{folder}/scorecards/review-{card.review}_version-{card.version}_{state}"
        for form in ("pdf", "json"):
            yield f"{name}_{card.first}_{card.last}.{form}", _rendered(card.document, form, paper)
    yield f"{folder}/comments.csv", _csv(_COMMENTS, comments)
    yield f"{folder}/steps.csv", _csv(_STEPS, steps)
    yield f"{folder}/acknowledgements.csv", _csv(*_acknowledgements(record))
    yield f"{folder}/exclusions.csv", _csv(*_exclusions(record))
    yield f"{folder}/record.json", _json(record)
    yield f"{folder}/README.txt", _read_me(record, problems).encode()


def _rendered(document: Document, form: Any, paper: Paper) -> bytes:
    return render(document, form, paper)


def _comments(card: OwnScorecard, document: Document) -> Iterator[dict[str, Any]]:
    texts = document["texts"]
    of = {"practice": document["practice"], "review": card.review, "version": card.version,
          "from": card.first, "to": card.last}  # fmt: skip
    for kpi, said in (("", texts["whole"]), *texts["kpis"].items()):
        for key, who in _PARTS:
            if said.get(key):
                name = named(document, kpi) if kpi else "the whole"
                yield {**of, "kpi": name, "by": who, "text": said[key]}
    for key, who in (("contest", "manager"), ("contest_answer", "HR")):
        if texts.get(key):
            yield {**of, "kpi": "contest", "by": who, "text": texts[key]}


def _steps(card: OwnScorecard, document: Document) -> Iterator[dict[str, Any]]:
    for each in (document.get("review") or {}).get("steps", ()):
        # A later version repeats the steps of those before it.
        if each.get("version", card.version) == card.version:
            yield {
                "practice": document["practice"],
                "review": card.review,
                "version": card.version,
                **{key: each[key] for key in ("at", "by", "kind", "note")},
                "action": action_words(each["action"]),
            }


def _acknowledgements(record: Mapping[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    fields = ("role", "version", "sha256", "from", "to", "acknowledged_by", "acknowledged_at")
    rows = [
        {
            **{key: each[key] for key in fields[:5]},
            "acknowledged_by": (each["acknowledged"] or {}).get("by"),
            "acknowledged_at": (each["acknowledged"] or {}).get("at"),
        }
        for each in record["role_versions"]
    ]
    return fields, rows


def _exclusions(record: Mapping[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    fields = ("kpi", "months", "reason", "evidence", "by", "at", "withdrawn_at")
    rows = [
        {**{key: each[key] for key in fields}, "months": " ".join(each["months"])}
        for each in record["exclusions"]
    ]
    return fields, rows


def _csv(fields: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    file = StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(fields))
    writer.writeheader()
    writer.writerows({key: neutral(row.get(key)) for key in fields} for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _read_me(record: Mapping[str, Any], problems: Sequence[str]) -> str:
    lines = [
        f"What {record['practice_name']} holds in Rolecard about {record['manager_name']}",
        "",
        "roles/                the versions of the role that judged months of the assignment",
        "scorecards/           every review's scorecard, each final version as it was frozen",
        "comments.csv          what was written on reviews",
        "steps.csv             the steps of reviews, by whom and when (UTC)",
        "acknowledgements.csv  which role versions were acknowledged, and when",
        "exclusions.csv        what HR left out of scores, why, and on what evidence",
        "record.json           the same and the rest: assignments, leave, development plan",
        *(["", *problems] if problems else []),
    ]
    return "\n".join(lines) + "\n"


def _name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text)

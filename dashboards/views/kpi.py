"""One KPI in depth: its figures, its months, the rows behind it and what it means."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from dashboards.charts.trend import FLAG_WORDS, Aim, Noted, charted
from dashboards.views.figures import dataset_of, is_money, made_of
from dashboards.views.rows import aims as aims_words
from kpi.catalogue.model import Kpi, Unit
from kpi.months import Month
from kpi.numbers import DASH, show, show_score
from kpi.report.signs import assurance_sign, signal_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.words import (
    ASSURANCE,
    SIGNAL,
    STATUS,
    USUAL_RANGE,
    margin_words,
    meaning,
    notes_on,
    target_words,
)
from kpi.review.oversight.month_notes import MonthNote
from kpi.score.model import KpiScore, Score, Status

PAGE_ROWS = 50

_ROLES = {"period": "period", "comparison": "a year before", "opening": "opening balance"}


@dataclass(frozen=True, slots=True)
class KpiHead:
    """The figures at the top, each a name, a figure and what is under it; the signs in words."""

    figures: tuple[tuple[str, str, str], ...]
    reason: str
    waits: bool  # for data
    notes: tuple[str, ...]
    signs: tuple[tuple[Figure, str, str], ...]
    meaning: str
    explained: str


def kpi_head(row: KpiScore, palette: Palette) -> KpiHead:
    """The head of a KPI's page."""
    scored = row.status is Status.SCORED
    unit, reading = row.kpi.unit, row.reading
    attained = show(row.attainment, "points") if scored else DASH
    figures = (
        ("Value", show(row.result.value, unit), _made_and_margin(row)),
        ("Attainment", attained, aims_words(row)),
        ("Points", show_score(row.points), _points_words(row)),
    )
    signal_detail = reading.note or (
        "provisional: fewer than 24 months" if reading.provisional else ""
    )
    signs = [(signal_sign(reading.signal, palette), SIGNAL.get(reading.signal, ""), signal_detail)]
    if reading.assurance:
        words = ASSURANCE[reading.assurance]
        signs.append((assurance_sign(reading.assurance, palette), words.capitalize(), ""))
    return KpiHead(
        figures=figures,
        reason="" if scored else f"{STATUS[row.status]}. {row.reason or ''}".strip(),
        waits=row.status is Status.NO_DATA,
        notes=(*notes_on(row), *_rebased(row)),
        signs=tuple(signs),
        meaning=meaning(reading.signal, reading.assurance),
        explained=USUAL_RANGE if reading.assurance else "",
    )


def _rebased(row: KpiScore) -> tuple[str, ...]:
    anew = row.reading.rebased
    if anew is None:
        return ()
    return (f"The chart's limits are drawn anew from {anew.month.words} on: {anew.reason}",)


def _made_and_margin(row: KpiScore) -> str:
    said = (made_of(row.kpi, row.result), margin_words(row), target_words(row))
    return "; ".join(filter(None, said))


def _points_words(row: KpiScore) -> str:
    weight = show(row.weight, "points")
    if row.points is None:
        return f"weight {weight}"
    lost = f"{show_score(row.points_lost)} lost" if row.points_lost else "none lost"
    return f"weight {weight}; {lost}"


def aims_of(row: KpiScore, score: Score) -> list[Aim]:
    """The target of each role version over the months that it judges; before them the first's."""
    found = []
    parts = {part.version: part.target for part in row.parts}
    for version in score.versions:
        terms = {each.kpi: each.target for each in version.terms}
        target = parts.get(version.version, terms.get(row.kpi.id))
        if target is not None and version.months:
            found.append(Aim(version.version, min(version.months), max(version.months), target))
    if found and charted(row.reading):
        start = charted(row.reading)[0]
        first = found[0]
        if start < first.first:
            # Months before are history: the line goes on, so that they can be compared.
            found[0] = Aim(first.version, start, first.last, first.target)
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; ``numbers`` are the columns that are set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]


def months_table(
    kpi: Kpi,
    months: Sequence[Mapping[str, Any]],
    flags: Mapping[Month, str | None],
    missing: Container[tuple[str, str]] = (),
) -> Table:
    """The months that the formula reads, newest first, with the measures it is made of.

    ``missing``: dataset and month where nothing is there, so that a measure is not known.
    """
    measures = sorted({name for month in months for name in month["measures"]})
    headings = ("Month", "Value", *(name.replace("_", " ") for name in measures), "Remark")
    rows = []
    for month in reversed(months):
        role = _ROLES.get(month["role"], month["role"])
        flag = flags.get(Month.parse(month["month"]))
        remark = "" if role == "period" else role
        if flag is not None and not remark:
            remark = FLAG_WORDS[flag]
        figures = [
            DASH
            if (dataset_of(name), month["month"]) in missing
            else _measure(name, month["measures"].get(name))
            for name in measures
        ]
        rows.append(
            (Month.parse(month["month"]).words, show(month["value"], kpi.unit), *figures, remark)
        )
    return Table(headings, tuple(rows), frozenset(range(1, len(measures) + 2)))


def history_table(row: KpiScore, noted: Noted) -> Table:
    """Every month of the chart, newest first: the table that stands beside the figure. ``noted``:
    what was noted on months; without any there is no column for it."""
    flags = row.reading.flags
    rows = []
    for month, value in sorted(row.reading.points.items(), reverse=True):
        flagged = FLAG_WORDS.get(flags.get(month) or "", "")
        said = ("; ".join(noted.get(month, ())),) if noted else ()
        rows.append((month.words, show(value, row.kpi.unit), flagged, *said))
    headings = ("Month", "Value", "More than chance", *(("Noted",) if noted else ()))
    return Table(headings, tuple(rows), frozenset({1}))


def noted_on(found: Iterable[MonthNote]) -> dict[Month, list[str]]:
    """What was noted, by month, each with its writer."""
    by_month: dict[Month, list[str]] = {}
    for each in found:
        by_month.setdefault(each.month, []).append(f"{each.text} · {each.by}")
    return by_month


def _measure(name: str, value: Any) -> str:
    if value is None:
        return DASH
    if isinstance(value, Mapping):
        counted = sum(value.values())
        return f"{counted:,} measured"
    return show(value, Unit.DOLLARS if is_money(name) else Unit.COUNT)


def records_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Records as the page shows them: where each comes from, then what is stored of it."""
    found = list(rows)
    columns = list(dict.fromkeys(name for row in found for name in row))
    filled = [name for name in columns if any(row.get(name) not in (None, "") for row in found)]
    headings = tuple(name.replace("_", " ").capitalize() for name in filled)
    texts = tuple(tuple(str(row.get(name, "")) for name in filled) for row in found)
    return Table(headings, texts, frozenset())


def records_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Records as a CSV file. A text that a spreadsheet would take for a formula gets a quote."""
    found = list(rows)
    columns = list(dict.fromkeys(name for row in found for name in row))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in found:
        writer.writerow([_harmless(str(row.get(name, ""))) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    if cell[:1] in ("=", "+", "@", "\t", "\r"):
        return f"'{cell}"
    if cell[:1] == "-" and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True

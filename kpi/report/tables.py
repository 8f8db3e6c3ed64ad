"""The tables of a scorecard's page: a row a KPI, and a row a part where a role changed within."""

from __future__ import annotations

from kpi.numbers import DASH, show, show_score, show_threshold
from kpi.report.bullet import KEY, bullet, sample
from kpi.report.markup import Markup, element, joined
from kpi.report.theme import VARIABLES
from kpi.report.words import ASSURANCE, DIRECTION, STATUS, notes_on, ratings_of, signal_words
from kpi.score.model import KpiScore, Part, Score, Status

_COLUMNS = (
    ("KPI", ""),
    ("Value", "number"),
    ("Against its targets", ""),
    ("Floor", "number"),
    ("Target", "number"),
    ("Stretch", "number"),
    ("Weight", "number"),
    ("Attainment", "number"),
    ("Points", "number"),
    ("Points lost", "number"),
    ("Signal", ""),
    ("Status", ""),
)


def kpi_table(score: Score) -> Markup:
    """Every KPI of the role, in the role's order, and the points' sum."""
    head = element("tr", *(_heading(text, kind) for text, kind in _COLUMNS))
    total = element(
        "tr",
        element("th", "All points, before gates", scope="row", colspan="8"),
        _cell(show_score(score.uncapped, ratings_of(score)), "number"),
        element("td", colspan="3"),
    )
    return _table(
        "Each KPI's value over the period, its targets and what it adds to the score.",
        head,
        [_kpi_row(row) for row in score.rows],
        total,
    )


def part_table(score: Score) -> Markup | None:
    """How each role version judges its KPIs, where more than one was in force; else None."""
    rows = [_part_row(row, part) for row in score.rows for part in row.parts]
    if not rows:
        return None
    headings = ("KPI", "Role version", "Months", "Floor", "Target", "Stretch", "Weight")
    head = element(
        "tr",
        *(_heading(text, "" if text in headings[:2] else "number") for text in headings),
        _heading("Attainment", "number"),
    )
    return _table("One value, judged by each role version that was in force.", head, rows)


def key_of_bullets() -> Markup:
    """One line that says how to read the bullet charts."""
    return element("p", Markup(sample(VARIABLES).inline), f" {KEY}", class_="key muted")


def _kpi_row(row: KpiScore) -> Markup:
    unit = row.kpi.unit
    remarks = ([row.reason] if row.reason else []) + list(notes_on(row))
    status = [STATUS[row.status], *(element("small", each) for each in remarks)]
    held = ASSURANCE[row.reading.assurance]
    chart = bullet(
        row.result.value, row.floor, row.target, row.stretch, unit, row.kpi.better, VARIABLES
    )
    return element(
        "tr",
        element("th", row.kpi.name, element("small", DIRECTION[row.kpi.better]), scope="row"),
        _cell(_value(row), "number"),
        element("td", Markup(chart.inline)),
        _cell(show_threshold(row.floor, unit), "number"),
        _cell(show_threshold(row.target, unit), "number"),
        _cell(show_threshold(row.stretch, unit), "number"),
        _cell(show(row.weight, "points"), "number"),
        _cell(show(row.attainment, "points"), "number"),
        _cell(show_score(row.points), "number"),
        _cell(show_score(row.points_lost), "number"),
        element(
            "td",
            signal_words(row.reading),
            *([element("small", held)] if held else []),
            class_="words",
        ),
        element("td", *status, class_="words"),
    )


def _value(row: KpiScore) -> Markup:
    value, n = row.result.value, row.result.n
    if value is None:
        return joined(DASH)
    shown = show(value, row.kpi.unit)
    count = [] if n is None else [element("small", f"n = {n:,.0f}")]
    unjudged = [] if row.status is Status.SCORED else [element("small", "not scored")]
    return joined(shown, *count, *unjudged)


def _part_row(row: KpiScore, part: Part) -> Markup:
    unit = row.kpi.unit
    return element(
        "tr",
        element("th", row.kpi.name, scope="row"),
        _cell(part.version, ""),
        _cell(str(part.months), "number"),
        _cell(show_threshold(part.floor, unit), "number"),
        _cell(show_threshold(part.target, unit), "number"),
        _cell(show_threshold(part.stretch, unit), "number"),
        _cell(show(part.weight, "points"), "number"),
        _cell(show(part.attainment, "points"), "number"),
    )


def _table(caption: str, head: Markup, rows: list[Markup], foot: Markup | None = None) -> Markup:
    table = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *rows),
        *([element("tfoot", foot)] if foot else []),
    )
    # A region that scrolls must be reachable with the keyboard, and named.
    return element("div", table, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _heading(text: str, kind: str) -> Markup:
    return element("th", text, scope="col", class_=kind or None)


def _cell(content: str, kind: str) -> Markup:
    return element("td", content, class_=kind or None)

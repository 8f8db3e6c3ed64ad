"""Tables and charts of a page as files: what stands there, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from dashboards.views.kpi import Table
from dashboards.views.movement import MovementView
from dashboards.views.rows import KpiLine
from kpi.months import Month
from kpi.report.neutral import neutral
from kpi.report.svg import Figure
from kpi.report.theme import LIGHT
from kpi.report.trend import trend
from kpi.review.document import trend_of
from kpi.score.model import KpiScore

_FACE = "'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the page shows it, UTF-8 with a mark. A text that a spreadsheet would take for a
    formula gets a quote."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(each) for each in headings])
    writer.writerows([neutral(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def kpis_csv(lines: Sequence[KpiLine]) -> bytes:
    """The overview's rows."""
    headings = (
        "KPI", "Direction", "Value", "Of", "Margin", "Floor, target, stretch", "Change", "Against",
        "Signal", "What it means", "Attainment", "Points", "Weight", "Status", "Reason",
    )  # fmt: skip
    return table_csv(
        headings,
        [
            (
                line.name, line.direction, line.value, line.detail, line.margin, line.aims,
                line.change.amount if line.change else "",
                line.change.against if line.change else "",
                line.signal, line.signal_detail, line.attainment, line.points, line.weight,
                line.status, line.reason,
            )
            for line in lines
        ],
    )  # fmt: skip


def shown_csv(table: Table) -> bytes:
    """A table of a KPI's page."""
    return table_csv(table.headings, table.rows)


def movement_csv(view: MovementView) -> bytes:
    """What each group added to a change."""
    return table_csv(
        (*view.headings, "Sense"), [(row.group, *row.cells, row.sense) for row in view.rows]
    )


def trend_figure(row: KpiScore, period: tuple[Month, Month]) -> Figure | None:
    """A KPI's trend as a drawing that needs no script, for paper; None without a value."""
    kpi = row.kpi
    target = list(row.target) if isinstance(row.target, tuple) else row.target
    given = {"name": kpi.name, "unit": kpi.unit, "better": kpi.better, "target": target}
    return trend(given, trend_of(row.reading), period, LIGHT, _FACE)


def charts(lines: Sequence[KpiLine], scale: Figure | None) -> list[tuple[str, bytes]]:
    """The overview's charts, a file each: the score's scale, each KPI's bullet and sparkline."""
    found = [("score.svg", scale.file)] if scale else []
    for line in lines:
        found += [(f"{line.id}.svg", line.bullet.file), (f"{line.id}_months.svg", line.spark.file)]
    return found

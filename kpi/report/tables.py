"""The tables of a scorecard's page: a row a KPI, and the tables of words under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.report.markup import Markup, element, joined

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
)


def kpi_table(rows: Sequence[Mapping[str, Any]], total: str) -> Markup:
    """Every KPI of the role, in the role's order, and the points' sum."""
    head = element("tr", *(_heading(text, kind) for text, kind in _COLUMNS))
    foot = element(
        "tr",
        element("th", "All points, before gates", scope="row", colspan="8"),
        _cell(total, "number"),
        element("td", colspan="2"),
    )
    caption = "Each KPI's value over the period, its targets and what it adds to the score."
    return _table(caption, head, [_kpi_row(row) for row in rows], foot, table_class="kpis")


def words_table(given: Mapping[str, Any]) -> Markup:
    """A table of words under its note, or what stands in its place. Its heading stands above it, so
    its caption is for screen readers."""
    note = [element("p", given["note"])] if given["note"] else []
    if not given["rows"]:
        return joined(*note, element("p", given["empty"], class_="muted"))
    head = element("tr", *(_heading(text, "") for text in given["headings"]))
    rows = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(
                element("td", element("code", cell)) if heading == "SHA-256" else _cell(cell, "")
                for heading, cell in zip(given["headings"][1:], row[1:], strict=True)
            ),
        )
        for row in given["rows"]
    ]
    return joined(*note, _table(given["title"], head, rows, css_class="unseen"))


def inline(drawing: Mapping[str, str] | None) -> Markup:
    """A drawing within the page, what it says in its title; nothing where there is none."""
    if drawing is None:
        return Markup("")
    title = element("title", drawing["alt"])
    opening, rest = _bare(drawing["svg"]).split(">", 1)
    return Markup(f'{opening} role="img">{title}{rest}')


def sign(svg: str | None) -> Markup:
    """A sign beside its words: a screen reader hears the words once."""
    if not svg:
        return Markup("")
    opening, rest = _bare(svg).split(">", 1)
    return Markup(f'{opening} class="sign" aria-hidden="true">{rest}')


def _bare(svg: str) -> str:
    # An element of a page needs no namespace, and one would look like an address to fetch.
    return svg.replace(' xmlns="http://www.w3.org/2000/svg"', "")


def _kpi_row(row: Mapping[str, Any]) -> Markup:
    status = [] if row["scored"] else [row["status"]]
    plain = (
        _cell(row[key], "number", label)
        for key, label in (
            ("floor", "Floor"), ("target", "Target"), ("stretch", "Stretch"),
            ("weight", "Weight"), ("attainment", "Attainment"), ("points", "Points"),
            ("points_lost", "Points lost"),
        )
    )  # fmt: skip
    return element(
        "tr",
        element(
            "th",
            row["name"],
            *_small(row["direction"], ". ".join([*status, *row["remarks"]])),
            scope="row",
        ),
        _cell(joined(row["value"], *_small(row["count"])), "number", "Value"),
        element("td", inline(row["chart"]), class_="chart"),
        *plain,
        element(
            "td",
            element("span", sign(row["sign"]), row["signal_words"]),
            *_small(row["assurance"], row["verdict"]),
            class_="words",
            data_label="Signal",
        ),
    )


def _small(*texts: str) -> list[Markup]:
    return [element("small", text) for text in texts if text]


def _table(
    caption: str,
    head: Markup,
    rows: list[Markup],
    foot: Markup | None = None,
    css_class: str | None = None,
    table_class: str | None = None,
) -> Markup:
    table = element(
        "table",
        element("caption", caption, class_=css_class),
        element("thead", head),
        element("tbody", *rows),
        *([element("tfoot", foot)] if foot else []),
        class_=table_class,
    )
    # A region that scrolls must be reachable with the keyboard, and named.
    return element("div", table, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _heading(text: str, kind: str) -> Markup:
    return element("th", text, scope="col", class_=kind or None)


def _cell(content: str, kind: str, label: str | None = None) -> Markup:
    return element("td", content, class_=kind or None, data_label=label)

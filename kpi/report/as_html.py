"""A scorecard as one HTML file that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from importlib.resources import files

from kpi.months import period_words
from kpi.numbers import show, show_score
from kpi.report.markup import Markup, element
from kpi.report.tables import key_of_bullets, kpi_table, part_table
from kpi.report.theme import DARK, LIGHT, variables
from kpi.report.words import (
    DIRECTION,
    USUAL_RANGE,
    gate_words,
    rating_name,
    rating_words,
    ratings_of,
)
from kpi.review.scoring import ManagerScore
from kpi.score.model import KpiScore, Score

# The browser is told that the file may fetch and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(scored: ManagerScore) -> bytes:
    """The page, in UTF-8. It prints on landscape paper and follows the reader's dark setting."""
    score = scored.score
    names = {row.kpi.id: row.kpi.name for row in score.rows}
    title = f"Scorecard: {scored.assignment.manager.name}, {period_words(score.first, score.last)}"
    parts = part_table(score)
    body = element(
        "body",
        element(
            "main",
            _header(scored),
            _tiles(score),
            *_notes(scored),
            *_gates(score, names),
            element("h2", "KPIs"),
            key_of_bullets(),
            kpi_table(score),
            element("p", USUAL_RANGE, class_="muted"),
            *([element("h2", "Role versions within the period"), parts] if parts else []),
            element("h2", "What each KPI means"),
            *(_definition(row, names) for row in score.rows),
            _provenance(scored),
        ),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", _style()),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()


def _style() -> Markup:
    """The style sheet, with the colours that the pages of the dashboard have."""
    sheet = files("kpi.report").joinpath("scorecard.css").read_text("utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}"
    return Markup(f":root {{ {variables(LIGHT)} }}\n{dark}\n{sheet}")


def _header(scored: ManagerScore) -> Markup:
    assignment = scored.assignment
    places = f", {', '.join(assignment.locations)}" if assignment.locations else ""
    return element(
        "header",
        element("h1", assignment.manager.name),
        element("p", f"{scored.role_title}, {assignment.practice.name}{places}"),
        element("p", f"Scorecard for {period_words(scored.score.first, scored.score.last)}"),
    )


def _tiles(score: Score) -> Markup:
    ratings = ratings_of(score)
    tiles = [_tile("Score", show_score(score.score, ratings), "score")]
    if score.uncapped is not None and score.uncapped != score.score:
        tiles.append(_tile("Before gates", show_score(score.uncapped, ratings)))
    if score.range is not None and score.coverage < 1:
        low, high = (show_score(end, ratings) for end in score.range)
        tiles.append(_tile("Once all data is in, between", f"{low} and {high}"))
    tiles.append(_tile("Indicated rating", _rating(score)))
    tiles.append(_tile("Coverage", show(score.coverage, "percent")))
    return element("dl", *tiles, class_="tiles")


def _rating(score: Score) -> str:
    none = "none yet: the period is not over" if score.provisional else "none: there is no score"
    return rating_words(score) or none


def _tile(label: str, value: str, css_class: str | None = None) -> Markup:
    return element("div", element("dt", label), element("dd", value), class_=css_class)


def _notes(scored: ManagerScore) -> list[Markup]:
    score, notes = scored.score, []
    if score.reason:
        notes.append(element("p", score.reason))
    if score.provisional:
        notes.append(element("p", "The period is not over: this is where it stands so far."))
    notes.extend(
        element("p", f"Role version {version} was published after it took effect: {reason}")
        for version, reason in scored.retroactive.items()
    )
    scale = "; ".join(
        f"{rating_name(name)} from {show(least, 'points')}"
        for name, least in ratings_of(score).items()
    )
    if scale:
        notes.append(
            element(
                "p",
                f"The rating is indicated by the score; people decide it. Ratings: {scale}.",
                class_="muted",
            )
        )
    return notes


def _gates(score: Score, names: dict[str, str]) -> list[Markup]:
    if not score.gates:
        return []
    return [
        element("h2", "Gates"),
        element("p", "A gate whose target is missed caps the score.", class_="muted"),
        element(
            "ul",
            *(
                element(
                    "li", element("strong", names.get(each.kpi, each.kpi)), f": {gate_words(each)}."
                )
                for each in score.gates
            ),
        ),
    ]


def _definition(row: KpiScore, names: dict[str, str]) -> Markup:
    kpi = row.kpi
    beside = (names.get(each, each.replace("_", " ")) for each in kpi.counterweights)
    facts = [
        ("Formula", element("code", kpi.formula.source)),
        ("Standard", kpi.standard.words),
        ("Typical", kpi.typical.words),
        ("Beware", kpi.trap),
        ("Read beside", ", ".join(beside)),
    ]
    lines = (
        element("p", element("span", f"{label}: ", class_="muted"), text)
        for label, text in facts
        if text
    )
    return element(
        "section",
        element("h3", f"{kpi.name} ({DIRECTION[kpi.better]})"),
        element("p", kpi.definition),
        *lines,
        class_="definition",
    )


def _provenance(scored: ManagerScore) -> Markup:
    through = "none" if scored.data_through is None else scored.data_through.words
    versions = (
        element(
            "li",
            f"Role {scored.assignment.role}, version {each.version}, for "
            f"{period_words(min(each.months), max(each.months))}, SHA-256 ",
            element("code", scored.hashes[each.version]),
        )
        for each in scored.score.versions
        if each.months
    )
    return element(
        "footer",
        element("h2", "What this rests on"),
        element(
            "ul",
            *versions,
            element("li", f"Data through {through}, revision {scored.data_version} of it."),
        ),
        element("p", "Figures are rounded only where shown.", class_="muted"),
    )

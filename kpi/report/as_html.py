"""A scorecard as one HTML file that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from kpi.numbers import show_score
from kpi.report.document import Document, ratings
from kpi.report.markup import Markup, element
from kpi.report.printable import readable
from kpi.report.shown import shown
from kpi.report.tables import inline, kpi_table, sign, words_table
from kpi.report.theme import DARK, LIGHT, VARIABLES, variables
from kpi.review.frozen.canonical import hash_of

# The browser is told that the file may fetch and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(document: Document) -> bytes:
    """The page, in UTF-8. It prints on paper and follows the reader's dark setting."""
    page = readable(shown(document, VARIABLES))
    total = show_score(document["uncapped_score"], ratings(document))
    body = element(
        "body",
        element(
            "main",
            *_head(page),
            *_gates(page["gates"]),
            element("h2", "KPIs"),
            _key(page["bullet_key"]),
            kpi_table(page["rows"], total),
            *_list("Where points were lost", page["lost"]),
            *_families(page),
            *_texts(page),
            *_steps(page),
            *_meanings(page),
            _footer(page, hash_of(document)),
        ),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", page["title"]),
        element("style", _style()),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()


def _style() -> Markup:
    """The style sheet, with the colours that the pages of the dashboard have."""
    sheet = files("kpi.report").joinpath("scorecard.css").read_text("utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}"
    return Markup(f":root {{ {variables(LIGHT)} }}\n{dark}\n{sheet}")


def _head(page: Mapping[str, Any]) -> list[Markup]:
    scale = [element("p", page["rating_scale"], class_="muted")] if page["rating_scale"] else []
    return [
        element(
            "header",
            element(
                "div",
                element("h1", page["manager"]),
                element("p", page["whose"]),
                element("p", f"Scorecard for {page['period']}"),
            ),
            element(
                "div",
                element("p", element("strong", page["standing"])),
                element("p", page["standing_words"], class_="muted"),
                class_="standing" if page["final"] else "standing draft",
            ),
        ),
        element(
            "dl",
            _tile(page["facts"][0], "score", inline(page["scale"])),
            *(_tile(each) for each in [*page["rating"], *page["facts"][1:]]),
            class_="tiles",
        ),
        *scale,
        *(element("p", each) for each in page["notes"]),
    ]


def _tile(fact: Mapping[str, str], css_class: str | None = None, drawing: str = "") -> Markup:
    beside = [element("dd", fact["beside"], class_="beside")] if fact["beside"] else []
    drawn = [element("dd", drawing, class_="beside")] if drawing else []
    return element(
        "div",
        element("dt", fact["label"]),
        element("dd", fact["value"]),
        *drawn,
        *beside,
        class_=css_class,
    )


def _gates(gates: Sequence[Mapping[str, str]]) -> list[Markup]:
    if not gates:
        return []
    return [
        element("h2", "Gates"),
        element("p", "A gate whose target is missed caps the score.", class_="muted"),
        element(
            "ul",
            *(
                element(
                    "li", sign(each["sign"]), element("strong", each["name"]), f": {each['words']}."
                )
                for each in gates
            ),
            class_="signs",
        ),
    ]


def _key(given: Mapping[str, str]) -> Markup:
    return element("p", sign(given["svg"]), f" {given['words']}", class_="key muted")


def _list(title: str, texts: Sequence[str]) -> list[Markup]:
    if not texts:
        return []
    return [element("h2", title), element("ul", *(element("li", each) for each in texts))]


def _families(page: Mapping[str, Any]) -> list[Markup]:
    found = [element("h2", "Trends"), element("p", page["trend_key"], class_="muted wide")]
    for family in page["families"]:
        found.append(
            element(
                "section",
                element("h3", family["name"]),
                *(_kpi(each) for each in family["kpis"]),
                class_="family",
            )
        )
    return found


def _kpi(row: Mapping[str, Any]) -> Markup:
    chart = inline(row["trend"]) or element("p", row["trend_none"] or "", class_="muted")
    return element(
        "article",
        element("h4", row["name"]),
        element("p", row["terms"], class_="muted wide"),
        element("div", element("div", chart, class_="trend"), _labelled(row["lines"]),
                class_="beside-chart"),
        *_said(row["said"]),
    )  # fmt: skip


def _labelled(lines: Sequence[Sequence[str]]) -> Markup:
    pairs = (element("div", element("dt", label), element("dd", words)) for label, words in lines)
    return element("dl", *pairs, class_="lines")


def _said(texts: Sequence[Mapping[str, str]]) -> list[Markup]:
    return [
        element(
            "blockquote",
            element("p", element("strong", each["who"])),
            *(element("p", part, dir="auto") for part in each["text"].split("\n") if part.strip()),
        )
        for each in texts
    ]


def _texts(page: Mapping[str, Any]) -> list[Markup]:
    found = [element("h2", "What was said of the whole")]
    found += _said(page["whole"]) or [
        element("p", "Nobody has commented on the whole.", class_="muted")
    ]
    if page["contest"]:
        found += [element("h3", "Contest"), *_said(page["contest"])]
    if page["guidance"]:
        found.append(element("h2", "Questions for the conversation"))
        for each in page["guidance"]:
            found += [
                element("h3", each["name"]),
                element("p", each["rests"], class_="muted"),
                element("ul", *(element("li", question) for question in each["questions"])),
            ]
    if page["plan"]["rows"]:
        found += [element("h2", "Development plan"), words_table(page["plan"])]
    found += [element("h2", "Left out, and months away"), words_table(page["exclusions"])]
    return found + [element("p", each) for each in page["away"]]


def _steps(page: Mapping[str, Any]) -> list[Markup]:
    lines = (
        element(
            "div",
            element("p", each["as"], class_="muted"),
            element("p", each["name"] or "Name", class_="line"),
            element("p", each["said"], class_="muted"),
        )
        for each in page["signatures"]
    )
    return [
        element("h2", "Steps of the review"),
        words_table(page["steps"]),
        element("h2", "Signatures"),
        element("div", *lines, class_="signatures"),
    ]


def _meanings(page: Mapping[str, Any]) -> list[Markup]:
    sections = (
        element(
            "section",
            element("h3", f"{each['name']} ({each['direction']})"),
            element("p", each["definition"]),
            element("p", element("code", each["formula"])),
            *(
                element("p", element("span", f"{label}: ", class_="muted"), words)
                for label, words in each["facts"]
            ),
            class_="definition",
        )
        for each in page["definitions"]
    )
    return [element("h2", "What each KPI means"), *sections]


def _footer(page: Mapping[str, Any], sha256: str) -> Markup:
    optional = (page[each] for each in ("parts", "accepted") if page[each]["rows"])
    tables = (page["sources"], page["spot_checks"], page["versions"], *optional)
    which = "this final review" if page["final"] else "this draft"
    return element(
        "footer",
        element("h2", "What this rests on"),
        *(part for each in tables for part in (element("h3", each["title"]), words_table(each))),
        element("h3", "How to check it"),
        element("p", f"{page['data']} {page['previous']}"),
        element("p", f"SHA-256 of {which}: ", element("code", sha256)),
        element(
            "p",
            "The scorecard as JSON or PDF holds the data of it: kpi verify computes the score "
            "again from the file and says what was restated since.",
            class_="muted",
        ),
    )

"""The scorecard's page: complete, accessible, escaped, and in need of nothing from outside."""

import re
from itertools import pairwise
from typing import Any

from lxml import html

from kpi.numbers import show
from kpi.report import render
from kpi.review.frozen.canonical import hash_of
from tests.report.documents import document, of_kpis, preview, without_score


def page_of(made: dict[str, Any]) -> html.HtmlElement:
    return html.document_fromstring(render(made, "html").decode())


def text_of(found: html.HtmlElement) -> str:
    for style in found.xpath("//style"):
        style.drop_tree()
    return " ".join(" ".join(found.itertext()).split())


def test_it_says_who_when_and_what() -> None:
    text = text_of(page_of(document()))
    for said in (
        "Dana Whitfield",
        "Medical Office Manager, Lakeside Family Medicine",
        "Scorecard for January to March 2026",
        "Final. Review 12, version 1",
        "Before gates 83.6",
        "Indicated by the score Below expectations",
        "Decided Developing The breach was reported within the hour and nobody was harmed.",
        "Confirmed by Priya Raman, 14 April 2026, 11:00.",
        "Margin ± 1.9",
        "HIPAA violations : breached: holds the score to at most 60.",
        "5.12%",
        "61 of 1,191",
        "Just noise usual range spans the target not distinguishable from the target",
        "Role version 2026.1 was published after it took effect: Targets agreed in January.",
        "Role version 2026.1 has not been acknowledged.",
        "Two of the four schedulers left in January",
        "The export shows both; the figure stands.",
        "Train a second biller on claim edits.",
        "Which payer's balance grew?",
        "On leave in August 2025 to September 2025",
        "$231,400 were taken over",
        "With it left out the score is 60.0; without that there would be none",
        "9 agree, 1 differ",
        "schedule_2026-q1.csv, line 47: Was rescheduled.",
        "A breach is a breach.",
        "drawn anew from January 2025: New phone system",
        "a" * 64,
        "c" * 64,
        f"SHA-256 of this final review: {hash_of(document())}",
    ):
        assert said in text, said


def test_a_draft_says_so_and_a_preview_too() -> None:
    assert "DRAFT – not final" in text_of(page_of(preview()))
    review = {**document()["review"], "state": "supervised"}
    text = text_of(page_of(document(review=review)))
    assert "DRAFT – not final. Review 12, version 1" in text
    assert "The review stands at “supervised”." in text
    assert "DRAFT" not in text_of(page_of(document()))


def test_every_figure_of_the_table_is_the_documents() -> None:
    rows = page_of(document()).xpath("//table[@class='kpis']/tbody/tr")
    for row, given in zip(rows, document()["kpis"], strict=True):
        cells = {each.get("data-label"): text_of(each) for each in row.xpath("td[@data-label]")}
        assert cells["Value"].startswith(show(given["value"], given["unit"]))
        assert cells["Attainment"] == show(given["attainment"], "points")
        assert cells["Weight"] == show(given["weight"], "points")
        assert cells["Points"] == ("–" if given["points"] is None else f"{given['points']:.1f}")


def test_each_kpi_is_defined() -> None:
    text = text_of(page_of(document()))
    for each in document()["definitions"].values():
        assert " ".join(each["definition"].split()) in text
        assert each["formula"] in text


def test_without_a_score_it_says_why_and_shows_no_zero() -> None:
    found = page_of(without_score())
    assert "Only 0% of the weight has data" in text_of(found)
    for cell in found.xpath("//table[@class='kpis']/tbody/tr/td[@data-label='Points']"):
        assert cell.text_content() == "–"
    assert "No month has a value yet" in text_of(page_of(without_score() | {"trends": {}}))


def test_a_range_stands_beside_a_score_that_lacks_data_only() -> None:
    lacking = document(coverage=0.796, score=89.96, score_range=[60.0, 111.96])
    text = text_of(page_of(lacking))
    assert "Once all data is in 60.0 to 111.96" in text
    assert "Score 89.96" in text  # 90.0 would show a rating that it does not reach
    assert "Once all data is in" not in text_of(page_of(document()))


def test_so_far_is_marked() -> None:
    made = preview(provisional=True, indicated_rating=None)
    text = text_of(page_of(made))
    assert "The period is not over" in text
    assert "none yet" in text


def test_tables_and_charts_speak_to_a_screen_reader() -> None:
    page = page_of(document())
    assert page.get("lang") == "en"
    for svg in page.xpath("//svg"):
        spoken = svg.get("role") == "img" and svg.findtext("title")
        assert spoken or svg.get("aria-hidden") == "true"
    titles = [each.text for each in page.xpath("//svg[@role='img']/title")]
    assert any(each.startswith("Bullet chart: value 5.12%, floor 10%") for each in titles)
    assert any(each.startswith("Trend of No-show rate, January 2024 to") for each in titles)
    assert len(page.xpath("//table")) == len(page.xpath("//table/caption"))
    assert all(each.get("scope") in {"col", "row"} for each in page.xpath("//th"))
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    source = render(document(), "html").decode()
    page = html.document_fromstring(source)
    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert not tags & {"script", "link", "img", "iframe", "a", "base"}
    assert not re.search(r"url\(|@import|https?://", source)
    assert page.xpath("//meta[contains(@content, \"default-src 'none'\")]")


def test_whatever_a_name_holds_is_text() -> None:
    name = "<script>alert('x')</script> & \"Sons\""
    made = document(manager_name=name)
    made["texts"]["whole"]["manager"] = "</p><img src=x onerror=alert(1)>"
    page = page_of(made)
    assert name in text_of(page)
    assert not page.xpath("//script | //img")


def test_what_turns_a_line_round_is_taken_out() -> None:
    made = document(manager_name="Dana\u202e dleiftihW\x07")
    assert "Dana dleiftihW" in text_of(page_of(made))
    assert "\u202e" not in render(made, "html").decode()


def test_forty_kpis_and_one() -> None:
    for count in (40, 1):
        assert len(page_of(of_kpis(count)).xpath("//table[@class='kpis']/tbody/tr")) == count

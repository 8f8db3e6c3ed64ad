"""The scorecard's page: complete, accessible, escaped, and in need of nothing from outside."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from kpi.report import render
from tests.report.made_up import DAYS, SCORE, SCORED, versions, with_manager, with_score


class Page(HTMLParser):
    """What a reader of the page meets: its text, its elements, and whether they are closed."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.feed(source.decode("utf-8"))
        self.text = " ".join(" ".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.pieces.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_every_element_is_closed() -> None:
    assert Page(render(SCORED, "html")).open == []


def test_it_says_who_when_and_what() -> None:
    text = Page(render(SCORED, "html")).text
    for said in (
        "Dana Whitfield",
        "Medical Office Manager, Lakeside Family Medicine",
        "Scorecard for January to March 2026",
        "Score 60.0",
        "Before gates 73.2",
        "58.5 and 60",
        "Indicated rating Below expectations",
        "Coverage 80%",
        "HIPAA violations : breached: holds the score to at most 60.",
        "5.12%",
        "n = 1,191",
        "● Just noise usual range spans the target",
        "Charges for March end on the 20th.",
        "Data through March 2026, revision 41 of it.",
        "Role version 2026.1 was published after it took effect: Targets agreed in January.",
        "version 2025.1, for January 2026, SHA-256 " + "a" * 64,
        "version 2026.1, for February to March 2026, SHA-256 " + "b" * 64,
    ):
        assert said in text


def test_each_kpi_is_defined() -> None:
    text = Page(render(SCORED, "html")).text
    for row in SCORE.rows:
        assert row.kpi.definition in text
        assert row.kpi.formula.source in text


def test_a_missing_figure_is_a_dash_never_zero() -> None:
    page = render(with_score(rows=(DAYS,), score=None, uncapped=None, range=None), "html").decode()
    row = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    assert row is not None
    cells = [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<td[^>]*>(.*?)</td>", row[1])]
    assert cells[0] == "–"
    assert cells[6:9] == ["–", "–", "–"]


def test_without_a_score_it_says_why() -> None:
    scored = with_score(score=None, uncapped=None, range=None, rating=None, reason="Too little.")
    text = Page(render(scored, "html")).text
    assert "Score –" in text
    assert "none: there is no score" in text
    assert "Too little." in text


def test_full_coverage_shows_no_range() -> None:
    assert "Once all data is in" not in Page(render(with_score(coverage=1.0), "html")).text


def test_what_would_round_to_the_next_rating_is_not_rounded() -> None:
    almost = with_score(score=89.96, uncapped=89.96, range=(60.0, 111.96), coverage=0.796)
    text = Page(render(almost, "html")).text
    assert "Score 89.96" in text
    assert "60.0 and 111.96" in text
    assert "Coverage 79.6%" in text


def test_so_far_is_marked() -> None:
    text = Page(render(with_score(provisional=True, rating=None), "html")).text
    assert "The period is not over" in text
    assert "none yet" in text


def test_parts_stand_in_a_table_of_their_own() -> None:
    assert len(Page(render(SCORED, "html")).all("table")) == 2
    plain = replace(SCORE.rows[0], parts=())
    one = with_score(rows=(plain,), versions=versions("2026.1"))
    assert len(Page(render(one, "html")).all("table")) == 1


def test_tables_and_charts_speak_to_a_screen_reader() -> None:
    source = render(SCORED, "html")
    page = Page(source)
    assert page.all("html")[0]["lang"] == "en"
    assert page.text.count("lower is better") >= len(page.all("svg"))
    assert all(each.get("role") == "img" for each in page.all("svg"))
    assert source.count(b"<svg") == len(SCORE.rows) + 1  # and the key
    assert re.search(rb"<svg[^>]*><title>Bullet chart: value 5.12%, floor 10%, target 5%", source)
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(each.get("scope") in {"col", "row"} for each in page.all("th"))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    source = render(SCORED, "html").decode()
    page = Page(source.encode())
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "a", "base"}
    assert "url(" not in source
    assert "@import" not in source
    assert "http://" not in source
    assert "https://" not in source
    assert any("default-src 'none'" in (each.get("content") or "") for each in page.all("meta"))


def test_whatever_a_name_holds_is_text() -> None:
    name = "<script>alert('x')</script> & \"Sons\""
    page = Page(render(with_manager("dana", name), "html"))
    assert name in page.text
    assert "script" not in {tag for tag, _ in page.elements}


def test_a_reason_is_text_too() -> None:
    row = replace(DAYS, reason="</td><img src=x onerror=alert(1)>")
    page = Page(render(with_score(rows=(row,)), "html"))
    assert "</td><img src=x onerror=alert(1)>" in page.text
    assert "img" not in {tag for tag, _ in page.elements}

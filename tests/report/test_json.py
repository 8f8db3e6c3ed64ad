"""The scorecard as JSON: the score document, and what lets it stand by itself."""

import json

from kpi.report import file_name, render
from kpi.review.scoring import score_document
from tests.report.made_up import SCORED, with_manager, with_score


def test_it_holds_the_score_document_unchanged() -> None:
    given = json.loads(render(SCORED, "json"))
    expected = json.loads(json.dumps(score_document(SCORED)))
    assert {key: given[key] for key in expected} == expected


def test_it_says_which_role_which_data_and_what_each_kpi_means() -> None:
    given = json.loads(render(SCORED, "json"))
    assert given["role_sha256"] == {"2025.1": "a" * 64, "2026.1": "b" * 64}
    assert (given["data_version"], given["data_through"]) == (41, "2026-03")
    assert given["retroactive"] == {"2026.1": "Targets agreed in January."}
    assert given["manager_name"] == "Dana Whitfield"
    assert given["practice_name"] == "Lakeside Family Medicine"
    assert set(given["definitions"]) == {each["id"] for each in given["kpis"]}
    assert given["definitions"]["no_show_rate"]["formula"]


def test_the_same_scorecard_gives_the_same_bytes() -> None:
    assert render(SCORED, "json") == render(SCORED, "json")
    assert render(SCORED, "json") != render(with_score(score=59.0), "json")


def test_file_names_are_taken_by_every_system() -> None:
    assert file_name(SCORED, "html") == "scorecard_dana_lakeside_2026-01_2026-03.html"
    assert file_name(with_manager("o'brien: a/b", "x"), "csv") == (
        "scorecard_o-brien-a-b_lakeside_2026-01_2026-03.csv"
    )

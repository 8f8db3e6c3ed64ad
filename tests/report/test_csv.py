"""The scorecard as CSV: unrounded, stackable, and harmless in a spreadsheet program."""

import csv
from io import StringIO
from typing import Any

import pytest

from kpi.report import render
from kpi.review.frozen.canonical import hash_of
from tests.report.documents import document, without_score


def rows_of(made: dict[str, Any]) -> list[dict[str, str]]:
    text = render(made, "csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_a_kpi_in_the_order_of_the_role() -> None:
    rows = rows_of(document())
    assert [row["kpi"] for row in rows] == [each["id"] for each in document()["kpis"]]
    assert {row["score"] for row in rows} == {"60.0"}
    assert {row["manager_name"] for row in rows} == {"Dana Whitfield"}
    assert {row["decided_rating"] for row in rows} == {"developing"}
    assert {row["role_versions"] for row in rows} == {"2025.1, 2026.1"}
    assert rows[0]["role_sha256"] == f"{'a' * 64}, {'b' * 64}"
    assert {row["sha256"] for row in rows} == {hash_of(document())}


def test_figures_are_those_of_the_document_unrounded_and_absent_ones_empty() -> None:
    for row, given in zip(rows_of(document()), document()["kpis"], strict=True):
        for key in ("value", "attainment", "weight", "points", "points_lost", "numerator", "n"):
            assert row[key] == ("" if given[key] is None else str(given[key]))
    rows = {row["kpi"]: row for row in rows_of(document())}
    assert float(rows["no_show_rate"]["value"]) == 61 / 1191
    violations = rows["hipaa_violations"]
    assert (violations["gate_cap"], violations["gate_state"]) == ("60", "breached")
    assert rows["no_show_rate"]["gate_state"] == ""
    assert rows["no_show_rate"]["margin_low"] == "0.0401"


def test_a_spreadsheet_program_is_told_that_it_is_unicode() -> None:
    assert render(document(), "csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_does_not_run(start: str) -> None:
    row = rows_of(document(manager_name=f"{start}HYPERLINK(A1)"))[0]
    assert row["manager_name"] == f"'{start}HYPERLINK(A1)"


def test_a_negative_figure_stays_a_figure() -> None:
    made = document()
    made["kpis"][0]["value"] = -0.25
    assert rows_of(made)[0]["value"] == "-0.25"


def test_a_band_is_two_figures_in_one_cell() -> None:
    row = {each["kpi"]: each for each in rows_of(document())}["slot_utilization"]
    assert (row["target"], row["floor"]) == ("0.85 to 0.95", "0.7 to 1.0")


def test_without_a_score_its_columns_are_empty() -> None:
    row = rows_of(without_score())[0]
    assert (row["score"], row["score_low"], row["score_high"]) == ("", "", "")
    assert (row["score_margin_low"], row["review"]) == ("", "")

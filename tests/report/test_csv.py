"""The scorecard as CSV: unrounded, stackable, and harmless in a spreadsheet program."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from kpi.report import render
from kpi.review.scoring import ManagerScore
from tests.report.made_up import DAYS, NO_SHOWS, SCORED, with_manager, with_score


def rows_of(scored: ManagerScore) -> list[dict[str, str]]:
    text = render(scored, "csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_a_kpi_in_the_order_of_the_role() -> None:
    rows = rows_of(SCORED)
    assert [row["kpi"] for row in rows] == ["no_show_rate", "hipaa_violations", "days_in_ar"]
    assert {row["score"] for row in rows} == {"60.0"}
    assert {row["manager_name"] for row in rows} == {"Dana Whitfield"}
    assert {row["role_versions"] for row in rows} == {"2025.1, 2026.1"}
    assert rows[0]["role_sha256"] == f"{'a' * 64}, {'b' * 64}"


def test_figures_are_unrounded_and_absent_ones_empty() -> None:
    rates, violations, days = rows_of(SCORED)
    assert float(rates["value"]) == 61 / 1191
    assert (days["value"], days["attainment"], days["points"]) == ("", "", "")
    assert (violations["gate_cap"], violations["gate_state"]) == ("60", "breached")
    assert rates["gate_state"] == ""


def test_a_spreadsheet_program_is_told_that_it_is_unicode() -> None:
    assert render(SCORED, "csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_does_not_run(start: str) -> None:
    row = rows_of(with_manager("dana", f"{start}HYPERLINK(A1)"))[0]
    assert row["manager_name"] == f"'{start}HYPERLINK(A1)"


def test_a_negative_figure_stays_a_figure() -> None:
    growth = replace(NO_SHOWS, result=replace(NO_SHOWS.result, value=-0.25))
    assert rows_of(with_score(rows=(growth,)))[0]["value"] == "-0.25"


def test_a_band_is_two_figures_in_one_cell() -> None:
    band = replace(DAYS, target=(0.85, 0.95), floor=(0.7, 1.0))
    row = rows_of(with_score(rows=(band,)))[0]
    assert (row["target"], row["floor"]) == ("0.85 to 0.95", "0.7 to 1.0")


def test_without_a_range_both_ends_are_empty() -> None:
    row = rows_of(with_score(score=None, uncapped=None, range=None))[0]
    assert (row["score"], row["score_low"], row["score_high"]) == ("", "", "")

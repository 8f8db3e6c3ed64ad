"""A KPI in words, and the page of the documentation made of them."""

from pathlib import Path

import pytest

from kpi.catalogue import Kpi, kpi, kpis, measures
from kpi.catalogue.document import markdown
from kpi.catalogue.words import least, terms

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "kpis.md"


def test_the_page_of_the_documentation_is_current() -> None:
    written = DOCUMENT.read_text("utf-8")
    assert written == markdown(), "run: python -m kpi.catalogue.document > docs/kpis.md"


@pytest.mark.parametrize("entry", kpis().values(), ids=lambda each: each.id)
def test_every_kpi_is_explained(entry: Kpi) -> None:
    found = dict(terms(entry))
    expected = ["Meaning", "Formula", "Made of", "Unit", "Better", "Least to score", "Standard",
                "Typical", "In a manager's control", "Trap", "Read beside", "Reads"]  # fmt: skip
    assert [term for term in found if term != "Not scored when"] == expected
    for measure in entry.formula.measures:
        assert measures()[measure].text in found["Made of"]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("overhead_ratio", "3 months"),
        ("net_collection_rate", "$50,000 of collectible charges"),
        ("cost_per_visit_reduction", "300 visits in each of the two periods"),
        ("osha_trir", "200,000 hours worked"),
        ("hipaa_violations", "Any"),
    ],
)
def test_the_least_in_words(id: str, words: str) -> None:
    assert least(kpi(id)) == words


def test_when_a_kpi_is_not_scored_though_there_is_enough() -> None:
    found = dict(terms(kpi("audit_pass_rate")))["Not scored when"]
    assert found == (
        "Too few audits say whether they were passed (under 80%). There was nothing to judge; it "
        "is left out, which costs no coverage."
    )
    overtime = dict(terms(kpi("overtime_share")))["Not scored when"]
    assert overtime == "The column overtime_hours of staff_hours was not in use yet."
    assert "Not scored when" not in dict(terms(kpi("revenue_growth")))


def test_how_sure_a_figure_is_stands_behind_its_source() -> None:
    assert dict(terms(kpi("charge_lag_days")))["Typical"] == (
        "Under 2 to 3 days. Source: vendors (weak: not to be quoted)."
    )
    assert dict(terms(kpi("budget_variance")))["Standard"] == (
        "None is published; the budget is the practice's own."
    )

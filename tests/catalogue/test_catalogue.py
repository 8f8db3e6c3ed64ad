"""The catalogue's entries: complete, consistent, in plain words, and loaded only when asked for."""

import subprocess
import sys

import pytest

from kpi.catalogue import Better, Kpi, Sure, datasets_of, kpi, kpis, measures
from kpi.catalogue.reading import _kpi
from kpi.datasets import Kind, all_datasets, dataset
from kpi.errors import NotFound


@pytest.fixture(params=kpis().values(), ids=lambda each: each.id)
def entry(request: pytest.FixtureRequest) -> Kpi:
    found = request.param
    assert isinstance(found, Kpi)
    return found


def test_every_kpi_explains_itself(entry: Kpi) -> None:
    for text in (entry.definition, entry.trap):
        assert text == text.strip()
        assert text.endswith(".")
        assert len(text) > 30
    assert entry.name
    assert entry.family in {"financial", "operational", "satisfaction", "compliance"}


def test_what_others_say_has_a_source_or_is_said_to_have_none(entry: Kpi) -> None:
    for said in (entry.standard, entry.typical):
        assert said.says.endswith(".")
        assert bool(said.source) == (said.sure is not Sure.NONE)
        assert said.words.startswith(said.says)
        assert said.source in said.words


def test_who_else_decides_is_named(entry: Kpi) -> None:
    assert entry.control.others.endswith(".")
    assert entry.control.words.endswith(entry.control.others)


def test_something_stands_beside_every_kpi(entry: Kpi) -> None:
    assert entry.counterweights


def test_counterweights_are_other_kpis(entry: Kpi) -> None:
    assert set(entry.counterweights) <= set(kpis()) - {entry.id}


def test_columns_it_speaks_of_exist(entry: Kpi) -> None:
    if entry.notes_column is not None:
        table, column = entry.notes_column.split(".")
        assert dataset(table).has(column)
    if entry.numerator_column is not None:
        table, column = entry.numerator_column.column.split(".")
        assert dataset(table).column(column).blank_is_zero
        assert {measures()[name].dataset for name in entry.numerator_column.of.measures} == {table}


def test_pending_incidents_of_its_kinds_are_measures(entry: Kpi) -> None:
    assert {f"{kind}_pending" for kind in entry.incident_kinds} <= set(measures())


def test_money_comes_from_datasets_that_hold_amounts() -> None:
    of_money = {each.name for each in measures().values() if each.money}
    assert {"receipts", "ar_balance", "payroll"} <= of_money
    assert not {"visits", "work_rvus", "charge_lines", "waits"} & of_money
    for name in of_money:
        columns = dataset(measures()[name].dataset).columns
        assert any(column.kind is Kind.MONEY for column in columns)


def test_a_kpi_that_compares_asks_its_minimum_of_both_periods() -> None:
    assert {id for id, each in kpis().items() if each.minimum and each.minimum.each} == {
        "revenue_growth", "operating_cost_reduction", "cost_per_visit_reduction",
    }  # fmt: skip


MINIMA = {
    "revenue_growth": 3, "operating_cost_reduction": 3, "cost_per_visit_reduction": 300,
    "overhead_ratio": 3, "operating_margin": 3, "budget_variance": 3, "ar_turnover": 3,
    "days_in_ar": 3, "ar_over_90_share": 3, "ar_over_120_share": 3,
    "net_collection_rate": 50_000, "gross_collection_rate": 50_000, "clean_claim_rate": 30,
    "denial_rate": 30, "charge_lag_days": 30, "visit_collection_share": 30,
    "bad_debt_rate": 3, "overtime_share": 500, "payroll_ratio": 3, "revenue_per_visit": 100,
    "median_wait_minutes": 100, "p90_wait_minutes": 100, "seen_within_15_minutes": 30,
    "median_cycle_minutes": 100, "no_show_rate": 30, "late_cancellation_rate": 30,
    "practice_cancellation_rate": 30, "scheduling_accuracy": 100, "slot_utilization": 10,
    "third_next_available_days": 8, "patients_per_day": 10, "visits_per_staff_fte": 3,
    "work_rvus_per_staff_fte": 3, "call_abandonment_rate": 200, "average_answer_seconds": 200,
    "staff_turnover": 5, "new_patient_share": 100, "satisfaction_score": 30,
    "top_box_share": 30, "net_promoter_score": 100, "survey_response_rate": 50,
    "complaint_rate": 500, "complaints_resolved_in_7_days": 5, "compliance_violations": None,
    "hipaa_violations": None, "osha_violations": None, "billing_violations": None,
    "ethics_violations": None, "records_breached": None, "osha_recordables": None,
    "osha_trir": 200_000, "late_incident_reports": None, "audit_pass_rate": 3,
    "audits_on_time": 2, "corrective_actions_on_time": 1, "training_on_time": 10,
    "coding_accuracy": 30,
}  # fmt: skip
"""The least n of every KPI of the reference."""


def test_the_minima_of_the_reference() -> None:
    found = {id: each.minimum and each.minimum.least for id, each in kpis().items()}
    assert {id: found[id] for id in MINIMA} == MINIMA


def test_which_way_is_better() -> None:
    lower = {
        "overhead_ratio", "days_in_ar", "ar_over_90_share", "ar_over_120_share", "denial_rate",
        "charge_lag_days", "bad_debt_rate", "overtime_share", "payroll_ratio",
        "median_wait_minutes", "p90_wait_minutes", "median_cycle_minutes", "no_show_rate",
        "late_cancellation_rate", "practice_cancellation_rate", "third_next_available_days",
        "call_abandonment_rate", "average_answer_seconds", "staff_turnover", "complaint_rate",
        "compliance_violations", "hipaa_violations", "osha_violations", "billing_violations",
        "ethics_violations", "records_breached", "osha_recordables", "osha_trir",
        "late_incident_reports",
    }  # fmt: skip
    band = {"budget_variance", "slot_utilization", "new_patient_share"}
    reference = {id: each for id, each in kpis().items() if id in MINIMA}
    assert {id for id, each in reference.items() if each.better is Better.LOWER} == lower
    assert {id for id, each in reference.items() if each.better is Better.BAND} == band


def test_the_units_that_are_not_shares() -> None:
    """Those that the reference gives in percent a year are percent; wRVU a month are counts."""
    units = {
        "ar_turnover": "times_per_year", "days_in_ar": "days", "charge_lag_days": "days",
        "revenue_per_visit": "dollars", "median_wait_minutes": "minutes",
        "p90_wait_minutes": "minutes", "median_cycle_minutes": "minutes",
        "third_next_available_days": "days", "patients_per_day": "count",
        "visits_per_staff_fte": "count_per_month", "work_rvus_per_staff_fte": "count_per_month",
        "average_answer_seconds": "seconds", "satisfaction_score": "points",
        "net_promoter_score": "points", "complaint_rate": "per_1000_visits",
        "compliance_violations": "count", "hipaa_violations": "count", "osha_violations": "count",
        "billing_violations": "count", "ethics_violations": "count", "records_breached": "count",
        "osha_recordables": "count", "osha_trir": "per_200000_hours",
        "late_incident_reports": "count",
    }  # fmt: skip
    found = {id: str(kpis()[id].unit) for id in MINIMA if kpis()[id].unit != "percent"}
    assert found == units


def test_what_is_rare() -> None:
    """Where none of it happened in complete months there is nothing to judge."""
    assert {id for id in MINIMA if kpis()[id].rare} == {
        "complaints_resolved_in_7_days", "audit_pass_rate", "audits_on_time",
        "corrective_actions_on_time", "training_on_time", "coding_accuracy",
    }  # fmt: skip


def test_every_measure_is_of_a_dataset() -> None:
    known = {each.name for each in all_datasets()}
    assert {each.dataset for each in measures().values()} <= known


def test_what_a_kpi_reads() -> None:
    assert datasets_of(kpi("complaint_rate")) == {"appointments", "complaints"}
    assert datasets_of(kpi("net_collection_rate")) == {"charges", "payments"}
    assert datasets_of(kpi("hipaa_violations")) == {"incidents"}


def test_an_unknown_kpi_gets_the_nearest_name() -> None:
    with pytest.raises(NotFound, match=r"no KPI 'days_in_AR' .*Did you mean 'days_in_ar'\?"):
        kpi("days_in_AR")


def test_an_entry_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown keys"):
        _kpi("any", "financial", {"nmae": "Any"})


def test_reading_the_catalogue_s_names_loads_no_yaml() -> None:
    code = "import sys, kpi.catalogue, kpi.score.scoring; print('ruamel.yaml' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"

"""The catalogue's entries: complete, consistent, in plain words, and loaded only when asked for."""

import subprocess
import sys

import pytest

from kpi.catalogue import Better, Kpi, datasets_of, kpi, kpis, measures
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
    assert entry.standard
    assert entry.typical
    assert entry.family in {"financial", "operational", "satisfaction", "compliance"}


def test_counterweights_are_other_kpis(entry: Kpi) -> None:
    assert set(entry.counterweights) <= set(kpis()) - {entry.id}


def test_columns_it_speaks_of_exist(entry: Kpi) -> None:
    for name in (entry.depends_on_column, entry.notes_column):
        if name is not None:
            table, column = name.split(".")
            assert dataset(table).has(column)


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


def test_the_minima_of_the_reference() -> None:
    least = {
        "revenue_growth": 3, "operating_cost_reduction": 3, "cost_per_visit_reduction": 300,
        "overhead_ratio": 3, "ar_turnover": 3, "days_in_ar": 3, "ar_over_90_share": 3,
        "net_collection_rate": 50_000, "median_wait_minutes": 100, "p90_wait_minutes": 100,
        "seen_within_15_minutes": 30, "no_show_rate": 30, "scheduling_accuracy": 100,
        "patients_per_day": 10, "satisfaction_score": 30, "top_box_share": 30,
        "net_promoter_score": 100, "complaint_rate": 500, "complaints_resolved_in_7_days": 5,
        "compliance_violations": None, "hipaa_violations": None,
    }  # fmt: skip
    assert {id: each.minimum and each.minimum.least for id, each in kpis().items()} == least


def test_which_way_is_better() -> None:
    lower = {
        "overhead_ratio", "days_in_ar", "ar_over_90_share", "median_wait_minutes",
        "p90_wait_minutes", "no_show_rate", "complaint_rate", "compliance_violations",
        "hipaa_violations",
    }  # fmt: skip
    assert {id for id, each in kpis().items() if each.better is Better.LOWER} == lower
    assert {id for id, each in kpis().items() if each.better is Better.BAND} == set()


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

"""Which kind of margin each KPI has, by the shape of its formula."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kpi.catalogue import Unit, kpi, kpis, measures, parse
from kpi.score.margin_kind import margin_kind, months_make_up

SUMS_OF_CATALOGUE = {
    "share": 16,
    "difference": 1,
    "count": 7,
    "rate": 3,
    "quantile": 3,
    "usual": 27,
}


def test_all_of_the_catalogue() -> None:
    assert Counter(margin_kind(each) for each in kpis().values()) == SUMS_OF_CATALOGUE


@pytest.mark.parametrize(
    ("id", "kind"),
    [
        ("no_show_rate", "share"),
        ("scheduling_accuracy", "share"),  # 1 less a share
        ("seen_within_15_minutes", "share"),
        ("net_promoter_score", "difference"),
        ("hipaa_violations", "count"),
        ("compliance_violations", "count"),
        ("complaint_rate", "rate"),
        ("staff_turnover", "rate"),  # people who left, for those who could
        ("p90_wait_minutes", "quantile"),
        ("revenue_growth", "usual"),
        ("overhead_ratio", "usual"),
        ("ar_over_90_share", "usual"),  # money, though a share
        ("overtime_share", "usual"),  # hours are no cases
        ("slot_utilization", "usual"),
        ("charge_lag_days", "usual"),
        ("patients_per_day", "usual"),  # visits for days, no part of them
        ("visits_per_staff_fte", "usual"),
        ("satisfaction_score", "usual"),
        ("top_box_share", "usual"),  # several answers come of one patient
        ("records_breached", "usual"),  # one breach exposes many
    ],
)
def test_the_kind_follows_the_formula(id: str, kind: str) -> None:
    assert margin_kind(kpi(id)) == kind


@pytest.mark.parametrize(
    ("formula", "unit", "kind"),
    [
        ("count(appointments, appointment_type == 'flu shot') / visits", Unit.PERCENT, "share"),
        ("count(appointments, appointment_type == 'flu shot')", Unit.COUNT, "count"),
        ("sum(charges.amount)", Unit.DOLLARS, "usual"),
        ("visits / clinic_days", Unit.COUNT, "usual"),
        ("closing(headcount)", Unit.COUNT, "usual"),
        ("quantile(0.75, cycles)", Unit.MINUTES, "quantile"),
    ],
)
def test_a_kpi_of_a_role_s_own(formula: str, unit: Unit, kind: str) -> None:
    own = replace(kpi("no_show_rate"), formula=parse(formula, measures()), unit=unit)
    assert margin_kind(own) == kind


def test_how_months_make_up_a_period() -> None:
    assert months_make_up(kpi("overhead_ratio")) == "mean"
    assert months_make_up(kpi("days_in_ar")) == "balance"
    assert months_make_up(kpi("records_breached")) == "sum"

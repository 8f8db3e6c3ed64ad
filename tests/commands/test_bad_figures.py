"""Figures that cannot be: each gives a status and a sentence, never a failure and never a zero."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from tests.commands.running import Shell
from tests.office import Office
from tests.scored import ROLE, assigned, ledger, published, scored_office

AT = ("--practice", "lakeside")


@dataclass(frozen=True)
class Case:
    """Files of a practice that holds nothing else, what is asked, and what has to be said."""

    kpi: str
    period: tuple[str, str]
    files: tuple[str, ...]
    status: str
    says: str


CASES = {
    "a month that is not reported": Case(
        "overhead_ratio", ("2026-01", "2026-03"), (ledger("2026-01"), ledger("2026-03")),
        "no_data", "ledger for February 2026 (no file yet)"),
    "a dataset that the practice never uploads": Case(
        "average_answer_seconds", ("2026-01", "2026-01"), (ledger("2026-01"),),
        "no_data", "calls for January 2026 (no file yet)"),
    "one of two datasets that it never uploads": Case(
        "revenue_per_visit", ("2026-01", "2026-01"), (ledger("2026-01"),),
        "no_data", "appointments for January 2026 (no file yet)"),
    "a practice in its first month": Case(
        "revenue_growth", ("2026-01", "2026-01"), (ledger("2026-01"),),
        "no_data", "the year before, to compare with"),
    "a balance that nothing opens": Case(
        "ar_turnover", ("2026-01", "2026-01"),
        ("as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n"
         "2026-01-31,3000,0,0,0,0\n",
         "charge_id,posted_date,amount\nC1,2026-01-05,1000\n"),
        "no_data", "its balance opens the period"),
    "revenue below zero": Case(
        "overhead_ratio", ("2026-01", "2026-01"),
        ("month,account,kind,amount,category\n2026-01,Fees,revenue,-1000.00,\n"
         "2026-01,Rent,expense,650.00,rent\n",),
        "no_data", "what it is measured against comes to 0 or less"),
    "a year before below zero": Case(
        "revenue_growth", ("2026-01", "2026-01"),
        ("month,account,kind,amount\n2025-01,Fees,revenue,-5\n2026-01,Fees,revenue,5\n",),
        "no_data", "the same months a year before come to 0 or less"),
    "nothing to divide by": Case(
        "survey_response_rate", ("2026-01", "2026-01"),
        ("response_id,question,score,scale_min,scale_max,answered_on\n"
         "S1,overall,5,1,5,2026-01-05\n",),
        "no_data", "comes to 0 or less"),
    "nothing to judge": Case(
        "corrective_actions_on_time", ("2026-01", "2026-01"),
        ("audit_id,kind,performed_on,passed\nU1,cash,2026-01-05,true\n",),
        "not_applicable", "Nothing to judge"),
    "too little to judge": Case(
        "satisfaction_score", ("2026-01", "2026-01"),
        ("response_id,question,score,scale_min,scale_max,answered_on\n"
         "S1,overall,5,1,5,2026-01-05\n",),
        "too_few", "1 answers, and at least 30 are needed"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_figure_that_cannot_be_says_why(shell: Shell, engine: Engine, name: str) -> None:
    case = CASES[name]
    office = Office(engine)
    published(office)
    assigned(office, period="2024-01")
    for text in case.files:
        office.load(text, covers="2026-01" if "posted_date" in text else "")
    asked = ("--manager", "dana", "--from", case.period[0], "--to", case.period[1])
    found = shell.done("explain", case.kpi, *asked, "--format", "json").document
    assert found["status"] == case.status
    assert case.says in found["reason"]
    if case.status != "too_few":
        assert found["value"] is None
    shown = shell.done("explain", case.kpi, *asked).out
    assert case.says in shown
    scored = shell.done("score", *asked, "--format", "json").document
    assert scored["score"] is None
    lacking = [row for row in scored["kpis"] if row["status"] == "no_data"]
    assert lacking
    assert all(row["value"] is None and row["reason"] for row in lacking)


def test_a_leap_february_has_29_days(shell: Shell, engine: Engine) -> None:
    """2,900 owed and 1,000 charged in 29 days: 2,900 / (1,000 / 29) = 84.1 days, not 81.2; over
    the first quarter, of 91 days, 2,900 / (3,000 / 91) = 87.9666…"""
    office = Office(engine)
    assigned(office, period="2024-01")
    office.load(
        "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n"
        "2024-02-29,2900,0,0,0,0\n2024-03-31,2900,0,0,0,0\n"
    )
    lines = "".join(f"C{month},2024-0{month}-05,1000\n" for month in (1, 2, 3))
    office.load(f"charge_id,posted_date,amount\n{lines}", covers="2024-01..2024-03")
    for first, last, expected in (("02", "02", 84.1), ("01", "03", 2900 * 91 / 3000)):
        found = shell.done(
            "explain", "days_in_ar", "--manager", "dana", "--from", f"2024-{first}",
            "--to", f"2024-{last}", "--format", "json",
        ).document  # fmt: skip
        assert found["value"] == pytest.approx(expected, rel=1e-12)


# -- formulas of a role ---------------------------------------------------------------------------

FORMULAS = {
    "an unknown measure": ("no_shows / vists", "Did you mean 'visits'?"),
    "an unknown function": ("median(waits)", "there is no function 'median'"),
    "an unknown dataset": ("count(appointment) / visits", "Did you mean 'appointments'?"),
    "dollars and visits added": ("receipts + visits", "cannot be added to dollars"),
    "dollars for a share": ("receipts", "comes to dollars"),
    "ten thousand brackets": ("(" * 10_000 + "visits" + ")" * 10_000, "at most 500"),
    "brackets too deep": ("(" * 100 + "visits" + ")" * 100, "nested deeper than 30 levels"),
    "a bracket that stays open": ("(visits", "')' should be"),
    "a number without end": ("visits * 1e999", "too large"),
    "code": ("__import__('os').system('true')", "there is no function '__import__'"),
    "nothing": ("", "is written"),
}


def with_formula(formula: str) -> str:
    own = f"""\
  custom_kpis:
    - id: own_rate
      name: Own rate
      unit: percent
      better: higher
      formula: "{formula}"
  kpis:
    - kpi: own_rate
      weight: 40
      floor: 10%
      target: 50%
      minimum: 1
"""
    whole = ROLE[ROLE.index("    - kpi: overhead_ratio") : ROLE.index("    - kpi: satisfaction")]
    return ROLE.replace(whole, "").replace("  kpis:\n    - kpi: sat", f"{own}    - kpi: sat")


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_that_cannot_be_is_refused_at_its_place(
    shell: Shell, engine: Engine, name: str
) -> None:
    Office(engine)
    formula, says = FORMULAS[name]
    text = with_formula(formula)
    file = shell.file("role.yaml", text)
    line = text[: text.index("formula:")].count("\n") + 1
    ran = shell("role", "check", file, "--format", "json")
    assert ran.status == 1
    findings = [each for each in ran.document["findings"] if each["level"] == "error"]
    at_formula = [each for each in findings if each["line"] == line]
    assert len(at_formula) == 1, findings
    assert says in at_formula[0]["message"]
    refused = shell("role", "publish", file, *AT)
    assert refused.status == 1
    assert f"role.yaml:{line}:" in refused.err
    assert says in refused.err


def test_a_division_by_zero_is_no_figure(shell: Shell, engine: Engine) -> None:
    office = scored_office(engine)
    text = with_formula("complaints / (complaints_due - complaints_due)")
    published(office, text.replace('"2026.1"', '"2026.2"').replace("2026-01\n", "2026-02\n"))
    asked = ("--manager", "dana", "--from", "2026-02", "--to", "2026-03", "--format", "json")
    found = shell.done("explain", "own_rate", *asked).document
    assert (found["status"], found["value"]) == ("no_data", None)
    assert "comes to 0 or less" in found["reason"]
    (row,) = [
        each for each in shell.done("score", *asked).document["kpis"] if each["id"] == "own_rate"
    ]
    assert (row["status"], row["value"], row["attainment"]) == ("no_data", None, None)

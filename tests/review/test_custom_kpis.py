"""KPIs that a role defines itself, from the file's rows to the score and back."""

from sqlalchemy import Engine, select

from kpi.access.actor import operator
from kpi.measures.defined import stored_name
from kpi.months import Month
from kpi.review.explained.explanation import explain, explain_rows
from kpi.review.scores.scoring import score_manager
from kpi.score.model import KpiScore
from kpi.store.engine import reading
from kpi.store.tables import defined_measures, monthly_measures
from tests.office import Office
from tests.scored import ROLE, assigned, published

OWN = """\
  custom_kpis:
    - id: flu_shot_rate
      name: Flu shot rate
      unit: percent
      better: higher
      formula: "count(appointments, appointment_type == 'flu shot') / visits"
    - id: aster_charges
      name: Charges to Aster
      unit: dollars
      better: higher
      formula: "sum(charges.amount, payer == 'Aster')"
  kpis:
    - kpi: flu_shot_rate
      weight: 20
      floor: 0%
      target: 50%
    - kpi: aster_charges
      weight: 20
      floor: $0
      target: $400
"""
ROLE_WITH_OWN = (
    ROLE.replace("weight: 30", "weight: 5").replace("weight: 20", "weight: 5")
).replace("  kpis:\n    - kpi: overhead", OWN + "    - kpi: overhead")
FIRST, LAST = Month(2026, 1), Month(2026, 3)


def visits(month: str, kinds: str, start: int = 0) -> str:
    """Completed visits on the weekdays of a month, a letter each: f a flu shot, c a check-up,
    - no kind."""
    words = {"f": "Flu shot", "c": "check-up", "-": ""}
    rows = "".join(
        f"A{month}{at},{month}-{at % 28 + 1:02d} 09:00,completed,{words[kind]}\n"
        for at, kind in enumerate(kinds, start)
    )
    return "appointment_id,start_at,status,appointment_type\n" + rows


def fill(office: Office) -> None:
    """84 visits, 28 a month, of which 7 + 14 + 0 are flu shots; 100 + 50.50 charged to Aster."""
    for month, kinds in (("2026-01", "fccc"), ("2026-02", "fc"), ("2026-03", "cc")):
        office.load(visits(month, kinds * (28 // len(kinds))))
    for at, month in enumerate(("2026-01", "2026-02", "2026-03")):
        days = "".join(f"C{month}{day},{month}-{day:02d},1.00,Birch\n" for day in range(1, 29))
        office.load(f"charge_id,posted_date,amount,payer\n{days}X{at},{month}-10,{AMOUNTS[at]}\n")


AMOUNTS = ("100.00,Aster", "50.50,aster", "7.00,Birch")


def rows_of(engine: Engine) -> dict[str, KpiScore]:
    found = score_manager(engine, operator(), "dana", FIRST, LAST)
    return {row.kpi.id: row for row in found.score.rows}


def test_it_is_scored_like_any_other(engine: Engine) -> None:
    """21 of 84 is 25%, halfway from 0% to 50%: 50 points. 150.50 of 400 dollars: 37.625."""
    office = Office(engine)
    fill(office)
    published(office, ROLE_WITH_OWN)
    assigned(office)
    rows = rows_of(engine)
    flu, aster = rows["flu_shot_rate"], rows["aster_charges"]
    assert (flu.result.value, flu.result.numerator, flu.result.denominator) == (0.25, 21, 84)
    assert (flu.result.n, flu.attainment) == (84, 50)
    assert (aster.result.value, aster.attainment) == (150.5, 37.625)


def test_loading_and_undoing_keep_it_up_to_date(engine: Engine) -> None:
    """Four more flu shots in March: 25 of 88; the January file undone leaves no January."""
    office = Office(engine)
    fill(office)
    published(office, ROLE_WITH_OWN)
    assigned(office)
    more = office.load(visits("2026-03", "ffff", start=100))
    assert rows_of(engine)["flu_shot_rate"].result.value == 25 / 88
    office.undo(more)
    assert rows_of(engine)["flu_shot_rate"].result.value == 0.25
    office.undo(1)
    lacking = rows_of(engine)["flu_shot_rate"].result
    assert (lacking.value, lacking.reason) == (
        None, "Not complete: appointments for January 2026 (no file yet)."
    )  # fmt: skip


def test_a_blank_column_does_not_help(engine: Engine) -> None:
    """28 of 84 visits do not say what kind they were: more than a fifth."""
    office = Office(engine)
    for month, kinds in (("2026-01", "----"), ("2026-02", "ffff"), ("2026-03", "ffff")):
        office.load(visits(month, kinds * 7))
    published(office, ROLE_WITH_OWN)
    assigned(office)
    found = rows_of(engine)["flu_shot_rate"].result
    assert (found.value, found.status) == (56 / 84, "too_few")
    assert str(found.reason).startswith(
        "Too few records of appointments fill appointment_type: 56 of 84"
    )


def test_it_is_explained_down_to_the_rows(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office, ROLE_WITH_OWN)
    assigned(office)
    found = explain(engine, operator(), "flu_shot_rate", "dana", FIRST, LAST)
    assert (found["numerator"], found["denominator"], found["records"]) == (21, 84, 84)
    counted = "count(appointments, appointment_type == 'flu shot')"
    assert [each["measures"][counted] for each in found["months"]] == [7, 14, 0]
    rows = list(explain_rows(engine, operator(), "flu_shot_rate", "dana", FIRST, LAST))
    numerator = [row for row in rows if row["measure"] == counted]
    assert len(numerator) == 21
    assert {row["appointment_type"] for row in numerator} == {"Flu shot"}


def test_a_new_formula_computes_only_what_is_new(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office, ROLE_WITH_OWN)
    with reading(engine) as connection:
        before = set(connection.execute(select(monthly_measures)).all())
        names = set(connection.execute(select(defined_measures.c.measure)).scalars())
    changed = ROLE_WITH_OWN.replace("'flu shot')", "'check-up')").replace('"2026.1"', '"2026.2"')
    published(office, changed)
    new = stored_name("count(appointments, appointment_type == 'check-up')")
    with reading(engine) as connection:
        after = set(connection.execute(select(monthly_measures)).all())
        assert set(connection.execute(select(defined_measures.c.measure)).scalars()) - names == {
            new
        }
    assert {row.measure for row in after - before} == {new}
    assert before <= after

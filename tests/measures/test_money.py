"""Measures of charges, payments, balances and the ledger, from records counted by hand."""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.accounts import set_account
from kpi.ingest.undoing import undo
from tests.office import Office


def test_charges(engine: Engine) -> None:
    """180.00 + 95.50 − 95.50 + 0.10 + 0.20 + 60 = 240.30; lags 1, 0, 31 and 3; a service after its
    posting and a blank one have none."""
    office = Office(engine)
    office.load(
        "charge_id,posted_date,amount,service_date,units,work_rvu\n"
        "C1,2026-01-06,180.00,2026-01-05,1,1.3\n"
        "C2,2026-01-06,95.50,2026-01-06,2,0.7\n"
        "C3,2026-01-31,-95.50,2025-12-31,1,-0.7\n"
        "C4,2026-01-31,0.10,2026-02-01,1,\n"
        "C5,2026-01-31,0.20,,1,0.0001\n"
        "C6,2026-01-15,60,2026-01-12,1,2\n"
        "C7,2026-02-01,1000,2026-01-31,1,9\n"
    )
    found = office.of("charges", "2026-01")
    assert found == {
        "gross_charges": 240.30,
        "work_rvus": pytest.approx(3.3001, rel=1e-12),
        "work_rvu_lines": 5,  # all but C4
        "lag_lines": 4,
        "lag_days": 35,
        "charge_lines": 6,
    }


def test_payments(engine: Engine) -> None:
    """Receipts 100 + 40 − 15.25 + 25 + 30 + 5 − 5 = 179.75; of patients with at_visit said
    40 − 15.25 + 25 = 49.75 in three postings, of these at the visit 40 − 15.25 = 24.75; two
    patient postings do not say."""
    office = Office(engine)
    office.load(
        "payment_id,posted_date,amount,kind,source,at_visit\n"
        "P1,2026-01-05,100.00,payment,insurance,\n"
        "P2,2026-01-05,40.00,payment,patient,true\n"
        "P3,2026-01-06,-15.25,refund,patient,true\n"
        "P4,2026-01-06,25.00,payment,patient,false\n"
        "P5,2026-01-07,30.00,payment,patient,\n"
        "P6,2026-01-07,5.00,payment,,true\n"
        "P7,2026-01-07,-5.00,refund,patient,\n"
        "P8,2026-01-08,60.00,contractual,insurance,\n"
        "P9,2026-01-08,-10.00,contractual,insurance,\n"
        "P10,2026-01-08,12.50,bad_debt,patient,\n"
        "P11,2026-01-08,7.00,other_adjustment,patient,\n"
        "P12,2026-02-01,999.00,payment,patient,true\n"
    )
    assert office.of("payments", "2026-01") == {
        "receipts": 179.75,
        "contractual": 50.00,
        "bad_debt": 12.50,
        "patient_receipts": 49.75,
        "patient_postings": 3,
        "patient_postings_unplaced": 2,
        "visit_receipts": 24.75,
    }


AGING = "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits"


def test_the_last_balance_of_a_month_stands(engine: Engine) -> None:
    """Three payers: (100+50+20+10+5) + (1000+500+200+100+50) + (7+3) = 2045; over 90: 15 + 150 +
    10; over 120: 5 + 50 + 3. Credits are in none."""
    office = Office(engine)
    office.load(
        f"{AGING},payer\n"
        "2026-01-15,9,9,9,9,9,0,Aetna\n"
        "2026-01-31,100,50,20,10,5,-30,Aetna\n"
        "2026-01-31,1000,500,200,100,50,-70,Self\n"
        "2026-01-31,0,0,0,7,3,-1,Medicaid\n"
        "2026-02-28,1,2,3,4,5,,Aetna\n"
    )
    assert office.of("ar_aging", "2026-01") == {
        "ar_balance": 2045.0,
        "ar_over_90": 175.0,
        "ar_over_120": 58.0,
    }
    assert office.of("ar_aging", "2026-02") == {
        "ar_balance": 15.0,
        "ar_over_90": 9.0,
        "ar_over_120": 5.0,
    }


def test_the_last_balance_of_each_location_and_part(engine: Engine) -> None:
    """East's last day is the 31st, West's the 30th; each part of West has its own last day."""
    office = Office(engine)
    office.load(
        f"{AGING},location,part\n"
        "2026-01-30,1,0,0,0,0,,East,\n"
        "2026-01-31,2,0,0,0,0,,East,\n"
        "2026-01-29,64,0,0,0,0,,West,patient\n"
        "2026-01-30,4,0,0,0,0,,West,insurance\n"
        "2026-01-30,8,0,0,0,0,,West,patient\n"
    )
    assert office.value("2026-01", "ar_balance") == 14
    assert office.value("2026-01", "ar_balance", "East") == 2
    assert office.value("2026-01", "ar_balance", "West") == 12


def test_a_later_balance_of_the_whole_practice_takes_the_locations_place(engine: Engine) -> None:
    """They are the same money twice."""
    office = Office(engine)
    office.load(f"{AGING},location\n2026-01-30,1,0,0,0,0,,East\n2026-01-30,2,0,0,0,0,,West\n")
    assert office.value("2026-01", "ar_balance") == 3
    whole = office.load(f"{AGING}\n2026-01-31,4,0,0,0,0,\n")
    assert office.value("2026-01", "ar_balance") == 4
    assert office.value("2026-01", "ar_balance", "East") == 0
    undo(engine, operator(), office.practice.id, whole)
    assert office.value("2026-01", "ar_balance") == 3


LEDGER = """\
month,account,kind,amount,category,budget,basis
2026-01,Fees,revenue,10000.00,,,accrual
2026-01,Refunds to patients,revenue,-500.00,,,accrual
2026-01,Interest,other_income,70.00,,,accrual
2026-01,Loan interest,other_expense,30.00,,,accrual
2026-01,Physician draw,expense,4000.00,provider_compensation,,accrual
2026-01,Wages,expense,2000.00,payroll,1900.00,accrual
2026-01,Rent,expense,800.00,rent,800.00,accrual
2026-01,Gloves,expense,120.45,supplies,,accrual
2026-02,Fees,revenue,1.00,,,accrual
"""


def test_the_ledger(engine: Engine) -> None:
    """Other income and expense enter nothing; 2,920.45 is what is left without the draw."""
    office = Office(engine)
    office.load(LEDGER)
    assert office.of("ledger", "2026-01") == {
        "revenue": 9500.00,
        "expenses": 6920.45,
        "operating_expenses": 2920.45,
        "payroll": 2000.00,
        "budget_amount": 2700.00,
        "budget_actual": 2800.00,
    }
    assert office.of("ledger", "2026-02") == {"revenue": 1.00}


def test_accounts_without_a_category_are_named_once_mapped_they_count(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "month,account,kind,amount\n"
        "2026-01,Fees,revenue,100\n"
        "2026-01,Wages,expense,60.20\n"
        "2026-01,Draw,expense,30.10\n"
        "2026-02,Wages,expense,1\n"
    )
    lacking = ("uncategorised_accounts", "uncategorised_amount")
    assert office.values("2026-01", lacking) == dict(zip(lacking, (2, 90.30), strict=True))
    set_account(engine, operator(), office.practice.id, "Wages", "payroll")
    assert office.values("2026-01", lacking) == dict(zip(lacking, (1, 30.10), strict=True))
    assert office.values("2026-02", lacking) == dict(zip(lacking, (0, 0), strict=True))
    assert office.value("2026-02", "payroll") == 1
    set_account(engine, operator(), office.practice.id, "Draw", "provider_compensation")
    assert office.of("ledger", "2026-01") == {
        "revenue": 100,
        "expenses": 90.30,
        "operating_expenses": 60.20,
        "payroll": 60.20,
    }


def test_an_account_at_two_locations_is_one_account(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "month,account,kind,amount,location\n"
        "2026-01,Wages,expense,60,East\n"
        "2026-01,Wages,expense,40,West\n"
        "2026-01,Rent,expense,10,West\n"
    )
    lacking = ("uncategorised_accounts", "uncategorised_amount")
    assert office.values("2026-01", lacking) == dict(zip(lacking, (2, 110), strict=True))


def test_the_files_own_category_goes_before_the_mapped_one(engine: Engine) -> None:
    office = Office(engine)
    office.load("month,account,kind,amount\n2026-01,Wages,expense,60\n")
    set_account(engine, operator(), office.practice.id, "Wages", "provider_compensation")
    assert office.value("2026-01", "operating_expenses") == 0
    office.load("month,account,kind,amount,category\n2026-01,Wages,expense,60,payroll\n")
    assert office.value("2026-01", "operating_expenses") == 60

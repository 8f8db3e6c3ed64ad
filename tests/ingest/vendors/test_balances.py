"""Balances by age of three vendors, mapped from what is known by hearsay."""

from datetime import date
from io import BytesIO

from kpi.ingest.proposing import proposals_of
from tests.ingest.vendors.mapped import FILES, confirmed, plain, proposed, read_by

DAY = date(2026, 1, 31)


def test_tebra_takes_the_day_from_the_title_and_leaves_repeated_totals_alone() -> None:
    proposal = proposed("tebra_ar_aging_by_insurance.csv")
    assert proposal.complete
    assert set(proposal.dropped) == {"Phone", "Total Balance", "Textbox61", "Textbox62"}
    taken = read_by(proposal, FILES / "tebra_ar_aging_by_insurance.csv")
    assert plain("ar_aging", taken.rows) == [
        {"as_of": DAY, "days_0_30": 1200.0, "days_31_60": 300.0, "days_61_90": 80.0,
         "days_91_120": 0.0, "days_over_120": 150.0, "credits": -40.0,
         "payer": "Blue Example PPO"},
        {"as_of": DAY, "days_0_30": 650.5, "days_31_60": 120.0, "days_61_90": 0.0,
         "days_91_120": 25.0, "days_over_120": 60.0, "credits": 0.0, "payer": "Example Mutual"},
        {"as_of": DAY, "days_0_30": 400.0, "days_31_60": 0.0, "days_61_90": 0.0,
         "days_91_120": 0.0, "days_over_120": 0.0, "credits": -20.0, "payer": "Sample Health"},
    ]  # fmt: skip


def test_tebra_turns_credits_that_are_written_as_positive_amounts() -> None:
    text = (FILES / "tebra_ar_aging_by_insurance.csv").read_text("utf-8-sig")
    turned = text.replace("($40.00)", "$40.00").replace("($20.00)", "$20.00")
    (proposal,) = proposals_of(BytesIO(turned.encode()), "aging.csv")
    rows = plain("ar_aging", read_by(proposal, turned).rows)
    assert [row["credits"] for row in rows] == [-40.0, 0.0, -20.0]


def test_advancedmd_adds_up_its_last_two_buckets() -> None:
    proposal = proposed("advancedmd_ar_aging.xls")
    assert proposal.complete
    taken = read_by(proposal, FILES / "advancedmd_ar_aging.xls")
    assert plain("ar_aging", taken.rows) == [
        {"as_of": DAY, "days_0_30": 1000.0, "days_31_60": 200.0, "days_61_90": 50.0,
         "days_91_120": 20.0, "days_over_120": 100.0, "credits": -25.0,
         "payer": "Blue Example PPO"},
        {"as_of": DAY, "days_0_30": 500.0, "days_31_60": 0.0, "days_61_90": 10.0,
         "days_91_120": 0.0, "days_over_120": 5.5, "credits": 0.0, "payer": "Example Mutual"},
    ]  # fmt: skip
    assert taken.left_out == {"total row": 1}


def test_open_dental_cannot_say_what_is_older_than_120_days_and_asks() -> None:
    proposal = proposed("opendental_aging.txt")
    assert proposal.missing == ("days_over_120",)
    assert "no end" in proposal.guesses["days_91_120"].grounds
    taken = read_by(confirmed("opendental_aging.txt"), FILES / "opendental_aging.txt")
    rows = plain("ar_aging", taken.rows)
    assert [(row["days_91_120"], row["days_over_120"]) for row in rows] == [
        (10.0, 0.0), (300.0, 0.0), (75.25, 0.0),
    ]  # fmt: skip
    assert [row["days_0_30"] for row in rows] == [120.0, 80.5, 0.0]
    assert taken.left_out == {"total row": 1}

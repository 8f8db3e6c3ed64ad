"""The real exports that lie beside the project, where they do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.datasets.stored import days_of
from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import profile_named
from tests.ingest.opened import opened, taken

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real exports beside the project")


def test_synthea_encounters() -> None:
    found = taken(opened(DATA / "synthea_small_encounters.csv"))["appointments"]
    assert (len(found.rows), found.read, found.refused, found.blanked) == (388, 388, [], {})
    assert len({row["key"] for row in found.rows}) == 388


def test_synthea_claims_transactions() -> None:
    found = taken(opened(DATA / "synthea_small_claims_transactions.csv"))
    charges, payments = found["charges"], found["payments"]
    assert (len(charges.rows), len(payments.rows)) == (1_579, 2_086)
    transfers = {"transfer in": 951, "transfer out": 951}
    assert charges.left_out == {"another dataset's row": 2_086, **transfers}
    assert payments.left_out == {"another dataset's row": 1_579, **transfers}
    assert not charges.refused + payments.refused
    assert sum(row["source"] == "insurance" for row in payments.rows) == 1_470


def test_quickbooks_year_to_date_is_reconciled_and_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        opened(DATA / "qbo_pl_sandbox_ytd.csv")
    assert "income 10,200.77, net income 1,642.46" in str(refusal.value)
    assert "add up to its own totals" in str(refusal.value)


def test_synthea_claims() -> None:
    found = taken(opened(DATA / "synthea_small_claims.csv"))["claims"]
    assert (len(found.rows), found.read, found.refused, found.blanked) == (561, 561, [], {})
    # of 561 claims one is still billed, and 560 are closed in whatever way
    assert sum(row["outcome"] == "pending" for row in found.rows) == 1
    transactions = taken(opened(DATA / "synthea_small_claims_transactions.csv"))
    charged = {row["claim_id"] for row in transactions["charges"].rows}
    assert charged <= {row["key"] for row in found.rows}


def test_synthea_payers_are_refused_with_what_to_load_instead() -> None:
    with pytest.raises(FileRefused, match="sums over all years"):
        opened(DATA / "synthea_small_payers.csv")


def test_qualtrics_numbers_without_a_rating_are_not_taken_for_one() -> None:
    with pytest.raises(FileRefused, match=r"surely a rating. 'Q1' holds numbers"):
        opened(DATA / "qualtrics_3header_de.csv")


def test_qualtrics_is_read_with_a_profile_of_the_practices_own() -> None:
    shipped = profile_named("qualtrics")
    columns = {"Q1": {"question": "choice", "scale_min": 1, "scale_max": 5}}
    own = replace(shipped, name="ours", own=True, melt={**shipped.melt, "columns": columns})
    found = taken(opened(DATA / "qualtrics_3header_de.csv", profile="ours", own=[own]))["surveys"]
    assert [(row["line"], row["score"]) for row in found.rows] == [(4, 20_000)]
    assert found.rows[0]["answered_on"] == days_of(date(2017, 7, 18))

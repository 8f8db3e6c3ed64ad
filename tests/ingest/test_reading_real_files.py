"""The real exports that lie beside the project, where they do."""

from pathlib import Path

import pytest

from kpi.errors import FileRefused
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


@pytest.mark.parametrize(
    "name", ["synthea_small_claims.csv", "synthea_small_payers.csv", "qualtrics_3header_de.csv"]
)
def test_other_exports_are_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(FileRefused, match="kpi template"):
        opened(DATA / name)

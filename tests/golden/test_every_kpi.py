"""Every KPI of the catalogue has its golden value in the file of its family."""

from pathlib import Path

import pytest

from kpi.catalogue import Kpi, kpis

HERE = Path(__file__).parent


@pytest.mark.parametrize("entry", kpis().values(), ids=lambda each: each.id)
def test_every_kpi_of_the_catalogue_has_a_golden_value(entry: Kpi) -> None:
    text = (HERE / f"test_{entry.family}.py").read_text("utf-8")
    kind = entry.id.removesuffix("_violations")
    by_kind = f'"{kind}"' in text and 'f"{kind}_violations"' in text
    assert f'"{entry.id}"' in text or by_kind

"""How months are said on the console."""

import pytest

from kpi.commands.printing import month_ranges


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], ""),
        (["2026-03", "2026-01", "2026-02", "2026-05"], "2026-01 to 2026-03, 2026-05"),
        (["2025-12", "2026-01"], "2025-12 to 2026-01"),
        ([f"2026-{month:02}" for month in (1, 3, 5, 7)], "2026-01, 2026-03, 2026-05, 2026-07"),
        ([f"2026-{month:02}" for month in (1, 3, 5, 6, 8, 12)], "6 months from 2026-01 to 2026-12"),
    ],
)
def test_months_in_runs_and_of_many_gaps_how_many(months: list[str], said: str) -> None:
    assert month_ranges(months) == said

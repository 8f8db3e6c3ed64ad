"""Role files for the pages: one a KPI short of nothing, one with forty of them."""

from __future__ import annotations

from tests.dashboards.small_practice import ROLE

TEXT = ROLE.decode()
TARGETS = """\
    - {kpi: no_show_rate, weight: 60, floor: 10%, target: 5%, stretch: 3%}
    - {kpi: hipaa_violations, weight: 40, target: 0, gate: 60}
"""
LONG = "Assistant to the Deputy Coordinator of Front-Desk Operations and Patient Access <i>"


def with_targets(targets: str, version: str = "2025.2", effective: str = "2025-05") -> str:
    """The small practice's role with other targets, to be published next month."""
    text = TEXT.replace(TARGETS, targets).replace('"2025.1"', f'"{version}"')
    return text.replace("effective: 2025-01", f"effective: {effective}")


ONE = with_targets("    - {kpi: no_show_rate, weight: 100, floor: 10%, target: 5%}\n")
NEXT = with_targets(TARGETS.replace("target: 5%", "target: 4.5%"))
WRONG = with_targets(TARGETS.replace("floor: 10%", "floor: 2%").replace("weight: 40", "weight: 30"))


def forty() -> str:
    """A role with forty KPIs of its own and a long title."""
    ids = [f"own_{number:02d}" for number in range(40)]
    own = "".join(
        f'    - {{id: {id}, name: "Completed visits without a second call, counted as {id}", '
        "unit: percent, better: higher, formula: visits / visits}\n"
        for id in ids
    )
    targets = "".join(f"    - {{kpi: {id}, weight: 2.5, target: 50%}}\n" for id in ids)
    text = with_targets(f"{targets}  custom_kpis:\n{own}", "2025.40")
    return text.replace("title: Medical Office Manager", f'title: "{LONG}"')

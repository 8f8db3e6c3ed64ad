"""From targets as declared to the terms a manager is scored by: baselines are put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

from kpi.catalogue import Kpi
from kpi.errors import InputError
from kpi.role.model import Change, DeclaredTarget, Role, Terms, Threshold


def resolve(role: Role, baselines: Mapping[str, float]) -> tuple[Terms, ...]:
    """The terms of each KPI of a role, in the KPI's own unit and in the role's order.

    ``baselines`` gives the value of each KPI that has a baseline, in its unit (percent as a
    fraction). A relative change c of a value b is b·(1 + c); one of p percentage points is b + p.
    Raises InputError when a baseline's value is missing or not positive: of nothing, no share can
    be taken.
    """
    return tuple(
        _terms(target, baselines.get(target.kpi), role.own_kpi(target.kpi))
        for target in role.targets
    )


def _terms(declared: DeclaredTarget, value: float | None, own: Kpi | None) -> Terms:
    base = 0.0
    if declared.baseline is not None:
        months = f"{declared.baseline.first} to {declared.baseline.last}"
        if value is None:
            raise InputError(
                f"The targets of {declared.kpi} are changes from its value in {months}, and there "
                "is no such value. Load the exports of those months, or write the targets "
                "without a baseline."
            )
        if not value > 0:
            raise InputError(
                f"The targets of {declared.kpi} are changes from its value in {months}, which is "
                f"{value:g}; a change needs a value above 0. Write the targets without a baseline."
            )
        base = value
    return Terms(
        kpi=declared.kpi,
        weight=declared.weight,
        target=_threshold(declared.target, base),
        floor=None if declared.floor is None else _threshold(declared.floor, base),
        stretch=None if declared.stretch is None else _threshold(declared.stretch, base),
        gate=declared.gate,
        minimum=declared.minimum,
        own=own,
    )


@overload
def _threshold(declared: float | Change, base: float) -> float: ...
@overload
def _threshold(declared: Threshold | Change, base: float) -> Threshold: ...
def _threshold(declared: Threshold | Change, base: float) -> Threshold:
    if not isinstance(declared, Change):
        return declared
    return base * (1 + declared.amount) if declared.relative else base + declared.amount

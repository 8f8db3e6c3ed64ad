"""The value of a baseline: what a KPI came to in the months that targets are changes from."""

from __future__ import annotations

from kpi.catalogue import Kpi
from kpi.catalogue.evaluation import needs
from kpi.errors import InputError
from kpi.months import Month, span
from kpi.numbers import show
from kpi.role.model import Baseline, DeclaredTarget
from kpi.score.facts import Facts
from kpi.score.model import Result, Status
from kpi.score.result import result


def months_read(definition: Kpi, baseline: Baseline) -> list[Month]:
    """The baseline's months, and those that a KPI reads beside them."""
    months = span(baseline.first, baseline.last)
    return sorted({*months, *(need.month for need in needs(definition.formula, months))})


def baseline_result(definition: Kpi, target: DeclaredTarget, facts: Facts) -> Result:
    """The result of a target's baseline. Raises InputError where it has no value, rests on less
    than its minimum, or is not above zero."""
    assert target.baseline is not None
    first, last = target.baseline.first, target.baseline.last
    outcome = result(definition, span(first, last), facts, minimum=target.minimum)
    if outcome.status is not Status.SCORED or outcome.value is None:
        raise InputError(
            f"The baseline of {target.kpi} from {first} to {last} has no value: {outcome.reason}"
        )
    if outcome.value <= 0:
        raise InputError(
            f"The baseline of {target.kpi} from {first} to {last} is "
            f"{show(outcome.value, definition.unit)}; targets as changes need one above zero."
        )
    return outcome

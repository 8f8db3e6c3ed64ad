"""Gates: KPIs whose missed target holds the whole score down."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.catalogue import Kpi
from kpi.role.model import Terms
from kpi.score.attainment import meets, misses_for_good
from kpi.score.model import Gate, GateStanding, Result, Status


def gate_of(kpi: Kpi, result: Result, parts: Sequence[Terms], so_far: float | None) -> Gate | None:
    """The KPI's gate under the role versions that judge it; None where none of them has one.

    ``so_far`` is a count's value with what is there, complete or not. A gate is breached when any
    version's target is missed, and breached wins over pending. The cap of a breached gate is the
    lowest of those whose target is missed.
    """
    gated = [terms for terms in parts if terms.gate is not None]
    if not gated:
        return None
    missed = [terms for terms in gated if _missed(kpi, result, terms, so_far)]
    caps = [terms.gate for terms in missed or gated if terms.gate is not None]
    return Gate(kpi.id, min(caps), "breached" if missed else _unbreached(result))


def _missed(kpi: Kpi, result: Result, terms: Terms, so_far: float | None) -> bool:
    if result.value is not None:
        return not meets(result.value, terms, kpi.better)
    if result.status is Status.NO_DATA and so_far is not None:
        return misses_for_good(so_far, terms, kpi.better)
    return False


def _unbreached(result: Result) -> GateStanding:
    if result.value is None and result.status is not Status.NOT_APPLICABLE:
        return "unknown"
    return "pending" if result.pending else "held"

"""Gates: what holds, breaches, waits or is not known, and which cap counts."""

import pytest

from kpi.catalogue import kpi
from kpi.role.model import Terms
from kpi.score.gates import gate_of
from kpi.score.model import Gate, Result, Status

HIPAA = kpi("hipaa_violations")
ASKED = Terms("hipaa_violations", 10, 0.0, gate=60)


def outcome(status: Status, value: float | None = None, pending: bool = False) -> Result:
    return Result(HIPAA.id, status, value, pending=pending)


@pytest.mark.parametrize(
    ("found", "so_far", "state"),
    [
        (outcome(Status.SCORED, 0), 0, "held"),
        (outcome(Status.SCORED, 1), 1, "breached"),
        (outcome(Status.SCORED, 0, pending=True), 0, "pending"),
        (outcome(Status.SCORED, 1, pending=True), 1, "breached"),
        (outcome(Status.NO_DATA), 0, "unknown"),
        (outcome(Status.NO_DATA), 1, "breached"),
        (outcome(Status.NO_DATA, pending=True), 1, "breached"),
        (outcome(Status.NO_DATA, pending=True), 0, "unknown"),
        (outcome(Status.NO_DATA), None, "unknown"),
        (outcome(Status.TOO_FEW, 1), None, "breached"),
        (outcome(Status.TOO_FEW, 0), None, "held"),
        (outcome(Status.TOO_FEW), None, "unknown"),
        (outcome(Status.NOT_APPLICABLE), None, "held"),
        (outcome(Status.NOT_APPLICABLE, pending=True), None, "pending"),
    ],
)
def test_states(found: Result, so_far: float | None, state: str) -> None:
    assert gate_of(HIPAA, found, [ASKED], so_far) == Gate("hipaa_violations", 60, state)  # type: ignore[arg-type]


def test_a_kpi_without_a_gate_has_none() -> None:
    assert gate_of(HIPAA, outcome(Status.SCORED, 5), [Terms(HIPAA.id, 10, 0.0)], 5) is None


def test_a_gate_is_breached_when_any_part_s_target_is_missed() -> None:
    lenient = Terms(HIPAA.id, 10, 2.0, gate=50)
    assert gate_of(HIPAA, outcome(Status.SCORED, 1), [ASKED, lenient], 1) == Gate(
        HIPAA.id, 60, "breached"
    )
    assert gate_of(HIPAA, outcome(Status.SCORED, 3), [ASKED, lenient], 3) == Gate(
        HIPAA.id, 50, "breached"
    )
    assert gate_of(HIPAA, outcome(Status.SCORED, 0), [ASKED, lenient], 0) == Gate(
        HIPAA.id, 50, "held"
    )

"""After any uploads, corrections, repetitions and undos, figures are what the records give."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.errors import InputError
from kpi.ingest.declaring import attest
from kpi.ingest.rebuilding import rebuild_practice
from kpi.months import Month
from tests.ingest.replay import File
from tests.ingest.test_log_law import Log, complaint_files, laws, ledger_files, steps


def rebuilt(log: Log) -> list[object]:
    return list(rebuild_practice(log.engine, operator(), log.practice.id, mend=True).differences)


@laws
@given(taken=steps(complaint_files()), declared=st.booleans())
def test_of_a_dataset_by_key(engine: Engine, taken: list[File | int], declared: bool) -> None:
    log = Log(engine, "complaints")
    for step in taken:
        log.take(step)
    if declared:
        with suppress(InputError):  # the month has records
            attest(engine, operator(), log.practice.id, "complaints", Month(2026, 1))
    assert rebuilt(log) == []


@laws
@given(taken=steps(ledger_files()))
def test_of_a_dataset_by_period(engine: Engine, taken: list[File | int]) -> None:
    log = Log(engine, "ledger")
    for step in taken:
        log.take(step)
    assert rebuilt(log) == []

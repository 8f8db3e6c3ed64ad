"""Runs of pages one after the other."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from dashboards.turns import Turns

LONG = 3600.0
PATIENCE = 30.0


def _begun(
    turns: Turns, hold: Event, then: Callable[[], None] = lambda: None
) -> tuple[Thread, Event]:
    """A run that says when it has its turn, and keeps it until it is let go."""
    has_it = Event()

    def run() -> None:
        with turns.turn():
            has_it.set()
            assert hold.wait(PATIENCE)
            then()

    thread = Thread(target=run)
    thread.start()
    return thread, has_it


def test_a_run_waits_until_one_before_it_is_done() -> None:
    turns, first_may_end, second_may_end = Turns(1, LONG), Event(), Event()
    order: list[str] = []
    first, first_runs = _begun(turns, first_may_end, lambda: order.append("first"))
    assert first_runs.wait(PATIENCE)
    second, second_runs = _begun(turns, second_may_end, lambda: order.append("second"))
    second_may_end.set()  # it could be done at once, if it had its turn
    assert not second_runs.is_set()
    first_may_end.set()
    for each in (first, second):
        each.join(PATIENCE)
    assert order == ["first", "second"]


def test_so_many_run_beside_each_other() -> None:
    turns, may_end = Turns(2, LONG), Event()
    runs = [_begun(turns, may_end) for _ in range(2)]
    assert all(has_it.wait(PATIENCE) for _, has_it in runs)
    may_end.set()
    for thread, _ in runs:
        thread.join(PATIENCE)


def test_a_long_run_keeps_nobody_waiting() -> None:
    turns, may_end = Turns(1, 0.0), Event()
    loading, loads = _begun(turns, may_end)
    assert loads.wait(PATIENCE)
    other, runs = _begun(turns, may_end)
    assert runs.wait(PATIENCE)
    may_end.set()
    for each in (loading, other):
        each.join(PATIENCE)


def test_a_run_that_fails_gives_its_turn_up() -> None:
    turns, may_end = Turns(1, LONG), Event()
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")
    may_end.set()
    after, runs = _begun(turns, may_end)
    assert runs.wait(PATIENCE)
    after.join(PATIENCE)

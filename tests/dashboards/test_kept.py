"""What is worked out once: by whoever comes first, for all who come meanwhile."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboards.kept import Kept


def test_two_who_ask_at_a_time_have_it_worked_out_once() -> None:
    kept: Kept[str] = Kept(8)
    first_works, second_works = Event(), Event()
    found = []

    def first() -> str:
        first_works.set()
        second_works.wait(0.2)  # as long as somebody else could begin the same
        return "first"

    def second() -> str:
        second_works.set()
        return "second"

    threads = [
        Thread(target=lambda: found.append(kept.get(("score",), first))),
        Thread(target=lambda: found.append(kept.get(("score",), second))),
    ]
    threads[0].start()
    assert first_works.wait(5)
    threads[1].start()
    for thread in threads:
        thread.join(5)
    assert found == ["first", "first"]
    assert not second_works.is_set()


def test_what_fails_is_not_kept() -> None:
    kept: Kept[int] = Kept(8)

    def fails() -> int:
        return 1 // 0

    with pytest.raises(ZeroDivisionError):
        kept.get(("score",), fails)
    assert kept.get(("score",), lambda: 7) == 7


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Kept[int] = Kept(2)
    assert kept.get((1,), lambda: 10) == 10
    assert kept.get((2,), lambda: 20) == 20
    assert kept.get((1,), lambda: 11) == 10
    assert kept.get((3,), lambda: 30) == 30
    assert kept.get((1,), lambda: 12) == 10
    assert kept.get((2,), lambda: 21) == 21

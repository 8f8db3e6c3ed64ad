"""Taking recorded moves back gives exactly the facts that stood then, at any earlier moment."""

from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.catalogue import datasets_of, kpis
from kpi.errors import InputError
from kpi.ingest.declaring import attest, countersign, dismiss
from kpi.ingest.log import upload_shown
from kpi.measures.figure_log import next_event, recorded_since
from kpi.months import Month, span
from kpi.review.facts import build_facts
from kpi.review.past import Past
from kpi.score.facts import Facts
from kpi.store.engine import reading
from tests.ingest.replay import File
from tests.ingest.test_log_law import Log, complaint_files, laws, ledger_files, steps

MONTHS = span(Month(2025, 12), Month(2026, 4))
VIEWS: tuple[tuple[str, ...], ...] = ((), ("East",), ("East", "West"))


@dataclass
class Watched:
    """A log, and the facts as they stood before each of its events."""

    log: Log
    stood: list[tuple[int, list[Facts]]] = field(default_factory=list)

    def facts(self) -> list[Facts]:
        """What is known of the dataset's KPIs, for the practice and for locations of it."""
        asked = [each for each in kpis().values() if datasets_of(each) == {self.log.dataset}]
        with reading(self.log.engine) as connection:
            return [
                build_facts(connection, self.log.practice, asked, MONTHS, view) for view in VIEWS
            ]

    def note(self) -> None:
        with reading(self.log.engine) as connection:
            self.stood.append((next_event(connection), self.facts()))

    def check(self) -> None:
        """Every state that was noted, from the newest to the oldest."""
        now, number = self.facts(), self.log.practice.number
        with reading(self.log.engine) as connection:
            events = recorded_since(connection, number, [self.log.dataset], 0)
            past = Past(connection, self.log.practice, events)
        left = list(events)
        for first, stood in reversed(self.stood):
            while left and left[-1].event.id >= first:
                past.take_back(left.pop().moves)
            for view, facts, expected in zip(VIEWS, now, stood, strict=True):
                assert plain(past.facts(facts, view)) == plain(expected)


def plain(facts: Facts) -> object:
    """Facts without names that have nothing: those say no more than names that are absent."""
    return (
        {name: values for name, values in facts.values.items() if values},
        {name: counts for name, counts in facts.histograms.items() if counts},
        facts.states,
        {name: why for name, why in facts.obstacles.items() if why},
        facts.bases,
        facts.first_filled,
    )


def declare(log: Log, what: int) -> None:
    """Declares a month empty, countersigns it, or dismisses a row in quarantine."""
    manager = Actor("manager", "Dana", "dana")
    with suppress(InputError):
        upload = attest(log.engine, manager, log.practice.id, "complaints", Month(2026, 1 + what))
        countersign(log.engine, Actor("physician", "Lee"), log.practice.id, upload)
    for upload, _file in log.standing:
        shown = upload_shown(log.engine, operator(), log.practice.id, upload)
        for row in shown["quarantine"][:1]:
            dismiss(log.engine, operator(), log.practice.id, upload, row["line"], "a test row")


@laws
@given(taken=steps(complaint_files()), declared=st.dictionaries(st.integers(0, 7),
       st.integers(0, 2), max_size=3))  # fmt: skip
def test_of_a_dataset_by_key(
    engine: Engine, taken: list[File | int], declared: dict[int, int]
) -> None:
    watched = Watched(Log(engine, "complaints"))
    watched.note()
    for at, step in enumerate(taken):
        watched.log.take(step)
        watched.note()
        if at in declared:
            declare(watched.log, declared[at])
            watched.note()
    watched.check()


@laws
@given(taken=steps(ledger_files()))
def test_of_a_dataset_by_period(engine: Engine, taken: list[File | int]) -> None:
    watched = Watched(Log(engine, "ledger"))
    watched.note()
    for step in taken:
        watched.log.take(step)
        watched.note()
    watched.check()

"""Taking recorded moves back gives exactly the facts that stood then, at any earlier moment."""

from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager
from kpi.catalogue import Kpi, datasets_of, kpis, measures_of
from kpi.errors import InputError
from kpi.ingest.countersigning import countersign
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.log import upload_shown
from kpi.measures.figure_log import next_event, recorded_since
from kpi.months import Month, span
from kpi.review.basis.facts import build_facts
from kpi.review.basis.past import Past
from kpi.score.facts import Facts
from kpi.store.engine import reading
from tests.ingest.replay import File
from tests.ingest.test_log_law import Log, complaint_files, laws, ledger_files, steps

MONTHS = span(Month(2025, 12), Month(2026, 4))
VIEWS: tuple[tuple[str, ...], ...] = ((), ("East",), ("East", "West"))


@dataclass
class Watched:
    """A log, and the facts as they stood before each of its events: for the practice, and for
    locations of it where somebody is assigned to them. Others are forgotten once nothing that
    stands names them."""

    log: Log
    assigned: bool
    stood: list[tuple[int, list[Facts]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        practice = self.log.practice.id
        if self.assigned:
            add_manager(
                self.log.engine, operator(), practice, "Dana", practice, MONTHS[0],
                locations=["East", "West"],
            )  # fmt: skip

    @property
    def views(self) -> tuple[tuple[str, ...], ...]:
        return VIEWS if self.assigned else VIEWS[:1]

    @property
    def asked(self) -> list[Kpi]:
        """The dataset's KPIs."""
        return [each for each in kpis().values() if datasets_of(each) == {self.log.dataset}]

    def facts(self) -> list[Facts]:
        """What is known of them, for the practice and for locations of it."""
        with reading(self.log.engine) as connection:
            return [
                build_facts(connection, self.log.practice, self.asked, MONTHS, view)
                for view in self.views
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
        read = frozenset(name for each in self.asked for name in measures_of(each))
        for first, stood in reversed(self.stood):
            while left and left[-1].event.id >= first:
                past.take_back(left.pop().moves)
            for view, facts, expected in zip(self.views, now, stood, strict=True):
                assert plain(past.facts(facts, view), read) == plain(expected, read)


def plain(facts: Facts, read: frozenset[str]) -> object:
    """Facts of the measures that are read, without those that have nothing: that says no more
    than their being absent."""
    return (
        {name: values for name, values in facts.values.items() if values and name in read},
        {name: counts for name, counts in facts.histograms.items() if counts and name in read},
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
            dismiss(log.engine, manager, log.practice.id, upload, row["line"], "a test row")


@laws
@given(taken=steps(complaint_files()), declared=st.dictionaries(st.integers(0, 7),
       st.integers(0, 2), max_size=3), assigned=st.booleans())  # fmt: skip
def test_of_a_dataset_by_key(
    engine: Engine, taken: list[File | int], declared: dict[int, int], assigned: bool
) -> None:
    watched = Watched(Log(engine, "complaints"), assigned)
    watched.note()
    for at, step in enumerate(taken):
        watched.log.take(step)
        watched.note()
        if at in declared:
            declare(watched.log, declared[at])
            watched.note()
    watched.check()


@laws
@given(taken=steps(ledger_files()), assigned=st.booleans())
def test_of_a_dataset_by_period(engine: Engine, taken: list[File | int], assigned: bool) -> None:
    watched = Watched(Log(engine, "ledger"), assigned)
    watched.note()
    for step in taken:
        watched.log.take(step)
        watched.note()
    watched.check()

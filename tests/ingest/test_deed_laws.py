"""Laws of deeds: no violation vanishes unseen, signatures may come in any order, undoing restores.

Each incident has a month of its own, so that what waits of a month is about that incident.
"""

import random
from dataclasses import dataclass, field
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.ingest.countersigning import countersign
from kpi.ingest.undoing import undo
from kpi.review.oversight.countersigning import waiting
from tests.office import Office

DANA = Actor("manager", "Dana", "dana", None, 1)
LEE = Actor("physician", "Lee", None, None, 2)
PRACTICES = count()
HOME = {"a": "2026-01", "b": "2026-02"}
SAID = ("true", "false", "")

laws = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Step:
    """A file, or the undoing of an upload; by the manager, or by the operator who reports only."""

    said: tuple[tuple[str, str], ...]
    replaces: bool = False
    place: int = 0  # of the upload that is undone, where the step has no rows
    reported: bool = False


ids = st.sampled_from(list(HOME))
reports = st.builds(lambda id: Step(((id, "true"),), reported=True), ids)
changes = st.builds(
    lambda said, replaces: Step(tuple(said.items()), replaces),
    st.dictionaries(ids, st.sampled_from(SAID), min_size=1),
    st.booleans(),
)
undoings = st.builds(lambda place: Step((), place=place), st.integers(0, 7))
steps = st.lists(st.one_of(reports, changes, changes, undoings), min_size=2, max_size=8)


@dataclass
class Desk:
    """A practice of its own, and what stands in it."""

    office: Office
    standing: list[int] = field(default_factory=list)
    reported: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, engine: Engine) -> "Desk":
        return cls(Office(engine, f"p{next(PRACTICES)}"))

    def take(self, step: Step) -> None:
        if not step.said:
            if self.standing:
                upload = self.standing.pop(step.place % len(self.standing))
                undo(self.office.engine, DANA, self.office.practice.id, upload)
            return
        rows = "".join(f"{id},hipaa,{HOME[id]}-14,{said}\n" for id, said in step.said)
        months = sorted(HOME[id] for id, _said in step.said)
        receipt = self.office.offered(
            "incident_id,kind,occurred_on,confirmed\n" + rows,
            "incidents",
            covers=f"{months[0]}..{months[-1]}" if step.replaces else "",
            replace=step.replaces,
            actor=operator() if step.reported else DANA,
        )
        assert receipt.id is not None
        assert receipt.status != "refused", receipt.message
        self.standing.append(receipt.id)
        if step.reported:
            self.reported |= {id for id, _said in step.said}

    def figures(self) -> list[dict[str, float]]:
        return [self.office.of("incidents", month) for month in HOME.values()]

    def state(self) -> list[tuple[dict[str, float], frozenset[str]]]:
        """Figures and what waits, by month."""
        waits = [self.office.state("incidents", month).unconfirmed for month in HOME.values()]
        return list(zip(self.figures(), waits, strict=True))

    def waiting(self) -> list[int]:
        found = waiting(self.office.engine, LEE, self.office.practice.id)
        return [each.upload for each in found]

    def sign(self, upload: int) -> None:
        countersign(self.office.engine, LEE, self.office.practice.id, upload)


REPORT, DISMISS = Step((("a", "true"),), reported=True), Step((("a", "false"),))


@laws
@given(taken=steps)
@example(taken=[REPORT, DISMISS, DISMISS, Step((), place=1)])  # the first dismissal is undone
@example(taken=[REPORT, DISMISS, Step((), place=0), Step((), place=0)])
def test_no_reported_violation_vanishes_unseen(engine: Engine, taken: list[Step]) -> None:
    """Whatever a manager loads and undoes, and in which order: a violation that the practice
    reported counts, or its month waits."""
    desk = Desk.of(engine)
    for step in taken:
        desk.take(step)
        for id in desk.reported:
            month = HOME[id]
            counts = desk.office.value(month, "hipaa_violations") == 1
            assert counts or "hipaa" in desk.office.state("incidents", month).unconfirmed


@laws
@given(taken=steps, seed=st.integers(0, 5))
def test_signatures_come_in_any_order_and_move_no_figure(
    engine: Engine, taken: list[Step], seed: int
) -> None:
    """Two are given in the order of the log or in another one, the others at the end."""
    found = []
    for shuffled in (False, True):
        desk = Desk.of(engine)
        for step in taken:
            desk.take(step)
        figures, waited = desk.figures(), desk.waiting()
        signed = random.Random(seed).sample(waited, min(2, len(waited)))
        for upload in signed if shuffled else sorted(signed):
            desk.sign(upload)
        assert desk.figures() == figures
        assert desk.waiting() == [upload for upload in waited if upload not in signed]
        found.append(desk.state())
        for upload in desk.waiting():
            desk.sign(upload)
        assert not any(waits for _figures, waits in desk.state())
    assert found[0] == found[1]


@laws
@given(taken=steps, file=changes)
def test_undoing_a_deed_restores_what_stood_and_what_waited(
    engine: Engine, taken: list[Step], file: Step
) -> None:
    """Of a file that reports nothing: one that does is undone under a new deed."""
    desk = Desk.of(engine)
    for step in taken:
        desk.take(step)
    before, waited = desk.state(), desk.waiting()
    desk.take(Step(tuple((id, "false") for id, _said in file.said), file.replaces))
    desk.take(Step((), place=len(desk.standing) - 1))
    assert (desk.state(), desk.waiting()) == (before, waited)

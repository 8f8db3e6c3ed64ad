"""The checks of the installation: run on the server, one run at a time, beside what others do.

What came of the last run is kept as long as the server runs, apart for each set of practices that
an administrator looks after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock, Thread

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.practices import list_practices
from kpi.errors import RolecardError
from kpi.health.checks import Finding, check_installation, check_practice
from kpi.store.clock import now
from kpi.store.faults import note_fault

# Of an installation and of a practice, to say how far a run is.
_EACH, _OF_A_PRACTICE = 5, 3


@dataclass
class Run:
    """One run of the checks. ``finished``: when it ended (UTC), None while it is under way."""

    by: str
    practices: int
    total: int
    findings: list[Finding] = field(default_factory=list)
    finished: str | None = None


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    run: Run | None = None  # the one under way, else the last
    before: Run | None = None  # while one is under way: the one before


def checks_run(engine: Engine, actor: Actor) -> tuple[Run | None, Run | None]:
    """The run under way, and the last that is finished; None where there is none. Raises
    NotPermitted."""
    require(actor, "check_health")
    kept = _kept(engine, actor)
    if kept.run is not None and kept.run.finished is None:
        return kept.run, kept.before
    return None, kept.run


def run_checks(engine: Engine, actor: Actor) -> Thread | None:
    """Begins to run the checks of the installation and of the actor's practices, unless they are
    being run. Gives what runs them. Raises NotPermitted."""
    first = check_installation(engine, actor)
    practices = [each.id for each in list_practices(engine, actor)]
    kept = _kept(engine, actor)
    with kept.lock:
        if kept.run is not None and kept.run.finished is None:
            return None
        kept.before = kept.run
        total = _EACH + _OF_A_PRACTICE * len(practices)
        run = kept.run = Run(actor.label, len(practices), total)

    def work() -> None:
        try:
            _find(run, first, None)
            for id in practices:
                _find(run, check_practice(engine, actor, id), id)
        finally:
            run.finished = now()

    found = Thread(target=work, name="checks", daemon=True)
    found.start()
    return found


def _find(run: Run, findings: Iterator[Finding], practice: str | None) -> None:
    """Adds what is found; a check that fails itself is a finding too, and the last of its kind."""
    try:
        run.findings.extend(findings)
    except RolecardError as error:
        run.findings.append(Finding("the checks", practice, False, str(error)))
    except Exception as error:  # nobody waits for this thread: what it meets has to be said here
        says = f"Rolecard itself failed; the log has the details under {note_fault(error)}."
        run.findings.append(Finding("the checks", practice, False, says))


_KEPT: dict[tuple[str, frozenset[str] | None], _Kept] = {}


def _kept(engine: Engine, actor: Actor) -> _Kept:
    return _KEPT.setdefault((str(engine.url), actor.practices), _Kept())

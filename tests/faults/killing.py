"""Processes that are killed in the middle of loading, undoing, publishing or finalising."""

import io
import os
import signal
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.cycle.acting import act
from kpi.review.oversight.retention import apply_retention
from kpi.review.roles.publication import publish
from kpi.store.engine import connect
from tests.commands.running import held
from tests.review.reviewed import HARPER, UNACKNOWLEDGED

Work = Callable[[Engine], object]

READING, COMMITTING = "reading", "committing"
DONE, KILLED = "done", "killed"
EVERY = 6
"""Every so many statements a process is killed."""


def loading(text: str, practice: str = "lakeside") -> Work:
    """Loads a file with that text, bad rows, old values and fewer rows than before allowed."""

    def work(engine: Engine) -> object:
        return ingest(
            engine, operator(), practice, io.BytesIO(text.encode()), "file.csv",
            allow_bad=True, allow_old=True, replace="month,account" in text,
        )  # fmt: skip

    return work


def undoing(upload: int, practice: str = "lakeside") -> Work:
    """Undoes an upload."""
    return lambda engine: undo(engine, operator(), practice, upload)


def aging(before: Month, practice: str = "lakeside") -> Work:
    """Seals the months before one and deletes the records that only they rest on."""
    return lambda engine: apply_retention(engine, operator(), practice, before)


def publishing(role: str, today: date, practice: str = "lakeside") -> Work:
    """Publishes a role file with that text."""
    return lambda engine: publish(
        engine, operator(), practice, role.encode(), "role.yaml", None, today
    )


def finalising(review: int, practice: str = "lakeside") -> Work:
    """Makes a review final that is ready for it."""
    return lambda engine: act(engine, HARPER, practice, review, "finalize", UNACKNOWLEDGED)


def survives(engine: Engine, work: Work, temporary: Path, *first: str, every: int = EVERY) -> None:
    """Kills the work at the moments named and then further and further on, until it is done;
    whenever it was killed, nothing has changed and no file lies about."""
    url = engine.url.render_as_string(hide_password=False)
    before = held(engine)
    killed = 0
    moments = [*first, *range(1, 1_000, every)]
    for moment in moments:
        engine.dispose()
        if killed_at(url, work, moment) == DONE:
            break
        killed += 1
        assert held(engine) == before, moment
        assert not list(temporary.iterdir()), moment
    assert moment not in first
    assert killed > 3
    assert held(engine) != before


def killed_at(url: str, work: Work, moment: int | str) -> str:
    """Does the work in a process of its own that is killed before it sends the statement of that
    number, while it reads the file, or when all is there but committed. Gives ``killed``, or
    ``done`` where the work sends fewer statements."""
    child = os.fork()
    if not child:
        try:
            _work_until(connect(url), work, moment)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return KILLED
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself; its traceback stands above"
    return DONE


def _work_until(engine: Engine, work: Work, moment: int | str) -> None:
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1
        if number == moment:
            _die()

    # On all engines of this process: a restore makes its own.
    event.listen(Engine, "before_cursor_execute", count)
    if moment == COMMITTING:
        event.listen(Engine, "commit", _die_if_writing)
    if moment == READING:
        from kpi.ingest import rows

        rows.take_rows = lambda *_: _die()  # type: ignore[assignment,return-value]
    work(engine)


def _die_if_writing(connection: object) -> None:
    options = connection.get_execution_options()  # type: ignore[attr-defined]
    if options.get("writing", False):
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)

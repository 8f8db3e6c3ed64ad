"""Processes that are killed in the middle of loading or undoing a file."""

import io
import os
import signal
import traceback
from collections.abc import Callable

from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.undoing import undo
from kpi.store.engine import connect

Work = Callable[[Engine], object]

READING, COMMITTING = "reading", "committing"
DONE, KILLED = "done", "killed"


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

    event.listen(engine, "before_cursor_execute", count)
    if moment == COMMITTING:
        event.listen(engine, "commit", _die_if_writing)
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

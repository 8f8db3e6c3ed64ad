"""Faults of the program: written to a log with a traceback, shown by a reference number."""

import logging
import secrets
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler

from sqlalchemy.exc import DBAPIError

from kpi.store.location import home

LOG_NAME = "kpi.log"


def note_fault(error: BaseException) -> str:
    """Logs what the program failed with; gives the reference under which it stands.

    The messages of the errors are left out: PostgreSQL's repeat the row that it refused, others
    the cell that they could not read, and either may be a patient's.
    """
    reference = secrets.token_hex(4)
    try:
        home().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            home() / LOG_NAME, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:  # a read-only home must not hide the fault
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    message = f"reference {reference}\n" + "\n".join(_told(error))
    level = logging.ERROR
    handler.handle(logging.LogRecord("kpi", level, __file__, 0, message, None, None))
    handler.close()
    return reference


def _told(error: BaseException) -> Iterator[str]:
    """The error and what led to it, the first one first: kinds and places in the program only."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, DBAPIError):
        # Values stand in the parameters, which the statement does not show.
        yield f"in the statement: {error.statement}"

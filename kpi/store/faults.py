"""Faults of the program: written to a log with where they happened, shown by a reference number."""

import logging
import secrets
from logging.handlers import RotatingFileHandler

from kpi import __version__
from kpi.store.event_log import chain, note_event
from kpi.store.location import home

LOG_NAME = "kpi.log"


def note_fault(error: BaseException) -> str:
    """Logs what the program failed with; gives the reference under which it stands.

    The messages of the errors are left out: PostgreSQL's repeat the row that it refused, others
    the cell that they could not read, and either may be a patient's.
    """
    reference = secrets.token_hex(4)
    level = logging.ERROR
    line = note_event("fault", level, reference=reference, version=__version__, errors=chain(error))
    try:
        home().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            home() / LOG_NAME, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:  # a read-only home must not hide the fault
        handler = logging.StreamHandler()
    handler.handle(logging.LogRecord("kpi", level, __file__, 0, line, None, None))
    handler.close()
    return reference

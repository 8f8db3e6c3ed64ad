"""Events as lines of JSON, which is what every log of the program is made of.

An event says what happened, never with what: messages of errors and the values in what libraries
log are left out, since either may be a patient's, a passphrase or a code.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import DBAPIError

from kpi.store.clock import now

_LOGGER = logging.getLogger("rolecard")
_LOGGER.addHandler(logging.NullHandler())  # commands print sentences, not events
_LOGGER.propagate = False


def note_event(event: str, level: int = logging.INFO, **fields: Any) -> str:
    """Logs an event where the server writes its events; gives its line."""
    line = _line(event, level, fields)
    _LOGGER.log(level, line)
    return line


def write_events() -> None:
    """Has this process write its events on standard error: ours, and what libraries log as well,
    whichever handlers they bring."""
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.addHandler(logging.StreamHandler(sys.stderr))
    logging.setLogRecordFactory(_record)


def chain(error: BaseException) -> list[dict[str, Any]]:
    """An error and what led to it, the first one first: kinds and places in the program only."""
    return list(_chain(error))


def _chain(error: BaseException) -> Iterator[dict[str, Any]]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    places = [
        f"{frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    found = {"kind": f"{type(error).__module__}.{type(error).__qualname__}", "places": places}
    if isinstance(error, DBAPIError):
        # Values stand in the parameters, which the statement does not show.
        found["statement"] = error.statement or ""
    yield found


def _line(event: str, level: int, fields: dict[str, Any]) -> str:
    said = {"at": now(), "level": logging.getLevelName(level).lower(), "event": event, **fields}
    return json.dumps(said, ensure_ascii=False)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """What a library logs, as an event: its words with their blanks unfilled."""
    record = logging.LogRecord(*args, **kwargs)
    if record.name == _LOGGER.name:
        return record
    error = record.exc_info[1] if record.exc_info else None
    fields: dict[str, Any] = {"logger": record.name, "said": str(record.msg).strip()}
    if error is not None:
        fields["errors"] = chain(error)
    record.msg, record.args = _line("library", record.levelno, fields), None
    record.exc_info = record.stack_info = None
    return record

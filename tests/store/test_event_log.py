"""What a server writes on standard error: one line of JSON an event, with no values in it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

SERVER = """
import logging

from kpi.store.event_log import note_event, write_events
from kpi.store.faults import note_fault

write_events()
logging.getLogger("uvicorn.error").addHandler(logging.StreamHandler())  # as libraries do
logging.getLogger("uvicorn.error").propagate = False
note_event("started", port=8501)
"""


def events(program: str) -> list[dict[str, Any]]:
    """What a process of its own says on standard error."""
    ran = subprocess.run(
        [sys.executable, "-c", SERVER + program], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_an_event_is_a_line_with_its_fields() -> None:
    (event,) = events("")
    assert event.pop("at").endswith("Z")
    assert event == {"level": "info", "event": "started", "port": 8501}


def test_a_fault_stands_there_under_its_reference() -> None:
    _, fault = events(
        "try:\n    int('Jane Doe 123-45-6789')\nexcept ValueError as error:\n"
        "    print(note_fault(error))\n"
    )
    assert (fault["event"], fault["level"]) == ("fault", "error")
    assert len(fault["reference"]) == 8
    assert fault["errors"] == [
        {"kind": "builtins.ValueError", "places": ["<string>:12 in <module>"]}
    ]


@pytest.mark.parametrize(
    "said",
    [
        "logging.getLogger('uvicorn.error').warning('refused %s', 'Jane?code=s3cret')",
        "logging.getLogger('asyncio').warning('refused %s', 'Jane?code=s3cret')",
        "try:\n    int('Jane s3cret')\nexcept ValueError:\n"
        "    logging.getLogger('uvicorn.error').exception('refused %s', 'Jane')",
    ],
)
def test_what_a_library_logs_comes_without_its_values(said: str) -> None:
    _, event = events(said)
    assert event["event"] == "library"
    assert event["said"] == "refused %s"
    assert event["logger"] in ("uvicorn.error", "asyncio")
    assert ("errors" in event) == ("exception" in said)
    for value in ("Jane", "s3cret"):
        assert value not in str(event)

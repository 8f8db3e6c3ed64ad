"""How far a file is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kpi.ingest.progress import Progress

_SECONDS = 0.1
"""The least time between two lines of the same step; a new step is shown at once."""


@contextmanager
def told(what: str) -> Iterator[Progress | None]:
    """What is to be told how far ``what`` is: one line of the terminal, written over and over and
    gone at the end. None where standard error is no terminal, which stays quiet then."""
    if not sys.stderr.isatty():
        yield None
        return
    shown, last = 0.0, ""

    def tell(doing: str, done: float) -> None:
        nonlocal shown, last
        step = doing.partition(" ")[0]
        if step == last and monotonic() - shown < _SECONDS:
            return
        shown, last = monotonic(), step
        _write(f"{what}: {done:4.0%}, {doing}")

    _write(f"{what}:   0%")
    try:
        yield tell
    finally:
        _write("")


def _write(text: str) -> None:
    """One line in place of the last one, never wider than the terminal."""
    width = get_terminal_size().columns - 1
    end = "" if text else "\r"
    click.echo(f"\r{text[:width]:<{width}}{end}", err=True, nl=False)

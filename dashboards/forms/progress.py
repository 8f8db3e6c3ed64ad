"""The progress of files that are read one after the other, shown from the first moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.markup.text import told
from kpi.ingest.progress import Progress

_SECONDS = 0.2
"""The least time between two steps that are shown."""


@contextmanager
def telling(doing: str, names: Sequence[str]) -> Iterator[Telling]:
    """A bar over all files, which goes when they are done. ``doing``: ``Reading``."""
    seen, heard = st.empty(), st.empty()
    try:
        yield Telling(seen, heard, doing, names)
    finally:
        seen.empty()
        heard.empty()


class Telling:
    """Tells which file is being read, and how far; which file, also to those who hear the page."""

    def __init__(
        self, place: DeltaGenerator, heard: DeltaGenerator, doing: str, names: Sequence[str]
    ) -> None:
        self._place, self._heard, self._doing, self._names = place, heard, doing, names

    def file(self, at: int) -> Progress:
        """Says that a file begins; gives what ``ingest`` is to tell its steps to."""
        count, name = len(self._names), self._names[at]
        words = f"{self._doing} {name}" + (f", file {at + 1} of {count}" if count > 1 else "")
        self._place.progress(at / count, words)
        self._heard.html(told(words))
        last = monotonic()

        def progress(doing: str, done: float) -> None:
            nonlocal last
            if monotonic() - last < _SECONDS:
                return
            last = monotonic()
            self._place.progress((at + done) / count, f"{words}: {doing}")

        return progress
